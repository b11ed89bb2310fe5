"""Who holds Treasuries, quarter by quarter: table F3.2.s of the Financial Accounts.

Until March 2026 it was L.210. Its sister of transactions, F3.2.t, was seen whole; this in code.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import month_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import adds_up, has, matrix, within
from selloff.feeds.pages import page_of, rows_of, words_of
from selloff.feeds.reading import Row, number, readings, refuse
from selloff.feeds.tables import Table, quarter_end

_URL: Final = "https://www.federalreserve.gov/releases/z1/current/html/F3_2_s.htm"
_TITLES: Final = ("F3.2.s Treasury", "L.210 Treasury")
_CODE: Final = re.compile(r"(?:FL|LM)(\d{9})", re.ASCII)
_QUARTER: Final = re.compile(r"\d{4}[: ]Q[1-4]", re.ASCII)
_LINE: Final = "z1.treasuries."
_TOTAL: Final = f"{_LINE}893061105"
_DEBT: Final = f"{_LINE}313161105"
_DEBT_PARTS: Final = (f"{_LINE}313161110", f"{_LINE}313161275")
SECTORS: Final = {
    "153061105": "households",
    "623061103": "households",
    "103061103": "nonfinancial_business",
    "113061003": "nonfinancial_business",
    "213061103": "state_local_governments",
    "713061103": "fed",
    "763061100": "depository_institutions",
    "753061103": "depository_institutions",
    "743061103": "depository_institutions",
    "473061105": "depository_institutions",
    "513061105": "insurers",
    "543061105": "insurers",
    "573061105": "pensions",
    "343061105": "pensions",
    "223061143": "pensions",
    "633061105": "money_market_funds",
    "653061105": "mutual_funds_etfs",
    "553061103": "mutual_funds_etfs",
    "563061103": "mutual_funds_etfs",
    "403061105": "other_financial",
    "673061103": "other_financial",
    "663061105": "dealers",
    "733061103": "other_financial",
    "503061123": "other_financial",
    "263061105": "rest_of_world",
}
"""Lines that add up to all sectors, and the group of each; other lines split one of these.

Hedge funds at home (623061103) have a line since September 2026; until then households had them.
"""
_ROUNDING: Final = 2.0


def _parse(content: bytes) -> pd.DataFrame:
    """Read the page; what it says of its unit was not seen, so the range of the total tells."""
    page = page_of(content)
    words = words_of(page)
    if not any(title in words for title in _TITLES):
        raise refuse("words of the page", words[:60], " or ".join(_TITLES))
    lines = list(_rows(rows_of(page)))
    return readings([*lines, *_groups(lines)], "USD bn")


def _rows(table: Table) -> Iterator[Row]:
    head = next((row for row in table if sum(map(_is_quarter, row)) > 1), None)
    if head is None:
        raise refuse("header", "no row of quarters", "a row such as 2025 Q1, 2025 Q2")
    columns = [(at, name) for at, name in enumerate(head) if _is_quarter(name)]
    for row in table:
        found = next(filter(None, map(_CODE.fullmatch, row)), None)
        if found is None:
            continue
        code = found[1]
        if len(row) != len(head):
            raise refuse(f"line {code}", f"{len(row)} cells", f"{len(head)} as in the header")
        for at, name in columns:
            yield (
                f"{_LINE}{code}",
                quarter_end(name.replace(":", " "), code),
                number(row[at], code),
            )


def _groups(lines: list[Row]) -> Iterator[Row]:
    """Add up the lines of each group of holders; what is missing the sum of all would miss."""
    sums: dict[tuple[str, date], float] = defaultdict(float)
    for name, when, value in lines:
        group = SECTORS.get(name.removeprefix(_LINE))
        if group and not math.isnan(value):
            sums[f"z1.holders.{group}", when] += value
    for (name, when), value in sums.items():
        yield name, when, value


def _is_quarter(text: str) -> bool:
    return _QUARTER.fullmatch(text) is not None


def _check(frame: pd.DataFrame) -> None:
    has(frame, _TOTAL, _DEBT, *_DEBT_PARTS)
    within(frame, 1e3, 2e5, f"{re.escape(_TOTAL)}|{re.escape(_DEBT)}")
    book = matrix(frame)
    adds_up(book, _DEBT, _DEBT_PARTS, slack=0.25, unit="USD bn")
    adds_up(book, _TOTAL, [_LINE + code for code in SECTORS], slack=_ROUNDING, unit="USD bn")


def _documents(_: date) -> tuple[Document, ...]:
    return (Document(name="z1_F3_2_s.htm", url=_URL, parse=_parse, is_page=True),)


FEED = Feed(
    id="z1_holders",
    title="Financial Accounts of the United States, table F3.2.s",
    publisher="Federal Reserve Board",
    licence="US public domain",
    cadence=timedelta(days=92),
    documents=_documents,
    check=_check,
    known=month_day(12, "12:00", months=3),
)
