"""Yields of British government bonds at 5, 10 and 20 years, day by day; there is no 30.

Layout seen in a test file; the host answers a plain User-Agent with a page.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import business_days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import within
from selloff.feeds.reading import Row, number, readings, refuse, text_of
from selloff.feeds.tables import cells_of, named_rows, written_day

_URL: Final = "https://www.bankofengland.co.uk/boeapps/iadb/fromshowcolumns.asp"
_CODES: Final = {"IUDSNPY": "5Y", "IUDMNPY": "10Y", "IUDLNPY": "20Y"}
_BROWSER: Final = {"User-Agent": "Mozilla/5.0 (compatible; selloff)"}
_LONDON: Final = "Europe/London"


def _parse(content: bytes) -> pd.DataFrame:
    rows = named_rows(cells_of(text_of(content)), ("DATE",))
    return readings(_rows(rows), "percent")


def _rows(rows: list[dict[str, str]]) -> Iterator[Row]:
    for row in rows:
        when = written_day(row["DATE"], "%d %b %Y", "DATE")
        ours = [code for code in _CODES if code in row]
        if not ours:
            raise refuse("header", ", ".join(row), f"one of {', '.join(_CODES)}")
        for code in ours:
            yield f"boe.gilt.{_CODES[code]}", when, number(row[code], f"{code} {when}")


def _check(frame: pd.DataFrame) -> None:
    within(frame, -2, 20)


def _documents(_: date) -> tuple[Document, ...]:
    asked = f"csv.x=yes&SeriesCodes={','.join(_CODES)}&CSVF=TN&UsingCodes=Y"
    url = f"{_URL}?{asked}&Datefrom=01/Jan/2000&Dateto=now"
    return (Document(name="boe_gilts.csv", url=url, parse=_parse, headers=_BROWSER),)


FEED = Feed(
    id="boe_gilts",
    title="Nominal par yields of gilts",
    publisher="Bank of England",
    licence="Open Government Licence style terms",
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=business_days_after(1, "12:00", _LONDON),
)
