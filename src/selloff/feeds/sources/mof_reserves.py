"""Japan's official reserves by month: securities, deposits, gold.

Header and rows of 2000 and 2026 seen in a stored copy of the live file.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import TOKYO, month_business_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import adds_up, has, matrix, unbroken_months, within
from selloff.feeds.reading import Row, number, readings, refuse, text_of
from selloff.feeds.tables import (
    Table,
    cell,
    cells_of,
    era_year,
    last_day,
    month_number,
    plain,
    row_with,
)

_URL: Final = (
    "https://www.mof.go.jp/policy/international_policy/reference/"
    "official_reserve_assets/historical.csv"
)
_TITLE: Final = "International Reserves/Foreign Currency Liquidity"
_UNIT: Final = "(US$ millions)"
_DEPOSITS: Final = ("deposits_central_banks", "deposits_banks_japan", "deposits_banks_abroad")
_PARTS: Final = ("foreign_currency", "imf_position", "sdr", "gold", "other")
_COLUMNS: Final = {
    "total": "A. Official reserve assets",
    "foreign_currency": "(1) Foreign currency reserves",
    "securities": "(a) Securities",
    "deposits": "(b) Deposits with",
    "deposits_central_banks": "(i) Foreign central banks and BIS",
    "deposits_banks_japan": "(ii) Banks headquartered in Japan",
    "deposits_banks_abroad": "(iii) Banks headquartered outside Japan",
    "imf_position": "(2) IMF reserve position",
    "sdr": "(3) SDRs",
    "gold": "(4) Gold",
    "gold_ounces": "(volume [in million fine troy ounces])",
    "other": "(5) other reserve assets",
}
_ROUNDING: Final = 3.0


def _parse(content: bytes) -> pd.DataFrame:
    table = cells_of(plain(text_of(content, "cp932")))
    row_with(table, _TITLE)
    row_with(table, _UNIT)
    columns = {name: _column(table, label) for name, label in _COLUMNS.items()}
    ounces = columns.pop("gold_ounces")
    months = list(_months(table))
    money = readings(_rows(months, columns), "USD mn")
    gold = readings(_rows(months, {"gold_ounces": ounces}), "mn troy ounces")
    return pd.concat([money, gold], ignore_index=True)


def _column(table: Table, label: str) -> int:
    """Find the one column under a label."""
    places = {at for row in table for at, word in enumerate(row) if word == label}
    if len(places) != 1:
        raise refuse("header", f"{len(places)} such columns", label)
    return places.pop()


def _months(table: Table) -> Iterator[tuple[int, date, list[str]]]:
    """Give the rows of months; the year stands in the first and in each January."""
    year: int | None = None
    for line, row in enumerate(table, 1):
        where = f"line {line}"
        if len(row) < 4 or not row[1].endswith("月") or not row[1][:-1].isdecimal():
            continue
        month = int(row[1][:-1])
        if month_number(row[3], where) != month:
            raise refuse(f"{where}, month", f"{row[1]} and {row[3]}", "the same month twice")
        if row[0]:
            year = era_year(row[0], where)
        elif month == 1:
            raise refuse(f"{where}, year", "nothing", "the year beside January")
        if row[2] and str(year) != row[2]:
            raise refuse(f"{where}, year", f"{row[0]} and {row[2]}", "the same year twice")
        if year is None:
            raise refuse(f"{where}, year", "nothing", "the year beside the first month")
        yield line, last_day(year, month, where), row


def _rows(months: list[tuple[int, date, list[str]]], columns: dict[str, int]) -> Iterator[Row]:
    for line, end, row in months:
        for name, at in columns.items():
            text = cell(row, at, f"line {line}")
            yield f"mof.reserves.{name}", end, number(text, f"line {line}, {name}")


def _check(frame: pd.DataFrame) -> None:
    at = "mof.reserves."
    has(frame, *(at + name for name in _COLUMNS))
    within(frame, 1e5, 5e6, f"{at}(total|securities|foreign_currency)")
    unbroken_months(frame["period"], "months")
    book = matrix(frame)
    money = [f"{at}securities", f"{at}deposits"]
    adds_up(book, f"{at}foreign_currency", money, slack=_ROUNDING, unit="USD mn")
    adds_up(
        book, f"{at}deposits", [at + each for each in _DEPOSITS], slack=_ROUNDING, unit="USD mn"
    )
    adds_up(book, f"{at}total", [at + each for each in _PARTS], slack=_ROUNDING, unit="USD mn")


def _documents(_: date) -> tuple[Document, ...]:
    return (Document(name="historical.csv", url=_URL, parse=_parse),)


FEED = Feed(
    id="mof_reserves",
    title="International reserves and foreign currency liquidity",
    publisher="Ministry of Finance, Japan",
    licence="Public Data License 1.0",
    cadence=timedelta(days=31),
    documents=_documents,
    check=_check,
    known=month_business_day(7, "08:50", TOKYO),
)
