"""What a section of the page is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from selloff.report.told import Told

Cell = str | Told | Markup


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One chart with a finding for a title, what to see, and where it comes from."""

    id: str
    title: str
    chart: Any
    note: str = ""
    page: str = ""
    """The model's page that explains it, without the ending."""
    source: str = "Selloff"
    height: str = ""
    """Height of the wide picture and of the narrow one [pixels]; its own where empty."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Head, rows of cells, and which columns are words; the others are numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: tuple[int, ...] = (0,)
    fold: str = ""
    """What to press to see it; empty where it is open."""
    label: str = ""
    ids: tuple[str, ...] = ()
    """Places in the page that rows are, for links to them."""
    is_sorted: bool = False
    """Whether the reader can search it and sort its columns."""


@dataclass(frozen=True, kw_only=True)
class Why:
    """A number that looks odd: why it is so, and how far to trust it."""

    claim: Cell
    why: str
    trust: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section of the page: a finding, sentences, figures, odd numbers, tables."""

    id: str
    link: str
    title: str
    lead: tuple[Cell, ...] = ()
    figures: tuple[Drawing, ...] = ()
    small: tuple[Drawing, ...] = ()
    whys: tuple[Why, ...] = ()
    tables: tuple[Table, ...] = ()
    quiet: str = ""
    """In which nothing happened."""

    @property
    def drawn(self) -> tuple[Drawing, ...]:
        """All its charts in the order of the page."""
        return (*self.figures, *self.small)


def stacked(tables: Sequence[Table | None]) -> tuple[Table, ...]:
    """Leave out tables without rows."""
    return tuple(one for one in tables if one is not None and one.rows)
