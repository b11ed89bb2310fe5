"""The yearly survey of foreign holdings: long-term debt by country and kind.

The words of the live page were seen down to China; whether it is a table or plain text was not.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import month_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.fiscaldata import slug
from selloff.feeds.identities import at_most, matrix, within
from selloff.feeds.pages import lines_of_page, page_of, words_of
from selloff.feeds.reading import Row, number, readings, refuse
from selloff.feeds.tables import published_on, written_day

_URL: Final = "https://ticdata.treasury.gov/Publish/shlptab2.html"
_TITLE: Final = "Foreign Portfolio Holdings of U.S. Long-Term Debt Securities"
_UNIT: Final = "Millions of U.S. dollars"
_HEADER: Final = (
    "Countries and Regions Total Treasury Agency Agency Corp. Corp. ABS Non-ABS ABS Non-ABS"
)
_COLUMNS: Final = ("total", "treasury", "agency_abs", "agency", "corporate_abs", "corporate")
_AS_OF: Final = re.compile(r"as of ([A-Z][a-z]+ \d{1,2}, \d{4})", re.ASCII)
_OUT: Final = re.compile(r"preliminary data, ([A-Z][a-z]+ \d{1,2}, \d{4})", re.ASCII)
_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})*|\*|n\.a\.)"
_LINE: Final = re.compile(rf"(\D[^*]*?)((?: {_NUMBER}){{{len(_COLUMNS)}}})", re.ASCII)
_FOOTNOTE: Final = re.compile(r"\s*\(\d+\)$", re.ASCII)
_SLACK: Final = 6.0


def _parse(content: bytes) -> pd.DataFrame:
    page = page_of(content, _TITLE, _UNIT, _HEADER, encodings=("utf-8", "cp1252"))
    words = words_of(page)
    as_of, out = _AS_OF.search(words), _OUT.search(words)
    if as_of is None:
        raise refuse("title", words[:60], "as of June 30, 2025")
    when = written_day(as_of[1], "%B %d, %Y", "title")
    frame = readings(_rows(lines_of_page(page), when), "USD mn")
    return published_on(frame, {when: written_day(out[1], "%B %d, %Y", "title")}) if out else frame


def _rows(lines: list[str], when: date) -> Iterator[Row]:
    for line in lines:
        found = _LINE.fullmatch(line)
        if found:
            country = slug(_FOOTNOTE.sub("", found[1]))
            for name, text in zip(_COLUMNS, found[2].split(), strict=True):
                yield f"shl.{country}.{name}", when, number(text, f"{country}, {name}")


def _check(frame: pd.DataFrame) -> None:
    """Hold that the kinds add up to no more than the total; '*' hides some of them."""
    within(frame, 0, 2e7)
    book = matrix(frame)
    for total in book.filter(regex=r"\.total$"):
        country = total.removesuffix(".total")
        parts = book[[f"{country}.{name}" for name in _COLUMNS[1:]]].sum(axis=1)
        at_most(parts, book[total], f"{country}, kinds", slack=_SLACK)


def _documents(_: date) -> tuple[Document, ...]:
    return (Document(name="shlptab2.html", url=_URL, parse=_parse, is_page=True),)


FEED = Feed(
    id="shl",
    title="Survey of foreign portfolio holdings, table 2",
    publisher="US Treasury, TIC",
    licence="US public domain",
    cadence=timedelta(days=366),
    documents=_documents,
    check=_check,
    known=month_day(28, "16:00", months=8),
)
