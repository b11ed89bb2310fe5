"""The store of observations: every print of a public series, and what was known on a day."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

import pandas as pd

from selloff.vocab.errors import InputError, OutputError
from selloff.vocab.files import user_data_folder

OBSERVED: Final = (
    "series",
    "period",
    "value",
    "unit",
    "published",
    "available_at",
    "vintage",
    "source",
)
"""Columns of a reading; a missing value is NaN, a day of publication not known is NaT."""
_MADE: Final = """
CREATE TABLE IF NOT EXISTS observations (
  series TEXT NOT NULL, period TEXT NOT NULL, value REAL, unit TEXT NOT NULL, published TEXT,
  available_at TEXT NOT NULL, vintage TEXT NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY (series, period, available_at)) WITHOUT ROWID
"""
_ADDED: Final = "INSERT INTO observations VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_KNOWN: Final = """
SELECT * FROM (SELECT *, max(available_at) FROM observations
WHERE series = ? AND available_at <= ? GROUP BY period) ORDER BY period
"""
_LATEST: Final = """
SELECT series, period, value, max(available_at) AS available_at FROM observations
WHERE series IN (SELECT value FROM json_each(?)) GROUP BY series, period
"""
_SERIES: Final = """
SELECT series, max(unit) AS unit, max(source) AS source, min(period) AS first,
max(period) AS last, count(*) AS rows FROM observations GROUP BY series ORDER BY series
"""
_NOWHERE: Final = ":memory:"
_END: Final = "9999-12-31T23:59:59Z"


def store_file() -> Path:
    """Name the file of the store."""
    return user_data_folder() / "observations.sqlite"


def keep(readings: pd.DataFrame, *, place: Path | None = None) -> int:
    """Add readings to the store, all or none of them; gives how many were new."""
    rows = _written(readings)
    with _opened(place, is_written=True) as store:
        before = store.total_changes
        store.executemany(_ADDED, rows)
        added = store.total_changes - before
        if added < len(rows):
            _check_same(store, rows)
        return added


def fresh(readings: pd.DataFrame, *, fetched: datetime, place: Path | None = None) -> pd.DataFrame:
    """Pick the readings the store does not hold; a revised value is known from the fetch on."""
    both = beside_kept(readings, place=place)
    is_new = both["kept_at"].isna()
    is_revised = ~is_new & ~_same(both["value"], both["before"])
    found = both.loc[is_new | is_revised, list(OBSERVED)].copy()
    found["available_at"] = _moments(found["available_at"]).mask(
        is_revised[found.index], _moment(fetched)
    )
    return found.reset_index(drop=True)


def beside_kept(readings: pd.DataFrame, *, place: Path | None = None) -> pd.DataFrame:
    """Put beside readings the last print the store holds of each: `before` and `kept_at`."""
    series = json.dumps(readings["series"].unique().tolist())
    kept = _read(_LATEST, (series,), place)
    kept = kept.rename(columns={"value": "before", "available_at": "kept_at"})
    return readings.merge(kept, on=["series", "period"], how="left")


def known(series: str, day: date | None = None, *, place: Path | None = None) -> pd.DataFrame:
    """Read a series as it was known at the end of a day: the latest print of each period."""
    until = _END if day is None else _moment(datetime.combine(day, time.max, UTC))
    return _read(_KNOWN, (series, until), place)[list(OBSERVED)]


def kept_series(*, place: Path | None = None) -> pd.DataFrame:
    """List the series of the store: unit, source, first and last period, prints."""
    return _read(_SERIES, (), place)


def _written(readings: pd.DataFrame) -> list[tuple[Any, ...]]:
    if missing := set(OBSERVED) - set(readings.columns):
        raise ValueError(f"readings lack {', '.join(sorted(missing))}")
    as_text = readings[list(OBSERVED)].assign(
        period=pd.to_datetime(readings["period"]).dt.strftime("%Y-%m-%d"),
        published=pd.to_datetime(readings["published"]).dt.strftime("%Y-%m-%d"),
        available_at=_moments(readings["available_at"]),
    )
    as_text = as_text.astype(object)
    return list(as_text.where(as_text.notna(), None).itertuples(index=False, name=None))


def _check_same(store: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> None:
    """A print is what it was: what was there before has the value that is given again."""
    query = "SELECT value FROM observations WHERE series = ? AND period = ? AND available_at = ?"
    for series, period, value, *_, at, _, _ in rows:
        (kept,) = store.execute(query, (series, period, at)).fetchone()
        if kept != value:
            raise InputError.of(
                f"{series} of {period}, known at {at}",
                given=f"{value}",
                allowed=f"{kept}, as kept",
                remedy="A revised value is known from the moment it was fetched.",
            )


def _same(one: pd.Series, other: pd.Series) -> pd.Series:
    return (one == other) | (one.isna() & other.isna())


def _moments(moments: pd.Series) -> pd.Series:
    return pd.to_datetime(moments, utc=True, format="ISO8601").dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(query: str, given: tuple[str, ...], place: Path | None) -> pd.DataFrame:
    with _opened(place, is_written=False) as store:
        answer = store.execute(query, given)
        names = [each[0] for each in answer.description]
        found = pd.DataFrame(answer.fetchall(), columns=names)
    days = [name for name in ("period", "published", "first", "last") if name in found]
    numbers = [name for name in ("value",) if name in found]
    return found.astype(dict.fromkeys(numbers, float)).assign(
        **{name: pd.to_datetime(found[name]) for name in days}
    )


def _store_of_user(*, is_written: bool) -> Path:
    try:
        return store_file()
    except OutputError:  # without a home folder nothing was kept
        if is_written:
            raise
        return Path(_NOWHERE)


@contextmanager
def _opened(place: Path | None, *, is_written: bool) -> Iterator[sqlite3.Connection]:
    """Open the store for one transaction; where there is none yet, a reader finds it empty."""
    file = place or _store_of_user(is_written=is_written)
    try:
        if is_written:
            file.parent.mkdir(parents=True, exist_ok=True)
        opened = sqlite3.connect(file if is_written or file.exists() else _NOWHERE)
        with closing(opened) as store, store:
            store.execute(_MADE)
            yield store
    except (sqlite3.DatabaseError, OSError) as error:
        remedy = "Move the file away to begin a new store, or free the folder."
        raise OutputError(f"{file}: the store cannot be used ({error}). {remedy}") from error
