"""An event in words: `us_10y_peak_bp >= 100 and usdjpy_trough_pct <= -10`."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.vocab import InputError, Problem, metrics, near_miss, shown
from selloff.vocab.units import span

_WHERE: Final = "EVENT"
_SIGNS: Final = {">=": "at least", "<=": "at most"}
_FORM: Final = re.compile(r"\s*([\w.]+)\s*(>=|<=)\s*(\S+)\s*")
_ALLOWED: Final = "METRIC >= NUMBER or METRIC <= NUMBER, several joined with and"


@dataclass(frozen=True)
class Bound:
    """One headline number beyond a limit."""

    metric: str
    sign: str
    limit: float

    def __str__(self) -> str:
        return f"{self.metric} {self.sign} {self.limit:g}"

    @property
    def words(self) -> str:
        """Say it for a reader."""
        told = metrics()[self.metric]
        unit = "" if told.unit == "count" else f" {told.unit}"
        return f"{told.at_the_end}: {_SIGNS[self.sign]} {self.limit:,.10g}{unit}"

    def holds(self, numbers: Mapping[str, NDArray[np.float64]]) -> NDArray[np.bool_]:
        """Tell the draws in which it holds; one without the number is not among them."""
        values = numbers[self.metric]
        return np.asarray(values >= self.limit if self.sign == ">=" else values <= self.limit)


def hold(bounds: Iterable[Bound], numbers: Mapping[str, NDArray[np.float64]]) -> NDArray[np.bool_]:
    """Tell the draws in which all hold."""
    return reduce(np.logical_and, (each.holds(numbers) for each in bounds))


def read_bounds(text: str, *, years: float) -> tuple[Bound, ...]:
    """Read an event of a run of that length; name all that is wrong."""
    found: list[Bound] = []
    problems: list[Problem] = []
    for part in re.split(r"\band\b", text):
        try:
            found.append(_read(part, years))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(found)


def _read(text: str, years: float) -> Bound:
    form = _FORM.fullmatch(text)
    if form is None:
        raise _refused(text.strip(), _ALLOWED, 'Such as "us_10y_peak_bp >= 100", in quotes.')
    name, sign, number = form.groups()
    if name not in metrics():
        allowed = "a headline number; docs/nomenclature.md lists them"
        raise _refused(name, allowed, near_miss(name, list(metrics())))
    told = metrics()[name]
    if not told.has_meaning(years):
        most = "" if math.isinf(told.most_years) else f" to {span(told.most_years)}"
        allowed = (
            f"a run of {span(told.needs_years)}{most or ' or more'}; this one is {span(years)}"
        )
        raise _refused(name, allowed, "Change --horizon-years, or take another number.")
    try:
        limit = float(number)
    except ValueError:
        limit = math.nan
    if not math.isfinite(limit):
        raise _refused(number, f"a number of {told.unit}", "Write it without unit, such as 100.")
    return Bound(name, sign, limit)


def _refused(given: str, allowed: str, remedy: str) -> InputError:
    problem = Problem(where=_WHERE, given=shown(given), allowed=allowed, remedy=remedy)
    return InputError([problem])
