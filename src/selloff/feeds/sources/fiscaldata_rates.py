"""Average interest rates on Treasury securities by class, monthly.

Seen in a stored answer without its meta part.
"""

from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import month_business_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.fiscaldata import LICENCE, PUBLISHER, Endpoint, numbers, rows_of, slug
from selloff.feeds.identities import has, matrix, within
from selloff.feeds.reading import WRONG, readings, refuse

_FIELDS: Final = ("record_date", "security_type_desc", "security_desc", "avg_interest_rate_amt")
_TOTAL: Final = "treasury.rate.marketable.total_marketable"


def _parse(content: bytes) -> pd.DataFrame:
    rows = rows_of(content, _FIELDS)
    named = numbers(
        rows,
        lambda row: (
            f"treasury.rate.{slug(str(row['security_type_desc']))}"
            f".{slug(str(row['security_desc']))}"
        ),
        "avg_interest_rate_amt",
    )
    return readings(named, "percent")


def _check(frame: pd.DataFrame) -> None:
    """Hold that the average of the marketable classes lies among them."""
    has(frame, _TOTAL)
    within(frame, -1, 20)
    book = matrix(frame).filter(like="treasury.rate.marketable.")
    parts = book.drop(columns=_TOTAL)
    wrong = (book[_TOTAL] > parts.max(axis=1)) | (book[_TOTAL] < parts.min(axis=1))
    if wrong.any():
        at = wrong.idxmax()
        low, high = parts.loc[at].min(), parts.loc[at].max()
        raise refuse(f"{_TOTAL} {at:%Y-%m}", book[_TOTAL][at], f"{low:g} to {high:g}", WRONG)


def _documents(_: date) -> tuple[Document, ...]:
    path = "v2/accounting/od/avg_interest_rates"
    return (Endpoint("avg_interest_rates", path, _FIELDS, _parse).document(),)


FEED = Feed(
    id="fiscaldata_rates",
    title="Average Interest Rates on U.S. Treasury Securities",
    publisher=PUBLISHER,
    licence=LICENCE,
    cadence=timedelta(days=31),
    documents=_documents,
    check=_check,
    known=month_business_day(5, "15:00"),
)
