"""Monthly Statement of the Public Debt: what is outstanding by class, and by line of the book.

Table 1 and its units seen in a stored answer; Table 3 in code that reads it.
"""

import math
from collections import defaultdict
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.answers import Record, figure, word
from selloff.feeds.calendars import month_business_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.fiscaldata import LICENCE, MILLIONS, PUBLISHER, Endpoint, numbers, rows_of, slug
from selloff.feeds.identities import adds_up, has, matrix, within
from selloff.feeds.reading import Row, check_equal, day, readings, refuse

_FIELDS_1: Final = ("record_date", "security_type_desc", "security_class_desc", "total_mil_amt")
_FIELDS_3: Final = (
    "record_date",
    "security_class1_desc",
    "security_class2_desc",
    "maturity_date",
    "outstanding_amt",
)
_TOTALS: Final = {
    "Total Marketable": "treasury.mspd.marketable",
    "Total Nonmarketable": "treasury.mspd.nonmarketable",
    "Total Public Debt Outstanding": "treasury.mspd.total",
}
_CLASSES: Final = {
    "Bills": "bills",
    "Bills Maturity Value": "bills",
    "Notes": "notes",
    "Bonds": "bonds",
    "Treasury Inflation-Protected Securities": "tips",
    "Inflation-Protected Securities": "tips",
    "Floating Rate Notes": "frn",
    "Federal Financing Bank": "ffb",
}
_LINES: Final = ("bills", "notes", "bonds", "tips", "frn")
_ROUNDING: Final = 0.01
_ONE: Final = 1.001
"""The published total of 2006-01 is one million off."""
_TABLES_AGREE: Final = 0.003
"""Table 3 has been within 0.2% of Table 1."""


def _table_1(content: bytes) -> pd.DataFrame:
    rows = rows_of(content, _FIELDS_1, {"total_mil_amt": MILLIONS})

    def name(row: Record) -> str:
        kind, group = str(row["security_type_desc"]), str(row["security_class_desc"])
        if group == "_":
            if kind not in _TOTALS:
                raise refuse("security_type_desc", kind, ", ".join(_TOTALS))
            return _TOTALS[kind]
        if kind == "Marketable":
            return f"treasury.mspd.{_class(group)}"
        return f"treasury.mspd.nonmarketable.{slug(group)}"

    return readings(numbers(rows, name, "total_mil_amt"), "USD mn")


def _class(group: str) -> str:
    if group not in _CLASSES:
        raise refuse("security class", group, ", ".join(_CLASSES))
    return _CLASSES[group]


def _table_3(content: bytes) -> pd.DataFrame:
    """Add up the lines of each class, and what runs off within a year.

    A line without a maturity is a subtotal; of the rows of one CUSIP one has the amount.
    """
    sums: dict[tuple[str, date], float] = defaultdict(float)
    for at, row in enumerate(rows_of(content, _FIELDS_3)):
        where = f"data.{at}"
        when = day(word(row["record_date"], where), where)
        matures, amount = str(row["maturity_date"]), figure(row["outstanding_amt"], where)
        group = str(row["security_class1_desc"])
        if matures in ("null", "None", "") or math.isnan(amount):
            continue
        sums[f"treasury.lines.{_class(group)}", when] += amount
        if (day(matures, where) - when).days <= 365:
            sums["treasury.lines.within_year", when] += amount
    rows: list[Row] = [(name, when, value) for (name, when), value in sums.items()]
    return readings(rows, "USD mn")


def _check(frame: pd.DataFrame) -> None:
    has(frame, *_TOTALS.values())
    within(frame, 1e6, 2e8, "treasury.mspd.(total|marketable)")
    book = matrix(frame)
    classes = [f"treasury.mspd.{name}" for name in dict.fromkeys(_CLASSES.values())]
    adds_up(book, "treasury.mspd.marketable", classes, slack=_ROUNDING, unit="USD mn")
    other = [name for name in book if name.startswith("treasury.mspd.nonmarketable.")]
    adds_up(book, "treasury.mspd.nonmarketable", other, slack=_ROUNDING, unit="USD mn")
    both = ["treasury.mspd.marketable", "treasury.mspd.nonmarketable"]
    adds_up(book, "treasury.mspd.total", both, slack=_ONE, unit="USD mn")
    for name in _LINES:
        lines, table = f"treasury.lines.{name}", f"treasury.mspd.{name}"
        if lines in book and table in book:
            slack = float(book[table].max()) * _TABLES_AGREE
            what = f"Table 3 = Table 1, {name}"
            check_equal(book[lines], book[table], what, within=slack, unit="USD mn")


def _documents(today: date) -> tuple[Document, ...]:
    table_1 = Endpoint("mspd_table_1", "v1/debt/mspd/mspd_table_1", _FIELDS_1, _table_1)
    since = today.replace(day=1) - timedelta(days=100)
    table_3 = Endpoint(
        "mspd_table_3_market",
        "v1/debt/mspd/mspd_table_3_market",
        _FIELDS_3,
        _table_3,
        filters=f"record_date:gte:{since}",
    )
    return table_1.document(), table_3.document()


FEED = Feed(
    id="fiscaldata_mspd",
    title="Monthly Statement of the Public Debt, Tables 1 and 3",
    publisher=PUBLISHER,
    licence=LICENCE,
    cadence=timedelta(days=31),
    documents=_documents,
    check=_check,
    known=month_business_day(4, "15:00"),
)
