"""Japan's interventions in the currency market: day by day each quarter, and monthly totals.

Layout of the CSV seen in code that reads it and in a test file; of the pages in three readers.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import TOKYO, month_business_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import matrix, within
from selloff.feeds.reading import Row, check_equal, number, readings, refuse, text_of
from selloff.feeds.sources._mof_intervention_months import ROOT, SERIES, UNIT, months
from selloff.feeds.tables import (
    cell,
    cells_of,
    era_year,
    last_day,
    made_day,
    month_number,
    row_with,
)

_CURRENCIES: Final = {
    "US dollar": "usd",
    "Japanese yen": "jpy",
    "German mark": "dem",
    "Deutsche mark": "dem",
    "Indonesian rupiah": "idr",
    "euro": "eur",
    "Euro": "eur",
}
_LEG: Final = re.compile(rf"({'|'.join(_CURRENCIES)})\s*\((sold|bought)\)")
_QUARTER: Final = re.compile(r"[A-Z][a-z]+\.?\s*-\s*([A-Z][a-z]+)\.?\s*(\d{4})", re.ASCII)
_EVENTS: Final = timedelta(days=20 * 366)
"""Eleven years went by without one: silence is not staleness."""
_MOST: Final = 400_000.0


def _days(content: bytes) -> pd.DataFrame:
    """Read the operations day by day, and the totals of quarters."""
    table = cells_of(text_of(content, "cp932"))
    head = row_with(table, "Year", "Month", "Day", "金額(amount)", "Currency pairs")
    for at, name in ((3, "Year"), (6, "金額(amount)"), (8, "Currency pairs")):
        if table[head].index(name) != at:
            raise refuse(name, f"column {table[head].index(name) + 1}", f"column {at + 1}")
    return readings(_operations(table[head + 1 :], head + 2), UNIT)


def _operations(table: list[list[str]], first: int) -> Iterator[Row]:
    year: int | None = None
    month: int | None = None
    for line, row in enumerate(table, first):
        where = f"line {line}"
        if not any(row) or row[0].startswith(("(", "（", "※")):
            continue
        label, amount = cell(row, 3, where), number(cell(row, 6, where), f"{where}, amount")
        quarter = _QUARTER.fullmatch(label)
        if quarter:
            end = last_day(int(quarter[2]), month_number(quarter[1], where), where)
            yield f"{SERIES}.quarter", end, amount
            continue
        if label:
            year = _agreed_year(row, where)
        month = month_number(row[4], where) if row[4] else month
        if year is None or month is None or not row[5].isdecimal():
            raise refuse(where, ", ".join(filter(None, row)), "a day, or the total of a quarter")
        yield _pair(cell(row, 8, where), where), made_day(year, month, int(row[5]), where), amount


def _agreed_year(row: list[str], where: str) -> int:
    """Take the year written in two calendars."""
    if not row[3].isdecimal():
        raise refuse(where, row[3], "a year, or the total of a quarter")
    year = era_year(row[0], f"{where}, year")
    if row[3] != str(year):
        raise refuse(f"{where}, year", f"{row[0]} and {row[3]}", "the same year in both calendars")
    return year


def _pair(text: str, where: str) -> str:
    legs = {act: _CURRENCIES[name] for name, act in _LEG.findall(text)}
    if set(legs) != {"sold", "bought"}:
        raise refuse(f"{where}, currency pair", text, "one currency sold and one bought")
    return f"{SERIES}.sell_{legs['sold']}_buy_{legs['bought']}"


def _check(frame: pd.DataFrame) -> None:
    within(frame, 0, _MOST, f"{SERIES}.(sell.*|quarter|window .*)")
    book = matrix(frame)
    if f"{SERIES}.quarter" not in book:
        return
    totals = book[f"{SERIES}.quarter"].dropna()
    days = book.filter(like=".sell_")
    quarters = days.index + pd.offsets.QuarterEnd(0)
    slack = float(days.notna().groupby(quarters).sum().sum(axis=1).max()) / 2 + 0.5
    sums = days.groupby(quarters).sum().sum(axis=1).reindex(totals.index, fill_value=0.0)
    what = "days of a quarter = its total"
    check_equal(sums, totals, what, within=slack, unit=UNIT)


def _documents(_: date) -> tuple[Document, ...]:
    days = Document(
        name="foreign_exchange_intervention_operations.csv",
        url=f"{ROOT}foreign_exchange_intervention_operations.csv",
        parse=_days,
        cadence=_EVENTS,
    )
    return days, months()


def _known(period: date) -> datetime:
    """The days of a quarter come out together, early in the second month after it."""
    ends = (pd.Timestamp(period) + pd.offsets.QuarterEnd(0)).date()
    return month_business_day(6, "08:50", TOKYO, months=2)(ends)


FEED = Feed(
    id="mof_interventions",
    title="Foreign exchange intervention operations",
    publisher="Ministry of Finance, Japan",
    licence="Public Data License 1.0",
    cadence=timedelta(days=92),
    documents=_documents,
    check=_check,
    known=_known,
)
