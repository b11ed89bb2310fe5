"""How far observation reaches: the table of records beyond which a result is extrapolation."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Support:
    """One quantity and the most that has been seen of it."""

    quantity: str
    """A metric, a rise of the 10-year, or what `pipeline.support` works out."""
    label: str
    """Empty for a metric, which has its own."""
    unit: str
    limit: float
    """Below zero: the lowest."""
    times: float
    """Multiple of the limit from which a result warns."""
    business_days: int
    """Window, where there is one [business days]."""
    on: str
    source: str
    sentence: str

    def is_beyond(self, found: float) -> bool:
        """Say whether a number lies beyond what the evidence supports."""
        return found / self.limit > self.times


@cache
def support() -> dict[str, Support]:
    """Read the table."""
    text = files("selloff.evidence").joinpath("support.csv").read_text(encoding="utf-8")
    return {row["quantity"]: _support(row) for row in csv.DictReader(text.splitlines())}


def _support(row: dict[str, str]) -> Support:
    numbers: dict[str, Any] = {key: float(row[key]) for key in ("limit", "times")}
    return Support(**{**row, **numbers, "business_days": int(row["business_days"] or 0)})
