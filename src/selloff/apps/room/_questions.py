"""From what a page or a program asks to a scenario that is checked."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from selloff.apps._loading import load_checked
from selloff.apps.room._controls import SWITCH, controls
from selloff.apps.room._fields import is_of_seller, show, write
from selloff.apps.room._sellers import held_by, title_of
from selloff.apps.room._values import ValueRefusedError, value_of
from selloff.scenario import Scenario, Source, check_settings, load, preset_names
from selloff.vocab import InputError, Problem, near_miss, shown

Values = dict[str, Any]
WHAT_IF: Final = {"schema_version": 1, "name": "what-if", "title": "What if", "sellers": [{}]}
WHOLE: Final = ("preset", "scenario", "yaml")
"""Keys that ask a whole scenario."""
ABOUT: Final = "v"
"""The key of a shared link that asks nothing: the version it was made with."""
MOST_TITLE: Final = 120
"""Letters of a title."""
MOST_SELLERS: Final = 4
MOST_YEARS: Final = 10.0
"""Larger questions are for the command line: more sellers have programs of their own."""


@dataclass(frozen=True)
class Question:
    """A checked question, and what of it the page shows."""

    scenario: Scenario
    seed: int
    asked: Values
    """Values of the controls; none where a control cannot say it."""
    query: str
    """The question as a shared link holds it; empty where a link cannot."""


def read_question(given: Any) -> Question:
    """Check a question; everything that is wrong with it is named at once."""
    if not isinstance(given, Mapping):
        raise _refused("question", given, "a mapping of controls", "Give {} for the first one.")
    asked = {key: one for key, one in given.items() if key != ABOUT and one is not None}
    wholes = {key: asked.pop(key) for key in WHOLE if key in asked}
    seed = check_settings(seed=_whole_number(asked.pop("seed", 0))).seed
    values = _values(asked)
    (scenario,) = load_checked([_source(wholes, values)])
    _check_size(scenario)
    month = scenario.vintage
    query = _query(wholes, asked, seed)
    return Question(scenario, seed, show(scenario, lambda who: held_by(who, month)), query)


def _values(asked: Mapping[str, Any]) -> Values:
    """Read the controls that are given; name all that are wrong."""
    found, problems = {}, []
    for name, given in asked.items():
        try:
            if name not in controls():
                known = (*controls(), *WHOLE, "seed", ABOUT)
                raise ValueRefusedError(", ".join(known), near_miss(str(name), known))
            found[name] = value_of(controls()[name], given)
        except ValueRefusedError as no:
            where, what = shown(name, ""), shown(given)
            problems.append(Problem(where=where, given=what, allowed=no.allowed, remedy=no.remedy))
    if problems:
        raise InputError(problems)
    return found


def _source(wholes: Mapping[str, Any], values: Values) -> Source:
    """Find what the scenario room is to check: never a name that could be a file."""
    if not wholes:
        made = write(dict(WHAT_IF), _defaults() | values)
        return made | {"title": title_of(made)}
    (kind, given), *others = wholes.items()
    if others or (values and kind != "preset"):
        also = [*(key for key, _ in others), *values]
        raise _refused(kind, " and ".join((kind, *also)), f"{kind} alone", "Keep one of them.")
    if kind == "yaml" and isinstance(given, str):
        return io.StringIO(given)
    if kind == "scenario" and isinstance(given, Mapping):
        return given
    if kind != "preset":
        allowed = "text" if kind == "yaml" else "a mapping"
        raise _refused(kind, given, allowed, f"Give {kind} as {allowed}.")
    if given not in preset_names():
        remedy = near_miss(str(given), preset_names())
        raise _refused("preset", given, ", ".join(preset_names()), remedy)
    return _changed(given, values)


def _changed(preset: str, values: Values) -> Values:
    """A preset with some of its first seller's fields changed."""
    base = load(preset).model_dump(mode="json", exclude_none=True)
    if any(is_of_seller(controls()[name]) for name in values) and not base["sellers"]:
        first = {name: one for name, one in _defaults().items() if is_of_seller(controls()[name])}
        base = write(base | {"sellers": [{}]}, first)
    if values:
        base["title"] = f"{base['title']}, changed"[:MOST_TITLE]
    return write(base, values)


def _defaults() -> Values:
    rows = controls().values()
    return {one.name: value_of(one, one.default) for one in rows if one.default}


def _check_size(scenario: Scenario) -> None:
    sizes = {
        "sellers": (len(scenario.sellers), MOST_SELLERS),
        "horizon_years": (scenario.horizon_years, MOST_YEARS),
    }
    remedy = "Ask larger questions on the command line: `selloff run`."
    problems = [
        Problem(where=where, given=f"{given:g}", allowed=f"at most {most:g} here", remedy=remedy)
        for where, (given, most) in sizes.items()
        if given > most
    ]
    if problems:
        raise InputError(problems)


def _query(wholes: Mapping[str, Any], asked: Mapping[str, Any], seed: int) -> str:
    """Write the question as the part of an address behind the question mark."""
    if set(wholes) - {"preset"}:
        return ""
    first = {} if wholes else {k: c.default for k, c in controls().items() if c.group == "main"}
    values = {**wholes, **first, **asked, "seed": seed}
    ordered = {key: values[key] for key in ("preset", *controls(), "seed") if key in values}
    return urlencode({key: _in_words(one) for key, one in ordered.items()}, safe=":,")


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return next(word for word, is_on in SWITCH.items() if is_on is value)
    if isinstance(value, Mapping):
        return ",".join(f"{key}:{_in_words(one)}" for key, one in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def _whole_number(given: Any) -> Any:
    """A number of a query comes as text."""
    return int(given) if isinstance(given, str) and given.isdecimal() and len(given) < 20 else given


def _refused(where: str, given: Any, allowed: str, remedy: str) -> InputError:
    return InputError([Problem(where=where, given=shown(given), allowed=allowed, remedy=remedy)])
