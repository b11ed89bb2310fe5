"""Who holds Treasuries, quarter by quarter: table L.210 of the Financial Accounts.

The page was seen in two layouts, with numbers for its first four lines; sector lines by code.
"""

import re
from collections import defaultdict
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
SECTORS: Final = {
    "LM153061105": "households",
    "LM103061103": "nonfinancial_business",
    "LM113061003": "nonfinancial_business",
    "LM213061103": "state_local_governments",
    "LM713061103": "fed",
    "LM763061100": "depository_institutions",
    "LM753061103": "depository_institutions",
    "LM743061103": "depository_institutions",
    "LM473061105": "depository_institutions",
    "LM513061105": "insurers",
    "LM543061105": "insurers",
    "LM573061105": "pensions",
    "LM343061105": "pensions",
    "LM223061143": "pensions",
    "FL633061105": "money_market_funds",
    "LM653061105": "mutual_funds_etfs",
    "LM553061103": "mutual_funds_etfs",
    "LM563061103": "mutual_funds_etfs",
    "LM403061105": "other_financial",
    "FL673061103": "other_financial",
    "LM663061105": "dealers",
    "LM733061103": "other_financial",
    "FL503061123": "other_financial",
    "LM263061105": "rest_of_world",
}
"""Lines that add up to all sectors, and the group of each; other lines split one of these."""
_ROUNDING: Final = 2.0


def _parse(content: bytes) -> pd.DataFrame:
    page = page_of(content, _TITLE, _UNIT)
    lines = list(_rows(rows_of(page)))
    return readings([*lines, *_groups(lines)], "USD bn")


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


def _groups(lines: list[Row]) -> Iterator[Row]:
    """Add up the lines of each group of holders."""
    sums: dict[tuple[str, date], float] = defaultdict(float)
    for name, when, value in lines:
        group = SECTORS.get(name.removeprefix("z1.l210."))
        if group:
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
    adds_up(book, _TOTAL, [f"z1.l210.{code}" for code in SECTORS], slack=_ROUNDING, unit="USD bn")


def _documents(_: date) -> tuple[Document, ...]:
    return (Document(name="z1_l210.htm", url=_URL.format("current"), parse=_parse, is_page=True),)


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
