"""Parameter objects of the model, from the rows of the table that become them."""

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

import equinox as eqx
import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.size import growth_since
from selloff.data import Vintage
from selloff.evidence import Bank, Parameter, parameters
from selloff.vocab import AXES, BUSINESS_DAYS_PER_YEAR, Axis, dollar_year, factor

Array = NDArray[np.float64]
T = TypeVar("T", bound=eqx.Module)
_BECOMES = re.compile(r"(?P<path>[\w.]+)(?:\[(?P<label>\w+)\])?")


def build(
    cls: type[T], prefix: str, bank: Bank, world: Vintage | None = None, /, **given: Any
) -> T:
    """Make a parameter object: fields from their rows, modules within too, unless given.

    A field without a row raises, and a row without a field.
    """
    kinds, start = {field.name: field.type for field in fields(cls)}, f"{prefix}." if prefix else ""
    below = {path.removeprefix(start).split(".")[0] for path in _rows() if path.startswith(start)}
    if prefix and below - set(kinds):
        raise ValueError(f"parameters.csv: {cls.__name__} has no {sorted(below - set(kinds))}")
    for name in set(kinds) - set(given):
        kind, path = kinds[name], f"{start}{name}"
        # `issubclass` would ask every module there is, one by one.
        if isinstance(kind, type) and eqx.Module in kind.__mro__:
            given[name] = build(kind, path, bank, world)
        else:
            given[name] = put(read(path, bank, world))
    return cls(**given)


def read(path: str, bank: Bank, world: Vintage | None = None, *, axis: Axis | None = None) -> Array:
    """Read a field off the bank in the model's units, a vector along its axis.

    With an axis given, labels without a row are zero; else rows must fill one of the named axes.
    """
    rows = _rows().get(path)
    if rows is None:
        raise ValueError(f"parameters.csv: no row becomes {path}")
    if axis is None and set(rows) == {""}:
        return _turned(rows[""], bank, world)
    columns = {label: _turned(row, bank, world) for label, row in rows.items()}
    nothing = np.zeros(bank.n_draws)
    return np.stack([columns.get(each, nothing) for each in axis or _axis(path, set(rows))], axis=1)


def _turned(row: Parameter, bank: Bank, world: Vintage | None) -> Array:
    """Decimals; today's dollars; half-lives as speeds; in the measure of another row."""
    value = bank.draws[row.name] * factor(row.unit)
    year, turn = dollar_year(row.unit), row.turned
    if year is not None:
        if world is None:
            raise ValueError(f"parameters.csv: {row.name}: dollars of {year} need a vintage")
        value = value * growth_since(year, world)
    if turn in ("rate", "kept"):
        years = value / BUSINESS_DAYS_PER_YEAR if row.unit == "business days" else value
        value = np.log(2.0) / years if turn == "rate" else 0.5 ** (1.0 / years)
    elif turn:
        value = value * bank.draws[turn.removeprefix("x ")]
    return np.asarray(value)


@cache
def _rows() -> Mapping[str, Mapping[str, Parameter]]:
    """Rows by the field they become and their place in it."""
    found: dict[str, dict[str, Parameter]] = {}
    for row in parameters().values():
        for target in row.becomes:
            match = _BECOMES.fullmatch(target)
            if match is None:
                raise ValueError(f"parameters.csv: {row.name}: cannot become '{target}'")
            path, label = match.groups("")
            if label in found.setdefault(path, {}):
                raise ValueError(f"parameters.csv: two rows become {target}")
            found[path][label] = row
    return found


def _axis(path: str, labels: set[str]) -> tuple[str, ...]:
    places = tuple(str(i) for i in range(len(labels)))
    for axis in (places, *AXES):
        if set(axis) == labels:
            return axis
    raise ValueError(f"parameters.csv: {path}: no axis has the labels {sorted(labels)}")
