"""FRED of the St. Louis Fed: one file a series, of what others publish."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise
from typing import Final

import pandas as pd

from selloff.feeds import calendars
from selloff.feeds.contract import Document, Feed, Known
from selloff.feeds.identities import matrix
from selloff.feeds.reading import (
    AGAIN,
    Row,
    check_equal,
    day,
    end_of_month,
    lines_of,
    number,
    readings,
    refuse,
    text_of,
)
from selloff.vocab.rows import rows_of

_URL: Final = "https://fred.stlouisfed.org/graph/fredgraph.csv?id="
_HEADERS: Final = ("observation_date", "DATE")
"""The header of today, and the one until 2024."""
_WEEK: Final = timedelta(days=7)
_DAYS: Final = timedelta(days=5)
"""Of a number a day: weekends and holidays come between."""
_MONTH: Final = timedelta(days=31)
_QUARTER: Final = timedelta(days=92)
_RELEASES: Final[dict[str, tuple[Known, timedelta]]] = {
    "h41": (calendars.weekday_after(3, "16:30"), _WEEK),
    "h15": (calendars.business_days_after(1, "16:15"), _DAYS),
    "h10": (calendars.weekday_after(0, "16:15"), _WEEK),
    "slt": (calendars.month_day(20, "16:00", months=2), _MONTH),
    "ny_fed": (calendars.business_days_after(1, "09:00"), _DAYS),
    "board": (calendars.days_after(0, "16:30"), _DAYS),
    "bea_month": (calendars.days_after(31, "08:30"), _MONTH),
    "bea_quarter": (calendars.days_after(60, "08:30"), _QUARTER),
    "treasury_quarter": (calendars.days_after(75, "16:00"), _QUARTER),
}
"""When the public can know a number, and the time to the next one."""
_BUCKETS: Final = ("TREAS15", "TREAS1590", "TREAS911Y", "TREAS1T5", "TREAS5T10", "TREAS10Y")
_FLOWS: Final = ("42609", "99996")
_MONTHS_OF_QUARTER: Final = 3
_ROUNDING: Final = 3.0
"""Half a million for each part [USD mn]."""


@cache
def _series() -> tuple[dict[str, str], ...]:
    return tuple(rows_of("feeds.sources", "_fred"))


def fred_feed(feed: str, *, title: str, publisher: str) -> Feed:
    """Make the source of the series that FRED passes on from one publisher.

    Each is a source by itself: where FRED drops a series, the other publishers still pass.
    """
    rows = [row for row in _series() if row["feed"] == feed]
    known, cadence = _RELEASES[rows[0]["release"]]
    return Feed(
        id=feed,
        title=title,
        publisher=f"{publisher}, from FRED",
        licence="US public domain",
        cadence=cadence,
        documents=lambda _: tuple(map(_document, rows)),
        check=check,
        known=known,
    )


def _document(row: dict[str, str]) -> Document:
    known, cadence = _RELEASES[row["release"]]
    return Document(
        name=f"{row['id']}.csv",
        url=f"{_URL}{row['id']}",
        parse=partial(parse_series, row=row),
        cadence=cadence,
        known=known,
    )


def parse_series(content: bytes, row: dict[str, str]) -> pd.DataFrame:
    """Read one series; dates of months and quarters become the last day of the period."""
    text = text_of(content)
    head, *lines = lines_of(text)
    if head not in [f"{word},{row['id']}" for word in _HEADERS]:
        raise refuse("header", head, f"'{_HEADERS[0]},{row['id']}'")
    if lines[-1:] != [""]:
        raise refuse("content", "an end in mid-line", "a whole last line", AGAIN)
    first = date.fromisoformat(row["first"]) if row["first"] else date.min
    end = _ENDS[row["frequency"]]
    found = [_row(line, row["id"], place) for place, line in enumerate(lines[:-1], 2)]
    _check_order(found)
    kept = [(name, end(begin), value) for name, begin, value in found if begin >= first]
    return readings(kept, row["unit"])


def _row(line: str, name: str, place: int) -> Row:
    cells = line.split(",")
    if len(cells) != 2:
        raise refuse(f"line {place}", line, "a date and a number")
    return name, day(cells[0], f"line {place}"), number(cells[1], f"line {place}")


def _check_order(rows: list[Row]) -> None:
    for (_, before, _), (_, after, _) in pairwise(rows):
        if after <= before:
            raise refuse("dates", f"{after} after {before}", "each later than the one before")


def _first_of_month(begin: date) -> date:
    if begin.day != 1:
        raise refuse("dates", f"{begin}", "the first day of a month")
    return end_of_month(begin)


def _first_of_quarter(begin: date) -> date:
    if begin.day != 1 or begin.month % _MONTHS_OF_QUARTER != 1:
        raise refuse("dates", f"{begin}", "the first day of a quarter")
    return end_of_month(begin.replace(month=begin.month + _MONTHS_OF_QUARTER - 1))


def _the_day_itself(begin: date) -> date:
    return begin


_ENDS: Final[dict[str, Callable[[date], date]]] = {
    "daily": _the_day_itself,
    "weekly": _the_day_itself,
    "monthly": _first_of_month,
    "quarterly": _first_of_quarter,
}


def check(found: pd.DataFrame) -> None:
    """Hold sums that the publishers make: the Fed's maturities, and flows long and short."""
    wide = matrix(found)
    sums = {"TREAST": _BUCKETS} | {
        f"FORTREASNET{code}": (f"FORLTTREASNET{code}", f"FORSTTREASNET{code}") for code in _FLOWS
    }
    for whole, parts in sums.items():
        if {whole, *parts} <= set(wide.columns):
            total = wide[[*parts]].sum(axis=1, skipna=False)
            what = f"{whole} and its parts"
            check_equal(total, wide[whole], what, within=_ROUNDING, unit="USD mn")
