"""Who holds Treasuries, quarter by quarter: table L.210 of the Financial Accounts.

The page was seen in two layouts, with numbers for its first four lines; sector lines by code.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import month_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import adds_up, has, matrix, within
from selloff.feeds.pages import page_of, rows_of
from selloff.feeds.reading import Row, number, readings, refuse
from selloff.feeds.tables import Table, quarter_end

_URL: Final = "https://www.federalreserve.gov/releases/z1/{}/html/l210.htm"
_TITLE: Final = "L.210 Treasury"
_UNIT: Final = "Billions of dollars; amounts outstanding end of period, not seasonally adjusted"
_CODE: Final = re.compile(r"(?:FL|LM)\d{9}", re.ASCII)
_QUARTER: Final = re.compile(r"\d{4}[: ]Q[1-4]", re.ASCII)
_TOTAL: Final = "z1.l210.FL893061105"
_DEBT: Final = "z1.l210.FL313161105"
_DEBT_PARTS: Final = ("z1.l210.FL313161110", "z1.l210.FL313161275")
SECTORS: Final = (
    "LM153061105",
    "LM103061103",
    "LM113061003",
    "LM213061103",
    "LM713061103",
    "LM763061100",
    "LM753061103",
    "LM743061103",
    "LM473061105",
    "LM513061105",
    "LM543061105",
    "LM573061105",
    "LM343061105",
    "LM223061143",
    "FL633061105",
    "LM653061105",
    "LM553061103",
    "LM563061103",
    "LM403061105",
    "FL673061103",
    "LM663061105",
    "LM733061103",
    "FL503061123",
    "LM263061105",
)
"""Lines that add up to all sectors; the others split one of these."""
_ROUNDING: Final = 2.0


def _parse(content: bytes) -> pd.DataFrame:
    page = page_of(content, _TITLE)
    page_of(content, _UNIT)
    return readings(_rows(rows_of(page)), "USD bn")


def _rows(table: Table) -> Iterator[Row]:
    head = next((row for row in table if sum(map(_is_quarter, row)) > 1), None)
    if head is None:
        raise refuse("header", "no row of quarters", "a row such as 2025 Q1, 2025 Q2")
    columns = [(at, name) for at, name in enumerate(head) if _is_quarter(name)]
    for row in table:
        code = next((cell for cell in row if _CODE.fullmatch(cell)), None)
        if code is None:
            continue
        if len(row) != len(head):
            raise refuse(f"line {code}", f"{len(row)} cells", f"{len(head)} as in the header")
        for at, name in columns:
            yield (
                f"z1.l210.{code}",
                quarter_end(name.replace(":", " "), code),
                number(row[at], code),
            )


def _is_quarter(text: str) -> bool:
    return _QUARTER.fullmatch(text) is not None


def _check(frame: pd.DataFrame) -> None:
    has(frame, _TOTAL, _DEBT, *_DEBT_PARTS)
    within(frame, 1e3, 2e5, f"{re.escape(_TOTAL)}|{re.escape(_DEBT)}")
    book = matrix(frame)
    adds_up(book, _DEBT, _DEBT_PARTS, slack=0.25, unit="USD bn")
    adds_up(book, _TOTAL, [f"z1.l210.{code}" for code in SECTORS], slack=_ROUNDING, unit="USD bn")


def _documents(_: date) -> tuple[Document, ...]:
    return (Document(name="z1_l210.htm", url=_URL.format("current"), parse=_parse),)


FEED = Feed(
    id="z1_holders",
    title="Financial Accounts of the United States, table L.210",
    publisher="Federal Reserve Board",
    licence="US public domain",
    cadence=timedelta(days=92),
    documents=_documents,
    check=_check,
    known=month_day(12, "12:00", months=3),
)
