"""What the data room hands out: figures with their standing, curves and vintages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from selloff.data.tables import Snapshot
from selloff.vocab.errors import VintageError, near_miss
from selloff.vocab.holders import FOREIGN_GROUPS, books_of, country_books

Array = NDArray[np.float64]
Standing = Literal["data", "derived", "assumption"]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number of a vintage, with what it rests on."""

    name: str
    holder: str | None = None
    bucket: str | None = None
    value: float
    unit: str
    standing: Standing
    """`data` as published, `derived` computed from data and assumptions, `assumption` chosen."""
    source: str
    as_of: date
    note: str = ""


@dataclass(frozen=True, eq=False)
class Curve:
    """Par yields of one government on one date, as published; no tenor is filled in."""

    tenor_years: Array
    par_yield_pct: Array
    as_of: date
    """Date of the freshest point."""
    source: str
    point_as_of: tuple[date, ...] = ()
    """Date of each point, in the order of the tenors."""


@dataclass(frozen=True)
class VintageInfo:
    """A month the snapshot can rebuild."""

    id: str
    date: date
    is_default: bool


@dataclass(frozen=True, eq=False, kw_only=True)
class Vintage:
    """The world at a month-end: who holds what, at which prices, with which sources."""

    id: str
    """Year and month; where it rests on tables of the user's, `@` and their name after it."""
    date: date
    snapshot: Snapshot
    """The tables it was rebuilt from."""
    holders: tuple[str, ...]
    books: Array
    """Face by holder and bucket [USD bn]."""
    outstanding: Array
    """Marketable debt by bucket [USD bn]."""
    coupon_pct: Array
    """Average rate paid by bucket [percent a year]."""
    curves: Mapping[str, Curve]
    """Par curves by currency; a currency without a free source is absent."""
    fx_usd_per_lc: Mapping[str, float]
    gdp_usd_bn: Mapping[str, float]
    """GDP of each currency area in the calendar year of the vintage [USD bn a year]."""
    net_issuance_usd_bn: Array
    """Net marketable issuance in each of the years ahead, the first year first [USD bn]."""
    figures: tuple[Figure, ...]

    def book(self, holder_id: str) -> float:
        """Sum the face of a holder, or of both books of a country."""
        names = self.books_by_name()
        if holder_id not in names:
            raise VintageError.of(
                "holder",
                given=f"'{holder_id}'",
                allowed=f"a holder or country of vintage {self.id}",
                remedy=near_miss(holder_id, list(names)),
            )
        return names[holder_id]

    def books_by_name(self) -> dict[str, float]:
        """Sum the face of every holder, of every country prefix and of the foreign groups."""
        totals = dict(zip(self.holders, self.books.sum(axis=1).tolist(), strict=True))
        prefixes = dict.fromkeys(holder.split("_")[0] for holder in self.holders)
        together = [*(each for each in prefixes if country_books(each)), *FOREIGN_GROUPS]
        return totals | {
            name: sum(totals.get(book, 0.0) for book in books_of(name)) for name in together
        }
