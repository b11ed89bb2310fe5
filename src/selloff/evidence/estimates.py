"""The registry of published estimates: what was read, where, and how well it is known."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from math import nan
from typing import Final

from selloff.vocab.rows import read_as, rows_of

TOPICS: Final = (
    "flows",
    "supply",
    "demand",
    "intermediaries",
    "decay",
    "exchange",
    "convenience",
    "policy",
    "credit",
    "macro",
    "assets",
    "japan",
    "emerging",
    "fiscal",
    "ratings",
    "reserves",
    "game",
)
"""In the order in which they are shown."""


@dataclass(frozen=True, kw_only=True)
class PublishedEstimate:
    """One published estimate; empty numbers are NaN."""

    id: str
    study: str
    """Shared by the rows of one paper."""
    topic: str
    authors: str
    year: int
    title: str
    venue: str
    sample: str
    shock: str
    """As stated, in words."""
    effect: str
    """As stated, in words."""
    maturity: str
    horizon: str
    quantity: str
    """`bond_lasting`, `bond_month`, `fx_lasting`, `fx_day`, `half_life` or `none`."""
    bound: str
    """`exact`, `upper`, `lower`, `noisy` or `none`.

    A noisy one is a move with other news in it: its error is the same however large it came out,
    and low may be below zero.
    """
    shock_kind: str
    """`usd_bn_face`, `usd_bn_tye`, `pct_gdp`, `pct_stock` or `none`."""
    shock_size: float = nan
    base_year: int = 0
    """Year of the shock's dollars, GDP or stock; zero where it needs none."""
    low: float = nan
    mid: float = nan
    high: float = nan
    unit: str
    """Of low, mid and high: `bp`, `percent` or `years`."""
    face_to_tye: float = nan
    """Ten-year equivalents of one dollar of the shock's face [ratio]."""
    face_standing: str
    standing: str
    """`verified`, `secondary`, `computed` or `memory`."""
    where_read: str
    spans: tuple[str, ...]
    """Column `windows`: first close and last of each, `/` between."""
    informs: tuple[str, ...]
    """Parameters it bears on."""
    note: str

    @property
    def citation(self) -> str:
        """Authors, year, title and venue in one line."""
        return f"{self.authors} ({self.year}). {self.title}. {self.venue}."

    @property
    def windows(self) -> tuple[tuple[date, date], ...]:
        """Days of the events that the row is derived from: first close and last."""
        pairs = (map(date.fromisoformat, span.split("/")) for span in self.spans)
        return tuple((first, last) for first, last in pairs)


@cache
def estimates() -> tuple[PublishedEstimate, ...]:
    """Read the registry."""
    rows = ({"spans": row.pop("windows"), **row} for row in rows_of("evidence", "estimates"))
    return read_as(PublishedEstimate, rows)


def rows_within(start: date, end: date) -> tuple[str, ...]:
    """Name the estimates that have seen what happened in a window, by id."""
    return tuple(
        each.id
        for each in estimates()
        if each.quantity != "none"
        and any(first < end and start < last for first, last in each.windows)
    )
