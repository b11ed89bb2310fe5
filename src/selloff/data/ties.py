"""How close each foreign official holder is to the United States, and what it sold in 2020."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Class = Literal["treaty", "partner", "none", "rival"]
CLASSES: Final[tuple[Class, ...]] = ("treaty", "partner", "none", "rival")
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
    text = files("selloff.data").joinpath("assumptions/ties.csv").read_text(encoding="utf-8")
    return {
        row["iso3"]: Tie(
            iso3=row["iso3"],
            ties=_known(row["ties"]),
            sold_2020_frac=float(row["sold_2020_frac"]) if row["sold_2020_frac"] else None,
            source=row["source"],
            reason=row["reason"],
        )
        for row in csv.DictReader(text.splitlines())
    }


def _known(word: str) -> Class:
    found = next((each for each in CLASSES if each == word), None)
    if found is None:
        raise ValueError(f"ties.csv: '{word}'; allowed: {', '.join(CLASSES)}")
    return found
