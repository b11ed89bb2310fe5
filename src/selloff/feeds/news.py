"""What a source tells that was not known: new periods, revisions, and units that cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from selloff import data
from selloff.data import Snapshot
from selloff.feeds.cells import cells_of
from selloff.feeds.columns import place_of
from selloff.feeds.harvesting import Harvest
from selloff.feeds.reading import refuse

_TIMES: Final = 5.0
"""How far off what was kept a whole column may not be: another unit is a thousand times off."""
_UNIT: Final = "Is it millions for billions? Report it; what was kept stays."


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A number that is told otherwise than before."""

    series: str
    period: date
    before: float
    after: float
    relative: float
    """Against the usual size of the series."""


@dataclass(frozen=True, kw_only=True, eq=False)
class News:
    """A source beside what was known."""

    harvest: Harvest
    cells: dict[str, pd.DataFrame]
    """For the tables of the snapshot, by table."""
    told: pd.DataFrame
    """All numbers by their names in the store, with `before`."""
    is_mapped: bool
    """Whether anything new stands in a table."""
    n_new: int
    n_revised: int
    largest: Revision | None
    first_new: date | None
    last_new: date | None


def compare(harvest: Harvest, snapshot: Snapshot) -> News:
    """Lay a source beside the snapshot, or beside the store where it feeds no table."""
    cells = cells_of(harvest.readings, snapshot)
    told = _told(harvest.readings, cells)
    _check_units(told, harvest.feed.id)
    is_new = told["value"].notna() & told["before"].isna()
    is_revised = told["before"].notna() & (told["value"] != told["before"])
    days = told.loc[is_new, "period"]
    return News(
        harvest=harvest,
        cells=cells,
        told=told,
        is_mapped=bool(told.loc[is_new | is_revised, "is_mapped"].any()),
        n_new=int(is_new.sum()),
        n_revised=int(is_revised.sum()),
        largest=_largest(told[is_revised], told),
        first_new=days.min().date() if len(days) else None,
        last_new=days.max().date() if len(days) else None,
    )


def observations(news: News, vintage: str) -> pd.DataFrame:
    """Write what a source told as the store keeps it."""
    dated = news.told.assign(vintage=vintage, source=news.harvest.feed.publisher)
    return dated[list(data.OBSERVED)]


def _told(readings: pd.DataFrame, cells: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put together cells of tables, and the numbers that stand in none beside the store."""
    other = readings[[place_of(str(name)) is None for name in readings["series"]]]
    beside = data.beside_kept(other.assign(column=other["series"], kind="flow", is_mapped=False))
    mapped = [
        part.assign(
            series=part["name"],
            period=part["date"],
            column=f"{table}." + part["column"],
            is_mapped=True,
        )
        for table, part in cells.items()
    ]
    return pd.concat([each for each in (beside, *mapped) if len(each)], ignore_index=True)


def _check_units(told: pd.DataFrame, source: str) -> None:
    """Refuse a column that as a whole is many times what was kept of it."""
    known = told[(told["before"].abs() > 0) & (told["value"].abs() > 0)]
    same = known.assign(times=(known["value"] / known["before"]).abs())
    for ratios in (same, _steps(told)):
        middle = ratios.groupby("column")["times"].median()
        for column, times in middle[(middle > _TIMES) | (middle < 1.0 / _TIMES)].items():
            given = f"{times:.3g} times what was kept"
            raise refuse(f"{source}: {column}", given, f"within {_TIMES:g} times of it", _UNIT)


def _steps(told: pd.DataFrame) -> pd.DataFrame:
    """The first new level of each series over the last that was kept."""
    levels = told[(told["kind"] == "level") & (told["value"] > 0)].sort_values("period")
    kept = levels[levels["before"] > 0].drop_duplicates("series", keep="last")
    new = levels[levels["before"].isna()]
    both = new.merge(kept[["series", "period", "before"]], on="series", suffixes=("", "_of_kept"))
    after = both[both["period"] > both["period_of_kept"]].drop_duplicates("series")
    return after.assign(times=after["value"] / after["before_of_kept"])


def _largest(revised: pd.DataFrame, told: pd.DataFrame) -> Revision | None:
    if revised.empty:
        return None
    usual = told["before"].abs().groupby(told["series"]).median()
    change = (revised["value"] - revised["before"]).abs().fillna(revised["before"].abs())
    relative = change / revised["series"].map(usual).where(lambda size: size > 0)
    row = revised.loc[relative.fillna(0.0).idxmax()]
    return Revision(
        series=row["series"],
        period=row["period"].date(),
        before=row["before"],
        after=row["value"],
        relative=float(relative.max()),
    )
