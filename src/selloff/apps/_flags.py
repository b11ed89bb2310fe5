"""Where errors that speak of fields become errors that speak of options."""

from dataclasses import replace
from typing import Final

from selloff.vocab.errors import Problem

_OPTIONS: Final = ("attribution", "draws", "horizon_years", "out", "seed", "vintage")


def of_option(problem: Problem) -> Problem:
    """Name the option where the problem lies with an argument, and not in a file."""
    if problem.where not in _OPTIONS:
        return problem
    return replace(problem, where=f"--{problem.where}".replace("_", "-"))
