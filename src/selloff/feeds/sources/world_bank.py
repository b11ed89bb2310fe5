"""Reserves of all countries at the end of each year.

The shape of the answer, a pair of meta and rows, seen in tests that read it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.answers import Record, count, figure, opened, part, records, word
from selloff.feeds.calendars import month_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import has, within
from selloff.feeds.reading import AGAIN, Row, readings, refuse
from selloff.feeds.tables import last_day

_URL: Final = "https://api.worldbank.org/v2/country/all/indicator/FI.RES.TOTL.CD"
_INDICATOR: Final = "FI.RES.TOTL.CD"
_FIELDS: Final = ("indicator", "countryiso3code", "date", "value")
_PAGE_SIZE: Final = 20_000
_MOST_PAGES: Final = 20


def _parse(content: bytes) -> pd.DataFrame:
    answer = opened(content)
    meta, rows = part(answer, 0), records(answer, _FIELDS, 1)
    total, pages = (count(part(meta, name), name) for name in ("total", "pages"))
    if pages == 1 and len(rows) != total:
        raise refuse("content", f"{len(rows)} rows", f"{total}", AGAIN)
    return readings(_rows(rows), "USD")


def _rows(rows: list[Record]) -> Iterator[Row]:
    for at, row in enumerate(rows):
        if part(row, "indicator", "id") != _INDICATOR:
            raise refuse(f"{at}, indicator", part(row, "indicator", "id"), _INDICATOR)
        country, year = (
            word(part(row, "countryiso3code"), f"{at}"),
            word(part(row, "date"), f"{at}"),
        )
        if not country:  # groups of countries without a code
            continue
        if not (year.isascii() and year.isdecimal()):
            raise refuse(f"{at}, date", year, "a year")
        value = figure(part(row, "value"), f"{at}, value")
        yield f"world_bank.reserves.{country.lower()}", last_day(int(year), 12, f"{at}"), value


def _check(frame: pd.DataFrame) -> None:
    has(frame, "world_bank.reserves.jpn")
    within(frame, 0, 1e14)
    within(frame, 1e9, 5e12, "world_bank.reserves.jpn")


def _ask(page: int) -> Document:
    def leads_to(content: bytes) -> tuple[Document, ...]:
        pages = count(part(opened(content), 0, "pages"), "pages")
        if pages > _MOST_PAGES:
            raise refuse("pages", pages, f"at most {_MOST_PAGES}")
        return tuple(_ask(each) for each in range(2, pages + 1)) if page == 1 else ()

    return Document(
        name=f"world_bank_reserves_{page}.json",
        url=f"{_URL}?format=json&per_page={_PAGE_SIZE}&page={page}",
        parse=_parse,
        leads_to=leads_to,
    )


def _documents(_: date) -> tuple[Document, ...]:
    return (_ask(1),)


FEED = Feed(
    id="world_bank",
    title="Total reserves, including gold",
    publisher="World Bank",
    licence="CC BY 4.0",
    cadence=timedelta(days=366),
    documents=_documents,
    check=_check,
    known=month_day(1, "12:00", months=7),
)
