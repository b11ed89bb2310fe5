"""What a command of a study takes where nothing is given is what the study takes."""

from inspect import signature
from typing import Any

import pytest

from selloff.apps.cli import optimal, sensitivity
from selloff.studies.optimal import find_frontier
from selloff.studies.sensitivity import find_sensitivity


@pytest.mark.parametrize(
    ("command", "study", "names"),
    [
        (optimal.optimal, find_frontier, ("draws", "final_draws", "tries", "seed")),
        (sensitivity.sensitivity, find_sensitivity, ("draws", "seed")),
    ],
)
def test_usual_numbers_are_those_of_the_study(
    command: Any, study: Any, names: tuple[str, ...]
) -> None:
    given, taken = signature(command).parameters, signature(study).parameters
    for name in names:
        assert given[name].default == taken[name].default
