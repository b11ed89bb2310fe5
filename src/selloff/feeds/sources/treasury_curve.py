"""The Treasury's par yield curve, day by day; columns are found by name.

Header seen in many readers of the live file, with the column for 1.5 months put in during 2025.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import has, within
from selloff.feeds.reading import Row, number, readings, text_of
from selloff.feeds.tables import cells_of, named_rows, recent, written_day

_ROOT: Final = (
    "https://home.treasury.gov/resource-center/data-chart-center/interest-rates/"
    "daily-treasury-rates.csv"
)
_NEEDED: Final = {
    "1 Mo": "1M",
    "3 Mo": "3M",
    "6 Mo": "6M",
    "1 Yr": "1Y",
    "2 Yr": "2Y",
    "3 Yr": "3Y",
    "5 Yr": "5Y",
    "7 Yr": "7Y",
    "10 Yr": "10Y",
    "20 Yr": "20Y",
    "30 Yr": "30Y",
}
_OTHERS: Final = {"1.5 Month": "1_5M", "2 Mo": "2M", "4 Mo": "4M"}
_YEARS: Final = recent(2)
_PAST: Final = timedelta(days=366)
"""The file of last year has ended."""


def _parse(content: bytes) -> pd.DataFrame:
    rows = named_rows(cells_of(text_of(content)), ("Date", *_NEEDED))
    return readings(_rows(rows), "percent")


def _rows(rows: list[dict[str, str]]) -> Iterator[Row]:
    for row in rows:
        where = f"day {row['Date']}"
        day = written_day(row["Date"], "%m/%d/%Y", where)
        for column, tenor in (_NEEDED | _OTHERS).items():
            if column in row:
                yield f"treasury.par.{tenor}", day, number(row[column], f"{where}, {column}")


def _check(frame: pd.DataFrame) -> None:
    has(frame, *(f"treasury.par.{tenor}" for tenor in _NEEDED.values()))
    within(frame, -2, 20)


def _documents(today: date) -> tuple[Document, ...]:
    return tuple(
        Document(
            name=f"daily_treasury_rates_{year}.csv",
            url=f"{_ROOT}/{year}/all?type=daily_treasury_yield_curve"
            f"&field_tdr_date_value={year}&page&_format=csv",
            parse=_parse,
            cadence=None if year == today.year else _PAST,
        )
        for year in _YEARS(today)
    )


FEED = Feed(
    id="treasury_curve",
    title="Daily Treasury Par Yield Curve Rates",
    publisher="US Treasury",
    licence="US public domain",
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=days_after(0, "18:00"),
)
