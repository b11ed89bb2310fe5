"""A scenario with some of its fields changed, each named by its dotted path."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from selloff.scenario.loading import Limits, load
from selloff.scenario.problems import dotted
from selloff.scenario.reader import plain, read
from selloff.scenario.spec import Scenario
from selloff.vocab.errors import InputError, Problem, ScenarioError, shown

_INSTEAD: Final = {"sale_usd_bn": "sale_frac", "sale_frac": "sale_usd_bn"}
"""Of two ways to say an amount, the one given replaces the other."""
_KINDS: Final = {"years": "linear", "half_life_years": "exponential", "points": "custom"}
"""The kind of pace that a field belongs to."""
_INDEX: Final = re.compile(r"\[(\d+)\]")


def change(
    scenario: Scenario, changes: Mapping[str, Any], *, limits: Limits | None = None
) -> Scenario:
    """Change fields, as in `sellers.0.sale_frac`, and check all of the scenario again."""
    values = plain(scenario.model_dump(mode="json", exclude_none=True))
    for path, value in changes.items():
        _put(values, path, plain(value))
    return load(values, limits=limits)


def change_each(
    scenario: Scenario, many: Iterable[Mapping[str, Any]], *, limits: Limits | None = None
) -> list[Scenario]:
    """Make a scenario of each set of changes; name all that is wrong, each kind of fault once."""
    found: list[Scenario] = []
    problems: list[Problem] = []
    limits = cache(limits) if callable(limits) else limits
    for changes in many:
        try:
            found.append(change(scenario, changes, limits=limits))
        except InputError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(_gathered(problems))
    return found


def _put(values: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at its place; what is unknown there is for the checks to say."""
    *way, last = _INDEX.sub(r".\1", path).split(".")
    place: Any = values
    for at, step in enumerate(way):
        inside = place[_entry(place, way[: at + 1])] if isinstance(place, list) else place.get(step)
        if not isinstance(inside, (dict, list)):
            inside = place[step] = {}
        place = inside
    if isinstance(place, list):
        place[_entry(place, [*way, last])] = value
        return
    place.pop(_INSTEAD.get(last), None)
    kind = value if last == "kind" else _KINDS.get(last, place.get("kind"))
    if way[-1:] == ["pace"] and kind != place.get("kind"):
        place.clear()
        place["kind"] = kind
    place[last] = value


def _entry(place: list[Any], way: list[str]) -> int:
    """Read the place in a list, which counts from 0."""
    for at in range(len(place)):
        if way[-1] == str(at):
            return at
    allowed = f"an entry from 0 to {len(place) - 1}" if place else "none: the list is empty"
    remedy = "Entries are counted from 0."
    raise ScenarioError.of(dotted(tuple(way)), shown(way[-1], ""), allowed=allowed, remedy=remedy)


def _gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Say once what is wrong in the same way at several points."""
    kinds: dict[tuple[str, ...], dict[str, Problem]] = {}
    for each in problems:
        kinds.setdefault((each.where, each.allowed, each.remedy), {})[each.given] = each
    return [_told(list(alike.values())) for alike in kinds.values()]


def _told(alike: list[Problem]) -> Problem:
    more = len(alike) - 1
    given = f"{alike[0].given}, and {more} more like it" if more else alike[0].given
    return replace(alike[0], given=given)


def read_list(text: str) -> list[Any]:
    """Read values with commas between them, as they would stand in a scenario file."""
    found: list[Any] = read(f"[{text}]", "values").values
    return found
