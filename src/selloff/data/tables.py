"""Reading a snapshot: tables, their provenance, and what was known on a day."""

import csv
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final

import pandas as pd

from selloff.vocab.errors import VintageError, near_miss
from selloff.vocab.rows import read_as, rows_of

PROVENANCE: Final = "provenance.csv"
"""Name of the file that lists the tables of a folder."""
WHOLE_NUMBERS: Final = frozenset({"fiscal_year", "year"})


@dataclass(frozen=True)
class Observation:
    """A value and the day it stands for."""

    value: float
    as_of: date


@dataclass(frozen=True)
class Provenance:
    """Where one table of the snapshot comes from and under which terms."""

    table: str
    file: str
    publisher: str
    series_ids: str
    unit: str
    frequency: str
    first_date: date
    last_date: date
    rows: int
    licence: str
    redistributable: bool
    obtained_from: str
    checks: str
    note: str
    sha256: str


@cache
def _frame(name: str) -> pd.DataFrame:
    return parsed(files("selloff.data").joinpath(f"snapshot/{name}.csv").read_bytes())


def parsed(content: bytes) -> pd.DataFrame:
    """Read a table from the bytes of its file."""
    frame = pd.read_csv(BytesIO(content), parse_dates=["date"])
    whole = {
        column: "float64"
        for column in frame.select_dtypes("number").columns
        if column not in WHOLE_NUMBERS
    }
    return frame.astype(whole)


@cache
def _provenance() -> tuple[Provenance, ...]:
    return read_as(Provenance, rows_of("data", "snapshot/provenance"))


def listed(text: str) -> tuple[Provenance, ...]:
    """Read a list of tables with their provenance."""
    return read_as(Provenance, csv.DictReader(text.splitlines()))


@dataclass(frozen=True)
class Snapshot:
    """A set of tables and the one way to ask them what was known on a day."""

    read: Callable[[str], pd.DataFrame]
    """Gives a table by name; the caller does not write into it."""
    sources: Callable[[], tuple[Provenance, ...]] = _provenance
    name: str = ""
    """Of the user's tables; empty for those of the package alone."""

    @property
    def digest(self) -> str:
        """Hash of all its tables: two snapshots with the same one hold the same bytes."""
        return _digest(self.sources())

    def until(self, name: str, day: date) -> pd.DataFrame:
        """Keep the rows dated on or before a day."""
        frame = self.read(name)
        return frame[frame["date"] <= pd.Timestamp(day)]

    def last(self, name: str, column: str, day: date) -> Observation | None:
        """Find the last value of a column on or before a day, or nothing."""
        known = self.until(name, day)[["date", column]].dropna()
        if known.empty:
            return None
        row = known.iloc[-1]
        return Observation(float(row[column]), row["date"].date())


PACKAGED: Final = Snapshot(_frame)
"""The tables that ship with the package."""


def _digest(rows: Iterable[Provenance]) -> str:
    lines = sorted(f"{row.table} {row.sha256}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def provenance(snapshot: Snapshot = PACKAGED) -> tuple[Provenance, ...]:
    """List where every table of a snapshot comes from."""
    return snapshot.sources()


def table(name: str, snapshot: Snapshot = PACKAGED) -> pd.DataFrame:
    """Read one tidy table of a snapshot."""
    names = [record.table for record in snapshot.sources()]
    if name not in names:
        raise VintageError.of(
            "table", given=f"'{name}'", allowed=", ".join(names), remedy=near_miss(name, names)
        )
    return snapshot.read(name).copy()
