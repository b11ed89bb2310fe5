"""From readings to cells of the snapshot's tables: a table of maps, and no code a table."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import pandas as pd

from selloff.data import Snapshot

LABEL: Final = "source_file"
"""A column that tells which file a row is from; it is no part of what the row is about."""
_BESIDE: Final = (LABEL, "source", "window_start")
"""Text that is no part of the name of a series."""
_ANY: Final = "*"
_WEEKDAYS: Final = 5
_DIGITS: Final = ".12g"
"""As many as tables are written with."""


@dataclass(frozen=True, kw_only=True)
class TablePlace:
    """Where the numbers of a series stand in the snapshot."""

    table: str
    column: str
    keys: tuple[tuple[str, str], ...]
    """Text columns of its rows and what they say, such as country and Japan."""
    factor: float
    power: float
    """A cell is factor times the number to this power: -1 turns a rate around."""
    kind: str
    """`level`, `flow` or `rate`."""
    unit: str
    only: str
    """`weekdays` leaves weekends out; `own` leaves rows alone that another file wrote;
    `month_start` is for a table that dates a month by its first day."""


def place_of(series: str) -> TablePlace | None:
    """Find where a series stands: by its name, or by the first row that begins like it.

    A row without a table says that the series stands in none.
    """
    exact, open_ended = _rows()
    if series in exact:
        return _place(exact[series], "")
    for begin, row in open_ended:
        if series.startswith(begin):
            return _place(row, series.removeprefix(begin))
    return None


@cache
def _rows() -> tuple[dict[str, dict[str, str]], list[tuple[str, dict[str, str]]]]:
    text = files("selloff.feeds").joinpath("columns.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    exact = {row["series"]: row for row in rows if not row["series"].endswith(_ANY)}
    open_ended = [(row["series"].removesuffix(_ANY), row) for row in rows if _ANY in row["series"]]
    return exact, open_ended


def _place(row: dict[str, str], rest: str) -> TablePlace | None:
    if not row["table"]:
        return None
    pairs = (each.split("=") for each in row["keys"].split("|") if each)
    return TablePlace(
        table=row["table"],
        column=row["column"],
        keys=tuple((name, value.replace(_ANY, rest)) for name, value in pairs),
        factor=float(row["factor"] or 1.0),
        power=float(row["power"] or 1.0),
        kind=row["kind"],
        unit=row["unit"],
        only=row["only"],
    )


def keys_of(table: pd.DataFrame) -> list[str]:
    """List what names a row of a table, beside its date."""
    numbers = table.select_dtypes("number").columns
    return [name for name in table.columns if name not in ("date", LABEL, *numbers)]


def name_of(place: TablePlace) -> str:
    """Name a series of the snapshot, such as `tic_table3_monthly.holdings_usd_bn.Japan.total`."""
    texts = [text for name, text in place.keys if name not in _BESIDE]
    return ".".join((place.table, place.column, *texts))


def cells_of(readings: pd.DataFrame, snapshot: Snapshot) -> dict[str, pd.DataFrame]:
    """Turn readings into cells, a frame for each table: date, keys, column, value, before."""
    found: dict[str, list[dict[str, object]]] = {}
    for series in readings["series"].unique():
        place = place_of(series)
        if place:
            found.setdefault(place.table, []).append({"of": series, **_described(place)})
    told = readings.rename(columns={"series": "of", "unit": "unit_told"})
    return {
        table: _beside(_cells(told.merge(pd.DataFrame(places), on="of")), snapshot.read(table))
        for table, places in found.items()
    }


def _described(place: TablePlace) -> dict[str, object]:
    return {
        "name": name_of(place),
        "column": place.column,
        "unit": place.unit,
        "kind": place.kind,
        "only": place.only,
        "factor": place.factor,
        "power": place.power,
        **dict(place.keys),
    }


def _cells(told: pd.DataFrame) -> pd.DataFrame:
    is_weekend = told["period"].dt.day_of_week >= _WEEKDAYS
    told = told[~(is_weekend & (told["only"] == "weekdays"))]
    value = (told["factor"] * told["value"] ** told["power"]).map(_as_written)
    starts = told["period"].dt.to_period("M").dt.start_time.astype(told["period"].dtype)
    date = told["period"].where(told["only"] != "month_start", starts)
    return told.assign(date=date, value=value)


def _as_written(value: float) -> float:
    """Round a number as it will be read back; otherwise noise of the factor is a revision."""
    return float(f"{value:{_DIGITS}}")


def _beside(cells: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Put beside each cell what the table says so far; what is not for the table goes."""
    keys = keys_of(base)
    cells = cells[cells["date"] >= base["date"].min()]
    before = in_long_form(base).rename(columns={"value": "before"})
    both = cells.merge(before, on=["date", *keys, "column"], how="left")
    if LABEL not in base:
        return both
    labels = base[["date", *keys, LABEL]].rename(columns={LABEL: "written_by"})
    both = both.merge(labels, on=["date", *keys], how="left")
    is_other = both["written_by"].notna() & (both["written_by"] != both[LABEL])
    return both[~((both["only"] == "own") & is_other)]


def in_long_form(table: pd.DataFrame) -> pd.DataFrame:
    """Write a table as one row a number."""
    numbers = list(table.select_dtypes("number").columns)
    keys = ["date", *keys_of(table)]
    return table.melt(keys, numbers, "column", "value").dropna(subset="value")


def with_cells(base: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Write cells into a table; a cell that says that there is no number empties it.

    A row of the table stays, though it may be empty.
    """
    keys = ["date", *keys_of(base)]
    both = pd.concat([in_long_form(base), cells[[*keys, "column", "value"]]])
    whole = both.drop_duplicates([*keys, "column"], keep="last").dropna(subset="value")
    numbers = whole.pivot(index=keys, columns="column", values="value").reset_index()
    rows = pd.concat([base[keys], numbers[keys]]).drop_duplicates()
    wide = rows.merge(numbers, on=keys, how="left")
    if LABEL in base:
        names = pd.concat([base[[*keys, LABEL]], cells[[*keys, LABEL]]])
        wide = wide.merge(names.drop_duplicates(keys, keep="last"), on=keys, how="left")
    texts = [name for name in base.columns if name in {*keys, LABEL} - {"date"}]
    wide = wide.sort_values(["date", *texts], kind="stable", ignore_index=True)
    return wide.reindex(columns=list(base.columns))


def written(table: pd.DataFrame) -> bytes:
    """Write a table as bytes that depend on nothing but its values."""
    dated = table.assign(date=table["date"].dt.strftime("%Y-%m-%d"))
    text: str = dated.to_csv(index=False, lineterminator="\n", float_format=f"%{_DIGITS}")
    return text.encode()
