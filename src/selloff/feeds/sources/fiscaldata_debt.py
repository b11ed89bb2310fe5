"""Debt to the penny: what the Treasury owes, day by day.

Fields seen in code that reads them; no stored answer was found.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.answers import Record
from selloff.feeds.calendars import business_days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.fiscaldata import LICENCE, PUBLISHER, Endpoint, numbers, rows_of
from selloff.feeds.identities import adds_up, has, matrix, within
from selloff.feeds.reading import readings

_VALUES: Final = {
    "tot_pub_debt_out_amt": "treasury.debt.total",
    "debt_held_public_amt": "treasury.debt.public",
    "intragov_hold_amt": "treasury.debt.intragovernmental",
}
_FIELDS: Final = ("record_date", *_VALUES)
_CENT: Final = 0.05


def _parse(content: bytes) -> pd.DataFrame:
    rows = rows_of(content, _FIELDS)
    found = [row for field, name in _VALUES.items() for row in numbers(rows, _named(name), field)]
    return readings(found, "USD")


def _named(name: str) -> Callable[[Record], str]:
    return lambda _: name


def _check(frame: pd.DataFrame) -> None:
    has(frame, "treasury.debt.total")
    within(frame, 3e12, 2e14, "treasury.debt.total")
    parts = ["treasury.debt.public", "treasury.debt.intragovernmental"]
    adds_up(matrix(frame), "treasury.debt.total", parts, slack=_CENT, unit="USD")


def _documents(_: date) -> tuple[Document, ...]:
    path = "v2/accounting/od/debt_to_penny"
    return (Endpoint("debt_to_penny", path, _FIELDS, _parse).document(),)


FEED = Feed(
    id="fiscaldata_debt",
    title="Debt to the Penny",
    publisher=PUBLISHER,
    licence=LICENCE,
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=business_days_after(1, "15:00"),
)
