"""Errors of the field checks in plain words: where, what was given, what is allowed, what to do."""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from selloff.scenario.fields import RULE, UNKNOWN_HOLDER, Breach, Location, number, seller_ids
from selloff.vocab.errors import near_miss, shown
from selloff.vocab.holders import CENTRAL_BANKS

MAX_PROBLEMS: Final = 100
_NO_KIND: Final = ("union_tag_invalid", "union_tag_not_found", "model_attributes_type")
_NUMERIC: Final = ("float", "int", "finite", "greater", "less")
"""How the types of errors about numbers begin."""
_LONGEST: Final = 64
_SHARE: Final = "Shares are fractions of one: 25 percent is 0.25."
_REMEDIES: Final = {
    "sale_usd_bn": "Give the face sold as a positive number of USD bn.",
    "purchase_usd_bn": "Give the face bought as a positive number of USD bn.",
    "currency_usd_bn": "Give dollars exchanged as a number of USD bn.",
    "sale_frac": _SHARE,
    "announced_frac": _SHARE,
    "participation_cap_frac": _SHARE,
    "cum_frac": _SHARE,
    "proceeds": _SHARE,
    "buckets": _SHARE,
    "name": "Use lower-case letters, digits and hyphens, such as japan-dump.",
    "vintage": 'Write year and month in quotes, such as "2026-07".',
    "horizon_years": "Give a number of years, such as 10.",
    "observed": "Give a number: basis points for yields, percent for the yen.",
    "policy": 'Write policy: "on" or policy: "off".',
}
"""What to do about a field, by its name."""


def dotted(location: Location) -> str:
    """Write a location the way people say it."""
    parts = (
        f"[{shown(part)}]" if isinstance(part, int) else f".{shown(part, '')}" for part in location
    )
    return "".join(parts).removeprefix(".")


def located(error: ErrorDetails, raw: object) -> Location:
    """Find the place of an error in what was given, without the names of kinds in between."""
    place: Any = raw
    found: list[str | int] = []
    for order, part in enumerate(error["loc"], start=1):
        is_index = isinstance(part, int) and isinstance(place, Sequence) and part < len(place)
        if is_index or (isinstance(place, Mapping) and part in place):
            place = place[part]
        elif order < len(error["loc"]) or error["type"] not in ("missing", RULE):
            continue
        found.append(part)
    return tuple(found)


def explained(error: ErrorDetails, location: Location, top: type[BaseModel], raw: object) -> Breach:
    """Say what was given, what is allowed and what to do; `raw` has what stands beside it."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == RULE:
        return Breach(location, *(str(context[key]) for key in ("given", "allowed", "remedy")))
    model, info, kinds = _field_at(error["loc"], top)
    if kind == "literal_error" or (kind in _NO_KIND and len(kinds) > 1):
        words = tuple(kinds) or tuple(re.findall(r"'([^']*)'", str(context["expected"])))
        return _unknown_word(error, location, words)
    if kind == "extra_forbidden":
        owner = _field_at(error["loc"][:-1], top)[0]
        return _unknown_key(location, tuple(owner.model_fields) if owner else ())
    allowed, remedy = _allowed(error, model, info), _remedy(error, location)
    if kind == UNKNOWN_HOLDER:
        banks = CENTRAL_BANKS if _has_market(raw, location) else ()
        ids = (*banks, *seller_ids())
        example = "boe, jpn_official or jpn" if banks else "jpn_official or jpn"
        allowed = f"one of {len(ids)} holder ids and countries, such as {example}"
        remedy = f"{near_miss(shown(given, ''), ids)} `selloff world` shows who holds what."
    is_missing = kind == "missing"
    remedy = f"Add the key {location[-1]}." if is_missing else remedy
    return Breach(location, "nothing" if is_missing else shown(given), allowed, remedy)


def _has_market(raw: object, location: Location) -> bool:
    """Whether a holder stands in a flow of bonds abroad, in which central banks are holders."""
    place: Any = raw
    for part in location[:-1]:
        place = place[part]
    return isinstance(place, Mapping) and place.get("market") is not None


def _unknown_key(location: Location, allowed: tuple[str, ...]) -> Breach:
    key = location[-1]
    remedy = near_miss(shown(key, ""), allowed).replace("allowed values", "allowed keys")
    return Breach(location, f"the unknown key {shown(key)}", ", ".join(allowed), remedy)


def _unknown_word(error: ErrorDetails, location: Location, words: tuple[str, ...]) -> Breach:
    given = error["input"]
    if error["loc"][-1] == "[key]":
        return _unknown_key(location, words)
    if error["type"] in _NO_KIND and not isinstance(given, Mapping):
        kind = given if given in words else words[0]
        allowed = "a mapping with the key kind: " + ", ".join(words)
        return Breach(location, shown(given), allowed, f"Write {location[-1]}: {{kind: {kind}}}.")
    if error["type"] in _NO_KIND:
        location, given = (*location, "kind"), given.get("kind")
    return Breach(location, shown(given), ", ".join(words), near_miss(shown(given, ""), words))


def _remedy(error: ErrorDetails, location: Location) -> str:
    given, is_numeric = error["input"], error["type"].startswith(_NUMERIC)
    if is_numeric and isinstance(given, str):
        found = undressed(given)
        start = "Write a bare number" if found is None else f"Write {found:.15g}, a bare number"
        return f"{start} without quotes, units or separators."
    names = [str(part) for part in location if isinstance(part, str)]
    known = next((_REMEDIES[each] for each in reversed(names) if each in _REMEDIES), None)
    if error["type"] == "string_type" and number(given) is not None:
        return known if known and "quotes" in known else f'Put it in quotes: "{shown(given)}".'
    return known or ("Give a number in that range." if is_numeric else "Give that instead.")


def undressed(text: str) -> float | None:
    """Read the number a person meant by a text: units, percent, and commas of both customs."""
    bare = re.sub(r"[\s_']", "", "" if len(text) > _LONGEST else text.lower())
    is_percent = bare.endswith("%")
    for mark in ("usd", "us$", "$", "bn", "years", "year", "%"):
        bare = bare.removeprefix(mark).removesuffix(mark)
    if re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d*)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"-?\d+(\.\d{3})*,\d+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    try:
        found = float(bare)
    except ValueError:
        return None
    if not math.isfinite(found):
        return None
    return found / 100 if is_percent else found


def _allowed(error: ErrorDetails, model: type[BaseModel] | None, info: FieldInfo | None) -> str:
    """Say what would have been right, as the definition of the field has it."""
    if error["type"] in ("model_type", "model_attributes_type") and model is not None:
        return "a mapping with the keys " + ", ".join(model.model_fields)
    if info is None:
        return error["msg"]
    limits = _range(info)
    if limits:
        return limits
    if model is None and error["type"].startswith(_NUMERIC):
        return "a number from 0 to 1"
    most = error.get("ctx", {}).get("max_length")
    limit = f" (at most {most})" if most is not None else ""
    text = str(info.description).rstrip(".")
    return f"{text[0].lower()}{text[1:]}{limit}"


def _range(info: FieldInfo) -> str:
    types, bounds = _types_and_bounds(info.annotation, list(info.metadata))
    if types == {bool}:
        return "true or false"
    if not types & {int, float}:
        return ""
    noun = "a whole number" if int in types else "a number"
    above, least, most = (
        next((getattr(each, name) for each in bounds if isinstance(each, kind)), None)
        for kind, name in ((Gt, "gt"), (Ge, "ge"), (Le, "le"))
    )
    low = "" if least is None else f" from {least:g}"
    low = low if above is None else f" above {above:g}"
    if most is None:
        return f"{noun}{low}{' up' if low.startswith(' from') else ''}"
    return f"{noun}{low}{'' if low.startswith(' from') else ' up'} to {most}"


def _types_and_bounds(annotation: Any, bounds: list[Any]) -> tuple[set[Any], list[Any]]:
    """Take a type apart into what it may be, but None, and what bounds it."""
    types: set[Any] = set()
    if isinstance(get_origin(annotation), type) and issubclass(get_origin(annotation), Collection):
        return types, bounds
    for each in get_args(annotation) or (annotation,):
        bounds += getattr(each, "__metadata__", ())
        types.add(getattr(each, "__origin__", each))
    for each in tuple(bounds):
        bounds += getattr(each, "metadata", ())
    return types - {type(None)}, bounds


def _field_at(
    location: tuple[str | int, ...], top: type[BaseModel]
) -> tuple[type[BaseModel] | None, FieldInfo | None, dict[str, type[BaseModel]]]:
    """Find model and field at a place, and the kinds of what may stand there."""
    model: type[BaseModel] | None = top
    kinds: dict[str, type[BaseModel]] = {}
    info: FieldInfo | None = None
    for part in location:
        if model is not None and part in model.model_fields:
            info = model.model_fields[str(part)]
            inside = tuple(_models_in(info.annotation))
            kinds = {_kind(each): each for each in inside}
            model = inside[0] if len(inside) == 1 else None
        elif part in kinds:
            model = kinds[str(part)]
    return model, info, kinds


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for each in get_args(annotation):
            yield from _models_in(each)


def _kind(model: type[BaseModel]) -> str:
    info = model.model_fields.get("kind")
    return str(get_args(info.annotation)[0]) if info is not None else model.__name__
