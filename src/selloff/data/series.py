"""One series by name, as it is known or was: packaged rows, and prints of the store."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from selloff.data.calendar import known_on
from selloff.data.observations import kept_series, known
from selloff.data.tables import PACKAGED, WHOLE_NUMBERS, Provenance, Snapshot
from selloff.vocab.errors import InputError, Problem, near_miss, shown

_BESIDE: Final = ("source", "source_file", "window_start")
"""Columns of text that say something of a row and do not tell it from another."""
REVISED: Final = "as revised since"
PRINTED: Final = "as printed then"
READ: Final = "as read on "
"""With the day: a number that was out before the first update that read it."""
_DAY: Final = len("2026-11-27")


@dataclass(frozen=True, eq=False)
class DatedSeries:
    """A series with what it rests on."""

    name: str
    unit: str
    source: str
    licence: str
    rows: pd.DataFrame
    """`period`, `value`, `available_at` and `basis`: as printed then, read later, or revised."""


def series_names(snapshot: Snapshot = PACKAGED) -> dict[str, str]:
    """List every series, packaged and kept, with the table it stands in; none for the store's."""
    packaged = {
        name: row.table
        for row in snapshot.sources()
        for name in _columns(row.table, snapshot)
        if row.table not in _no_series(snapshot)
    }
    return packaged | {name: "" for name in kept_series()["series"] if name not in packaged}


def read_series(name: str, day: date | None = None, snapshot: Snapshot = PACKAGED) -> DatedSeries:
    """Read a series as known on a day: prints of the store first, else rows that were out."""
    names = series_names(snapshot)
    if name not in names:
        raise InputError([_unknown(name, names)])
    prints = _printed(name, day)
    rows, about = prints, None
    if names[name]:
        about = next(row for row in snapshot.sources() if row.table == names[name])
        packaged = _out_by(_packaged(name, about, snapshot), day)
        older = packaged[~packaged["period"].isin(prints["period"])]
        rows = pd.concat([older, prints]) if len(prints) else packaged
    rows = rows.sort_values("period").reset_index(drop=True)
    return DatedSeries(name, *_described(name, about), rows)


def _described(name: str, about: Provenance | None) -> tuple[str, str, str]:
    if about is not None:
        source = ", ".join(filter(None, (about.publisher, about.series_ids)))
        return about.unit, source, about.licence
    kept = kept_series().set_index("series").loc[name]
    return kept["unit"], kept["source"], "that of the source"


def _printed(name: str, day: date | None) -> pd.DataFrame:
    found = known(name, day).dropna(subset="value")
    read_on = found["vintage"].str[:_DAY]
    is_print = found["published"].notna() | (found["available_at"].str[:_DAY] >= read_on)
    basis = (READ + read_on).where(~is_print, PRINTED)
    return found[["period", "value", "available_at"]].assign(basis=basis)


def _packaged(name: str, about: Provenance, snapshot: Snapshot) -> pd.DataFrame:
    frame, column = _columns(about.table, snapshot)[name], name.split(".")[1]
    rows = frame[["date", column]].dropna()
    out = rows["date"].map(known_on(about.table))
    return pd.DataFrame(
        {
            "period": rows["date"],
            "value": rows[column].astype(float),
            "available_at": out.dt.strftime("%Y-%m-%d"),
            "basis": REVISED,
        }
    )


def _out_by(rows: pd.DataFrame, day: date | None) -> pd.DataFrame:
    return rows if day is None else rows[rows["available_at"] <= day.isoformat()]


@cache
def _columns(table: str, snapshot: Snapshot) -> dict[str, pd.DataFrame]:
    """Name the series of a table: `table.column`, and the keys of a long one after it."""
    frame = snapshot.read(table)
    numbers = [c for c in frame.select_dtypes("number") if c not in WHOLE_NUMBERS]
    if not (keys := _keys(frame)):
        return {f"{table}.{column}": frame for column in numbers}
    return {
        ".".join([table, column, *_words(keys, key)]): part
        for key, part in frame.groupby(keys)
        for column in numbers
    }


def _words(keys: list[str], values: tuple[object, ...]) -> list[str]:
    """Write what names a row; of a flag its name, where it is raised."""
    told = [pair for pair in zip(keys, values, strict=True) if pair[1]]
    return [
        key.removeprefix("is_") if isinstance(value, bool | np.bool_) else str(value)
        for key, value in told
    ]


def _keys(frame: pd.DataFrame) -> list[str]:
    text = frame.select_dtypes(exclude=["number", "datetime"])
    return [column for column in text if column not in _BESIDE]


@cache
def _no_series(snapshot: Snapshot) -> frozenset[str]:
    """Tables of one date, or with several rows of one day and key."""
    return frozenset(
        row.table
        for row in snapshot.sources()
        if row.frequency == "one date"
        or snapshot.read(row.table).duplicated(["date", *_keys(snapshot.read(row.table))]).any()
    )


def _unknown(name: str, names: dict[str, str]) -> Problem:
    tables = sorted(set(filter(None, names.values())))
    inside = [each for each, table in names.items() if table and table == name.split(".")[0]]
    allowed = ", ".join(inside[:6]) if inside else "table.column of a snapshot, or a kept series"
    hint = near_miss(name, inside or [*tables, *names])
    remedy = f"{hint} `selloff data` lists them."
    return Problem(where="series", given=shown(name), allowed=allowed, remedy=remedy)
