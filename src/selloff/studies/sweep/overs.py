"""What is swept: a field and its values, as in `sellers.0.sale_frac=0.1:1:10`."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from selloff.scenario import read_list
from selloff.vocab import InputError, Problem, shown

MOST_VALUES: Final = 1000
_ALLOWED: Final = "FIELD=FROM:TO:COUNT, FIELD=FROM:TO:COUNT:log, or FIELD=VALUE,VALUE"
_REMEDY: Final = "Such as sellers.0.sale_frac=0.1:1:10; docs/scenarios.md has the fields."
_RANGE: Final = re.compile(r"[^:{}\[\]\"',]*(:[^:{}\[\]\"',]*)+")
"""Parts with colons between them, where no mapping and no quoted text is."""
_PARTS: Final = 3
_NUMBERS: Final = (int, float)


@dataclass(frozen=True)
class Over:
    """One axis of a sweep."""

    field: str
    """Its dotted path in the scenario."""
    values: tuple[Any, ...]

    @property
    def is_numeric(self) -> bool:
        """Whether all values are numbers."""
        return all(type(each) in _NUMBERS for each in self.values)

    @property
    def words(self) -> tuple[str, ...]:
        """Each value as a label."""
        return tuple(_word(each) for each in self.values)


def read_overs(texts: Sequence[str]) -> tuple[Over, ...]:
    """Read axes as they are typed; name all that is wrong."""
    found: dict[str, Over] = {}
    problems: list[Problem] = []
    for text in texts:
        try:
            one = _read(text)
            if one.field in found:
                raise _refused(text, "each field once", "Give all its values in one --over.")
            found[one.field] = one
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(found.values())


def _read(text: str) -> Over:
    field, sign, given = text.partition("=")
    if not (sign and field.strip() and given.strip()):
        raise _refused(text, _ALLOWED, _REMEDY)
    is_range = _RANGE.fullmatch(given)
    values = _spaced(text, *given.split(":")) if is_range else _listed(text, given)
    one = Over(field.strip(), tuple(values))
    if len(set(one.words)) < len(values):
        raise _refused(text, "each value once", "Leave out what stands there twice.")
    return one


def _spaced(text: str, *parts: str) -> list[float]:
    """Numbers from one end to the other, evenly or by equal ratios."""
    ends, how = parts[:_PARTS], [each.strip() for each in parts[_PARTS:]]
    try:
        low, high, count = float(ends[0]), float(ends[1]), int(ends[2])
    except (ValueError, IndexError):
        raise _refused(text, _ALLOWED, _REMEDY) from None
    if not (np.isfinite([low, high]).all() and low != high and 2 <= count <= MOST_VALUES):
        allowed = f"two ends that differ and a count from 2 to {MOST_VALUES:,}"
        raise _refused(text, allowed, "A single value is FIELD=VALUE.")
    if how not in ([], ["log"]):
        raise _refused(text, _ALLOWED, "Write log for equal ratios, or nothing.")
    if how and min(low, high) <= 0.0:
        raise _refused(text, "ends above 0 with log", "Raise the lower end, or leave :log out.")
    space = np.geomspace if how else np.linspace
    inner = [float(f"{each:.6g}") for each in space(low, high, count)[1:-1]]
    numbers = [low, *inner, high]
    return [int(x) for x in numbers] if all(x.is_integer() for x in numbers) else numbers


def _listed(text: str, given: str) -> list[Any]:
    """Read values as YAML, so that words, numbers and mappings mean what they do in a file."""
    try:
        values = read_list(given)
    except InputError as error:
        raise InputError(replace(each, where="over") for each in error.problems) from None
    if not values or len(values) > MOST_VALUES:
        raise _refused(text, f"1 to {MOST_VALUES:,} values", _REMEDY)
    return values


def _word(value: Any) -> str:
    if type(value) in _NUMBERS:
        return f"{value:.10g}"
    return value if isinstance(value, str) else json.dumps(value)


def _refused(text: str, allowed: str, remedy: str) -> InputError:
    return InputError([Problem(where="over", given=shown(text), allowed=allowed, remedy=remedy)])
