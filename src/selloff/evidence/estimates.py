"""The registry of published estimates: what was read, where, and how well it is known."""

import csv
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

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


Window = tuple[date, date]


@dataclass(frozen=True)
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
    shock_size: float
    base_year: int
    """Year of the shock's dollars, GDP or stock; zero where it needs none."""
    low: float
    mid: float
    high: float
    unit: str
    """Of low, mid and high: `bp`, `percent` or `years`."""
    face_to_tye: float
    """Ten-year equivalents of one dollar of the shock's face [ratio]."""
    face_standing: str
    standing: str
    """`verified`, `secondary`, `computed` or `memory`."""
    where_read: str
    windows: tuple[Window, ...]
    """Days of the events that the row is derived from: first close and last."""
    informs: tuple[str, ...]
    """Parameters it bears on."""
    note: str

    @property
    def citation(self) -> str:
        """Authors, year, title and venue in one line."""
        return f"{self.authors} ({self.year}). {self.title}. {self.venue}."


@cache
def estimates() -> tuple[PublishedEstimate, ...]:
    """Read the registry."""
    text = files("selloff.evidence").joinpath("estimates.csv").read_text(encoding="utf-8")
    return tuple(_parse(row) for row in csv.DictReader(text.splitlines()))


def _parse(row: dict[str, str]) -> PublishedEstimate:
    kinds = {each.name: each.type for each in fields(PublishedEstimate)}
    values: dict[str, object] = {}
    for name, kind in kinds.items():
        given = row[name]
        if kind is float:
            values[name] = float(given) if given else float("nan")
        elif kind is int:
            values[name] = int(given or 0)
        else:
            values[name] = given
    values["informs"] = tuple(row["informs"].split())
    values["windows"] = tuple(map(_window, row["windows"].split()))
    return PublishedEstimate(**values)  # type: ignore[arg-type]


def _window(text: str) -> Window:
    first, last = map(date.fromisoformat, text.split("/"))
    return first, last


def rows_within(start: date, end: date) -> tuple[str, ...]:
    """Name the estimates that have seen what happened in a window, by id."""
    return tuple(
        each.id
        for each in estimates()
        if each.quantity != "none"
        and any(first < end and start < last for first, last in each.windows)
    )
