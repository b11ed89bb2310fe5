"""Errors speak of fields; the command line speaks of its options."""

import pytest

from selloff.apps._flags import of_option
from selloff.vocab import Problem


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("horizon_years", "--horizon-years"),
        ("vintage", "--vintage"),
        ("draws", "--draws"),
        ("seed", "--seed"),
        ("a.yaml:4 horizon_years", "a.yaml:4 horizon_years"),
        ("sellers[0].sale_frac", "sellers[0].sale_frac"),
        ("scenario", "scenario"),
    ],
)
def test_arguments_become_options_and_fields_of_files_stay(where: str, said: str) -> None:
    problem = Problem(where=where, given="x", allowed="y", remedy="z")
    assert of_option(problem).where == said
