"""What the Fed holds, by kind of security, each Wednesday.

A row of 2003 was seen; its total leaves the inflation compensation of TIPS out.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.answers import figure, opened, records, word
from selloff.feeds.calendars import weekday_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import adds_up, has, matrix, within
from selloff.feeds.reading import Row, check_equal, day, readings
from selloff.feeds.sources._soma_holdings import LINES, dates

_URL: Final = "https://markets.newyorkfed.org/api/soma/summary.json"
_FIELDS: Final = {
    "bills": "bills",
    "notesbonds": "notes_bonds",
    "tips": "tips",
    "tipsInflationCompensation": "tips_inflation",
    "frn": "frn",
    "mbs": "mbs",
    "cmbs": "cmbs",
    "agencies": "agencies",
    "total": "total",
}
_PARTS: Final = ("bills", "notes_bonds", "tips", "frn", "mbs", "cmbs", "agencies")
_TREASURIES: Final = ("bills", "notes_bonds", "tips", "frn")
_DOLLAR: Final = 0.5


def _parse(content: bytes) -> pd.DataFrame:
    return readings(_rows(content), "USD")


def _rows(content: bytes) -> Iterator[Row]:
    summary = records(opened(content), ("asOfDate", *_FIELDS), "soma", "summary")
    for at, row in enumerate(summary):
        where = f"soma.summary.{at}"
        when = day(word(row["asOfDate"], where), where)
        for field, name in _FIELDS.items():
            yield f"nyfed.soma.{name}", when, figure(row[field], f"{where}.{field}")


def _check(frame: pd.DataFrame) -> None:
    has(frame, *(f"nyfed.soma.{name}" for name in _FIELDS.values()))
    within(frame, 3e11, 3e13, "nyfed.soma.total")
    parts = [f"nyfed.soma.{name}" for name in _PARTS]
    book = matrix(frame)
    adds_up(book, "nyfed.soma.total", parts, slack=_DOLLAR, unit="USD")
    lines = book.filter(like=LINES).sum(axis=1, min_count=1)
    if lines.notna().any():
        treasuries = book[[f"nyfed.soma.{name}" for name in _TREASURIES]].sum(axis=1, min_count=1)
        check_equal(lines, treasuries, "lines = Treasuries held", within=_DOLLAR, unit="USD")


def _documents(_: date) -> tuple[Document, ...]:
    return Document(name="soma_summary.json", url=_URL, parse=_parse), dates()


FEED = Feed(
    id="nyfed_soma",
    title="System Open Market Account holdings",
    publisher="Federal Reserve Bank of New York",
    licence="Free with citation",
    cadence=timedelta(days=7),
    documents=_documents,
    check=_check,
    known=weekday_after(3, "16:30"),
)
