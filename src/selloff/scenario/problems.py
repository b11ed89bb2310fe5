"""What the checks found, said in one shape: where, what was given, what is allowed, what to do."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from selloff.scenario.form import Form
from selloff.scenario.ranges import NUMERIC, allowed_at, keys_at, kinds_at, words_of
from selloff.scenario.rules import Breach, Location, is_number
from selloff.scenario.weights import RULE
from selloff.vocab.errors import near_miss

_SHOWN: Final = 60
_VERSION: Final = "Write schema_version: 1."
_NO_KIND: Final = ("union_tag_invalid", "union_tag_not_found", "model_attributes_type")


def found_in(raw: Mapping[str, Any], form: Form) -> tuple[Breach, ...]:
    """Check plain values against the format and against the rules between fields."""
    try:
        form.model.model_validate(raw)
    except ValidationError as error:
        details = error.errors(include_url=False)
        fields = [
            _breach(each, raw, form) for each in details if "breaches" not in each.get("ctx", {})
        ]
        return (*fields, *form.breaches(raw))
    return ()


def _breach(error: ErrorDetails, raw: object, form: Form) -> Breach:
    location = _plain_location(error, raw)
    context = error.get("ctx", {})
    if error["type"] == RULE:
        return Breach(
            location=location,
            given=str(context["given"]),
            allowed=str(context["allowed"]),
            remedy=str(context["remedy"]),
        )
    if error["type"] == "extra_forbidden":
        return _unknown_key(location, keys_at(error["loc"][:-1], form.model))
    if error["type"] in _NO_KIND and kinds_at(error["loc"], form.model):
        return _unknown_kind(error, location, kinds_at(error["loc"], form.model))
    if error["type"] == "literal_error":
        words = words_of(str(context["expected"]))
        if error["loc"][-1] == "[key]":
            return _unknown_key(location, words)
        return _unknown_word(location, words, given=error["input"])
    is_missing = error["type"] == "missing"
    return Breach(
        location=location,
        given="nothing" if is_missing else shown(error["input"]),
        allowed=allowed_at(error, form.model),
        remedy=f"Add the key {location[-1]}." if is_missing else _remedy(error, location, form),
    )


def _unknown_key(location: Location, allowed: tuple[str, ...]) -> Breach:
    key = str(location[-1])
    return Breach(
        location=location,
        given=f"the unknown key {shown(key)}",
        allowed=", ".join(allowed),
        remedy=near_miss(key, allowed).replace("allowed values", "allowed keys"),
    )


def _unknown_kind(error: ErrorDetails, location: Location, words: tuple[str, ...]) -> Breach:
    given = error["input"]
    if isinstance(given, Mapping):
        return _unknown_word((*location, "kind"), words, given=given.get("kind"))
    kind = given if given in words else words[0]
    return Breach(
        location=location,
        given=shown(given),
        allowed="a mapping with the key kind: " + ", ".join(words),
        remedy=f"Write {location[-1]}: {{kind: {kind}}}.",
    )


def _unknown_word(location: Location, words: tuple[str, ...], *, given: object) -> Breach:
    is_version = location[-1] == "schema_version"
    return Breach(
        location=location,
        given=shown(given),
        allowed="1, the version this Selloff reads" if is_version else ", ".join(words),
        remedy=_VERSION if is_version else near_miss(str(given), words),
    )


def _remedy(error: ErrorDetails, location: Location, form: Form) -> str:
    given = error["input"]
    wants_number = error["type"].startswith(NUMERIC)
    if wants_number and isinstance(given, str):
        plain = _as_number(given)
        if plain is not None:
            return f"Write {plain:g}, a bare number without quotes, units or separators."
        return "Write a bare number without quotes, units or separators."
    if error["type"] == "string_type" and is_number(given):
        return f'Put it in quotes: "{given}".'
    names = [str(part) for part in location if isinstance(part, str)]
    default = "Give a number in that range." if wants_number else "Give that instead."
    return next((form.remedies[each] for each in reversed(names) if each in form.remedies), default)


def _as_number(text: str) -> float | None:
    bare = text.strip().lower().replace(",", "").replace("_", "").replace(" ", "")
    is_percent = bare.endswith("%")
    for mark in ("usd", "us$", "$", "bn", "years", "year", "%"):
        bare = bare.removeprefix(mark).removesuffix(mark)
    try:
        number = float(bare)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return number / 100 if is_percent else number


def shown(given: object) -> str:
    """Show a value of the user's in a message, shortened where it is long.

    Source: assumption; a message is read on one screen.
    """
    if given is None:
        return "nothing"
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, (dict, Mapping)):
        return "a mapping"
    if isinstance(given, (list, tuple)):
        return f"a list of {len(given)}"
    if isinstance(given, float):
        return f"{given:.10g}"
    text = f"'{given}'" if isinstance(given, str) else repr(given)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _plain_location(error: ErrorDetails, raw: object) -> Location:
    place: Any = raw
    location: list[str | int] = []
    last = len(error["loc"]) - 1
    for order, part in enumerate(error["loc"]):
        is_index = isinstance(part, int) and isinstance(place, Sequence) and part < len(place)
        if is_index or (isinstance(place, Mapping) and part in place):
            place = place[part]
        elif not (order == last and error["type"] == "missing"):
            continue
        location.append(part)
    return tuple(location)
