"""How often large holders went down slowly without anything that forced them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from selloff.data import table

CUSTODY_PLACES: Final = (
    "Belgium",
    "Belgium-Luxembourg",
    "Bermuda",
    "Carib Bnkng Ctrs",
    "Cayman Islands",
    "Hong Kong",
    "Ireland",
    "Luxembourg",
    "Singapore",
    "Switzerland",
    "United Kingdom",
)
"""Places where others keep their bonds: what leaves them may have gone nowhere."""
_SUMS: Final = ("All Other", "Grand Total", "Oil Exporters")
LARGE_USD_BN: Final = 100.0
CUT: Final = 1.0 / 3.0
_WINDOW: Final = 120
"""Months over which the peak is taken: ten years."""
_QUARTER: Final = 3
_RECOVERED: Final = 1.5
"""A holder can go down again once its book has made good a cut of a third."""


@dataclass(frozen=True)
class Descents:
    """Holders that cut their books, by how fast they did."""

    slow: tuple[tuple[str, str], ...]
    """Who, and the month in which a third was gone."""
    fast: tuple[tuple[str, str], ...]
    """The same for a third within a quarter."""
    holder_years: float
    """Years at risk, over all large holders [years]."""

    @property
    def rate(self) -> float:
        """Slow descents for each large holder [1/year]."""
        return len(self.slow) / self.holder_years


def descents() -> Descents:
    """Count how often a large holder cut its book by more than a third within ten years."""
    slow: list[tuple[str, str]] = []
    fast: list[tuple[str, str]] = []
    months = 0
    for name, book in _books():
        cuts, at_risk = _cuts(book)
        months += at_risk
        for place, is_fast in cuts:
            found = (str(name), f"{book.index[place]:%Y-%m}")
            (fast if is_fast else slow).append(found)
    return Descents(tuple(slow), tuple(fast), months / 12.0)


def _books() -> Sequence[tuple[str, pd.Series]]:
    rows = table("tic_holdings_monthly")
    last_break = rows.loc[rows["series"] != "primary", "date"].max()
    later = rows[(rows["series"] == "primary") & (rows["date"] >= last_break)]
    # Where two sources overlap the later one is the publisher's own revision.
    later = later.sort_values(["date", "source_file"]).drop_duplicates(
        ["date", "country"], keep="last"
    )
    wide = later.pivot_table(index="date", columns="country", values="usd_bn")
    return [(c, wide[c].dropna()) for c in wide if c not in (*CUSTODY_PLACES, *_SUMS)]


def _cuts(book: pd.Series) -> tuple[list[tuple[int, bool]], int]:
    """Places of the cuts in a series and whether each was fast; months at risk."""
    values = book.to_numpy()
    cuts: list[tuple[int, bool]] = []
    start, low, months = 0, np.inf, 0
    for place, now in enumerate(values):
        low = min(low, now)
        if cuts and start <= cuts[-1][0]:
            if now < max(LARGE_USD_BN, _RECOVERED * low):
                continue
            start = place
        peak = values[max(start, place + 1 - _WINDOW) : place + 1].max()
        if peak < LARGE_USD_BN:
            continue
        months += 1
        if now < (1.0 - CUT) * peak:
            recent = values[max(place - _QUARTER, 0) : place + 1].max()
            cuts.append((place, bool(now < (1.0 - CUT) * recent)))
            low = now
    return cuts, months
