"""Dollars for one unit of a currency, day by day, from the ECB's reference rates of the euro.

The head of the live file was seen.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import has, within
from selloff.feeds.reading import AGAIN, Row, day, number, readings, refuse, text_of
from selloff.feeds.tables import cells_of, named_rows

_URL: Final = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
_FILE: Final = "eurofxref-hist.csv"
_OTHERS: Final = ("JPY", "GBP", "CNY")
_NEEDED: Final = ("Date", "USD", *_OTHERS)
_ABSENT: Final = (KeyError, OSError, ValueError, EOFError)
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, RuntimeError, *_ABSENT)
_MOST_BYTES: Final = 20_000_000
_RANGES: Final = {"EUR": (0.5, 2), "JPY": (0.002, 0.02), "GBP": (0.7, 3), "CNY": (0.05, 0.5)}
_FRANKFURT: Final = "Europe/Berlin"


def _parse(content: bytes) -> pd.DataFrame:
    """Read the file, or the archive that holds it."""
    packed = content.startswith(b"PK")
    rows = named_rows(cells_of(text_of(_unpacked(content) if packed else content)), _NEEDED)
    return readings(_rows(rows), "USD")


def _unpacked(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            info = archive.getinfo(_FILE)
            if info.file_size > _MOST_BYTES:
                raise refuse(_FILE, f"{info.file_size} bytes", f"at most {_MOST_BYTES}")
            return archive.read(info)
    except _BROKEN as error:
        raise refuse("archive", str(error), f"an archive with {_FILE}", AGAIN) from None


def _rows(rows: list[dict[str, str]]) -> Iterator[Row]:
    for row in rows:
        when = day(row["Date"], "Date")
        dollars = number(row["USD"], f"USD {when}")
        yield "ecb.fx.EUR", when, dollars
        for currency in _OTHERS:
            units = number(row[currency], f"{currency} {when}")
            if units <= 0:
                raise refuse(f"{currency} {when}", units, "more than nothing")
            yield f"ecb.fx.{currency}", when, dollars / units


def _check(frame: pd.DataFrame) -> None:
    has(frame, *(f"ecb.fx.{currency}" for currency in _RANGES))
    for currency, (low, high) in _RANGES.items():
        within(frame, low, high, f"ecb.fx.{currency}")


def _documents(_: date) -> tuple[Document, ...]:
    return (Document(name="eurofxref-hist.zip", url=_URL, parse=_parse),)


FEED = Feed(
    id="ecb_fx",
    title="Euro foreign exchange reference rates",
    publisher="European Central Bank",
    licence="Free with citation",
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=days_after(0, "16:00", _FRANKFURT),
)
