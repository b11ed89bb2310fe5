"""The Treasury's cash at the Fed, day by day.

Account names, the unit, and that the closing balance stands in the opening field: seen in code.
"""

from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import business_days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.fiscaldata import LICENCE, MILLIONS, PUBLISHER, Endpoint, numbers, rows_of
from selloff.feeds.identities import adds_up, has, matrix, within
from selloff.feeds.reading import readings

_ACCOUNTS: Final = {
    "Treasury General Account (TGA) Opening Balance": "treasury.cash.opening",
    "Total TGA Deposits (Table II)": "treasury.cash.deposits",
    "Total TGA Withdrawals (Table II) (-)": "treasury.cash.withdrawals",
    "Treasury General Account (TGA) Closing Balance": "treasury.cash.closing",
}
_FIELDS: Final = ("record_date", "account_type", "open_today_bal")
_SINCE: Final = "2022-04-18"
"""Before that day the statement had another form."""
_ROUNDING: Final = 3.0


def _parse(content: bytes) -> pd.DataFrame:
    rows = rows_of(content, _FIELDS, {"open_today_bal": MILLIONS})
    ours = [row for row in rows if row["account_type"] in _ACCOUNTS]
    named = numbers(ours, lambda row: _ACCOUNTS[str(row["account_type"])], "open_today_bal")
    return readings(named, "USD mn")


def _check(frame: pd.DataFrame) -> None:
    has(frame, *_ACCOUNTS.values())
    within(frame, -1e4, 5e6)
    parts = [f"treasury.cash.{each}" for each in ("opening", "deposits", "withdrawals")]
    adds_up(
        matrix(frame), "treasury.cash.closing", parts, slack=_ROUNDING, unit="USD mn", signs="++-"
    )


def _documents(_: date) -> tuple[Document, ...]:
    path = "v1/accounting/dts/operating_cash_balance"
    keep = f"record_date:gte:{_SINCE}"
    return (Endpoint("operating_cash_balance", path, _FIELDS, _parse, keep).document(),)


FEED = Feed(
    id="fiscaldata_cash",
    title="Daily Treasury Statement, operating cash balance",
    publisher=PUBLISHER,
    licence=LICENCE,
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=business_days_after(1, "16:00"),
)
