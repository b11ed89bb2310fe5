"""The one table of dataset variables that code, checks and docs all read."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Variable:
    """One variable of the result dataset."""

    name: str
    dims: tuple[str, ...]
    unit: str
    kind: str
    description: str
    source: str
    """Dotted path to where it is computed, or a function of `bridge.derived`; empty for what is
    put together from several runs."""
    factor: str
    """What turns the engine's units into this unit."""
    opening: str
    """What is put in front as step zero: `0`, or a source; empty where nothing is."""


@cache
def variables() -> dict[str, Variable]:
    """Read the table of variables."""
    text = files("selloff.vocab").joinpath("variables.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["name"]: _variable(row) for row in rows}


def _variable(row: dict[str, str]) -> Variable:
    source, dims = row.pop("from"), tuple(row.pop("dims").split())
    return Variable(source=source, dims=dims, **row)
