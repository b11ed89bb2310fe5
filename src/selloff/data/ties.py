"""How close each foreign official holder is to the United States, and what it sold in 2020."""

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from selloff.vocab.rows import read_as, rows_of

Class = Literal["treaty", "partner", "none", "rival"]
CLASSES: Final[tuple[Class, ...]] = get_args(Class)
"""Defence treaty; designated partner; neither; rival."""


@dataclass(frozen=True)
class Tie:
    """One country's ties, and its sales in the squeeze of March 2020."""

    iso3: str
    ties: Class
    sold_2020_frac: float | None
    """Part of its Treasuries sold in March and April 2020, where known [fraction]."""
    source: str
    reason: str


@cache
def ties() -> dict[str, Tie]:
    """Read the table of ties.

    Source: `assumptions/ties.csv`.
    """
    return {row.iso3: row for row in read_as(Tie, rows_of("data", "assumptions/ties"))}
