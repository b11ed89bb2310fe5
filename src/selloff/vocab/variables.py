"""The one table of dataset variables that code, checks and docs all read."""

from dataclasses import dataclass
from functools import cache

from selloff.vocab.rows import read_as, rows_of


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
    rows = ({"source": row.pop("from"), **row} for row in rows_of("vocab", "variables"))
    return {row.name: row for row in read_as(Variable, rows)}
