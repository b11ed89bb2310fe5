"""From readings to cells of the snapshot's tables, and back into tables."""

from typing import Final

import pandas as pd

from selloff.data import Snapshot
from selloff.feeds.columns import LABEL, TablePlace, name_of, place_of

_WEEKDAYS: Final = 5
_DIGITS: Final = ".12g"
"""As many as tables are written with."""


def keys_of(table: pd.DataFrame) -> list[str]:
    """List what names a row of a table, beside its date."""
    numbers = table.select_dtypes("number").columns
    return [name for name in table.columns if name not in ("date", LABEL, *numbers)]


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
