"""Reading the shipped snapshot: tables, their provenance, and what was known on a day."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO

import pandas as pd

from selloff.data.records import Provenance
from selloff.vocab.errors import Problem, VintageError, near_miss

WHOLE_NUMBERS = frozenset({"fiscal_year", "year"})


@dataclass(frozen=True)
class Observation:
    """A value and the day it stands for."""

    value: float
    as_of: date


@dataclass(frozen=True)
class Snapshot:
    """A set of tables and the one way to ask them what was known on a day."""

    read: Callable[[str], pd.DataFrame]
    """Gives a table by name; the caller does not write into it."""

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


@cache
def _frame(name: str) -> pd.DataFrame:
    content = files("selloff.data").joinpath(f"snapshot/{name}.csv").read_bytes()
    frame = pd.read_csv(BytesIO(content), parse_dates=["date"])
    whole = {
        column: "float64"
        for column in frame.select_dtypes("number").columns
        if column not in WHOLE_NUMBERS
    }
    return frame.astype(whole)


def shipped() -> Snapshot:
    """Give the snapshot that ships with the package."""
    return Snapshot(_frame)


@cache
def provenance() -> tuple[Provenance, ...]:
    """List where every table of the snapshot comes from."""
    text = files("selloff.data").joinpath("snapshot/provenance.csv").read_text(encoding="utf-8")
    return tuple(
        Provenance(
            table=row["table"],
            file=row["file"],
            publisher=row["publisher"],
            series_ids=row["series_ids"],
            unit=row["unit"],
            frequency=row["frequency"],
            first_date=date.fromisoformat(row["first_date"]),
            last_date=date.fromisoformat(row["last_date"]),
            rows=int(row["rows"]),
            licence=row["licence"],
            redistributable=row["redistributable"] == "yes",
            obtained_from=row["obtained_from"],
            checks=row["checks"],
            note=row["note"],
            sha256=row["sha256"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def table(name: str) -> pd.DataFrame:
    """Read one tidy table of the snapshot."""
    names = [record.table for record in provenance()]
    if name not in names:
        raise VintageError(
            [
                Problem(
                    where="table",
                    given=f"'{name}'",
                    allowed=", ".join(names),
                    remedy=near_miss(name, names),
                )
            ]
        )
    return _frame(name).copy()
