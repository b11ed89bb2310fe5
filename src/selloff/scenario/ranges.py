"""What is allowed at each field, read off the field definitions themselves."""

from collections.abc import Iterator
from typing import Any, Final, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

_Path = tuple[str | int, ...]
_WEIGHT: Final = "a number from 0 to 1"
NUMERIC: Final = ("float", "int", "finite", "greater", "less")
"""How the types of errors about numbers begin."""


def allowed_at(error: ErrorDetails, top: type[BaseModel]) -> str:
    """Say what would have been right."""
    model, info, _ = _field_at(error["loc"], top)
    if error["type"] in ("model_type", "model_attributes_type"):
        return "a mapping with the keys " + ", ".join(keys_at(error["loc"], top))
    if info is None:
        return error["msg"]
    limits = _range(info)
    if limits:
        return limits
    if model is None and error["type"].startswith(NUMERIC):
        return _WEIGHT
    most = error.get("ctx", {}).get("max_length")
    limit = f" (at most {most})" if most is not None else ""
    text = str(info.description).rstrip(".")
    return f"{text[0].lower()}{text[1:]}{limit}"


def keys_at(location: _Path, top: type[BaseModel]) -> tuple[str, ...]:
    """List the keys a mapping may have."""
    model, _, _ = _field_at(location, top)
    return tuple(model.model_fields) if model is not None else ()


def kinds_at(location: _Path, top: type[BaseModel]) -> tuple[str, ...]:
    """List the kinds there are of what stands at a field."""
    arms = _field_at(location, top)[2]
    return tuple(arms) if len(arms) > 1 else ()


def words_of(listed: str) -> tuple[str, ...]:
    """Take apart the list of words in an error of the field checks."""
    return tuple(each.strip("' ") for each in listed.replace(" or ", ", ").split(", "))


def _range(info: FieldInfo) -> str:
    types = set(get_args(info.annotation)) or {info.annotation}
    if types == {bool}:
        return "true or false"
    if not types & {int, float}:
        return ""
    noun = "a whole number" if int in types else "a number"
    above = next((each.gt for each in info.metadata if isinstance(each, Gt)), None)
    least = next((each.ge for each in info.metadata if isinstance(each, Ge)), None)
    most = next((each.le for each in info.metadata if isinstance(each, Le)), None)
    low = f"above {above}" if above is not None else f"from {least}"
    if most is None:
        return f"{noun} {low}"
    return f"{noun} {low} {'up ' if above is not None else ''}to {most}"


def _field_at(
    location: _Path, top: type[BaseModel]
) -> tuple[type[BaseModel] | None, FieldInfo | None, dict[str, type[BaseModel]]]:
    model: type[BaseModel] | None = top
    arms: dict[str, type[BaseModel]] = {}
    info: FieldInfo | None = None
    for part in location:
        if isinstance(part, int):
            continue
        if model is not None and part in model.model_fields:
            info = model.model_fields[part]
            inside = tuple(_models_in(info.annotation))
            arms = {_kind(each): each for each in inside}
            model = inside[0] if len(inside) == 1 else None
        elif part in arms:
            model = arms[part]
    return model, info, arms


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not Literal:
        for each in get_args(annotation):
            yield from _models_in(each)


def _kind(model: type[BaseModel]) -> str:
    info = model.model_fields.get("kind")
    return str(get_args(info.annotation)[0]) if info is not None else model.__name__
