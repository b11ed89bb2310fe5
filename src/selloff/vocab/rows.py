"""Tables of the package: their rows as text, or as objects whose fields say how a cell is read."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from importlib.resources import files
from types import NoneType
from typing import Any, Final, Literal, TypeVar, get_args, get_origin

Row = TypeVar("Row")
_FLAGS: Final = {"true": True, "yes": True, "false": False, "no": False}
_READ: Final[Mapping[Any, Callable[[str], Any]]] = {
    bool: _FLAGS.__getitem__,
    date: date.fromisoformat,
    tuple: lambda text: tuple(text.split()),
    frozenset: lambda text: frozenset(text.split()),
}
"""How a cell is read; what is not among them reads itself."""


def rows_of(room: str, table: str) -> list[dict[str, str]]:
    """Read a table that lies in a room, one mapping a row."""
    text = files(f"selloff.{room}").joinpath(f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def read_as(kind: type[Row], rows: Iterable[Mapping[str, str]]) -> tuple[Row, ...]:
    """Make an object of each row; an empty cell is the default of its field, where it has one."""
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    found = []
    for at, row in enumerate(rows, start=1):
        values = {}
        for name, text in row.items():
            field = known.get(name)
            if field is None:
                raise ValueError(f"{kind.__name__}, row {at}: there is no '{name}'")
            if text or field.default is MISSING:
                values[name] = _value(field.type, text, f"{kind.__name__}, row {at}: {name}")
        found.append(kind(**values))
    return tuple(found)


def _value(kind: Any, text: str, where: str) -> Any:
    choices = get_args(kind)
    if NoneType in choices:
        return _value(choices[0], text, where) if text else None
    if get_origin(kind) is Literal:
        kind = dict(zip(choices, choices, strict=True)).__getitem__
    try:
        return _READ.get(get_origin(kind) or kind, kind)(text)
    except (KeyError, TypeError, ValueError) as error:
        allowed = f"; allowed: {', '.join(choices)}" if choices else ""
        raise ValueError(f"{where}: cannot be '{text}'{allowed}") from error
