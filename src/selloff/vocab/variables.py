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


@cache
def variables() -> dict[str, Variable]:
    """Read the table of variables."""
    text = files("selloff.vocab").joinpath("variables.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["name"]: Variable(
            row["name"], tuple(row["dims"].split()), row["unit"], row["kind"], row["description"]
        )
        for row in rows
    }
