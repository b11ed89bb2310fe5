"""Overnight operations of the Fed: cash taken in (ON RRP) and lent (repo), day by day.

Answers seen in tests that read them; small test operations are left out.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.answers import figure, opened, records, word
from selloff.feeds.calendars import days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import within
from selloff.feeds.reading import Row, day, readings

_ROOT: Final = "https://markets.newyorkfed.org/api/rp"
_FIELDS: Final = ("operationDate", "operationType", "totalAmtAccepted")
_TEST: Final = "small value"
_SINCE: Final = "2021-07-28"
"""The standing repo facility opened."""


def _reverse(content: bytes) -> pd.DataFrame:
    return _daily(content, "Reverse Repo", "nyfed.repo.on_rrp")


def _repo(content: bytes) -> pd.DataFrame:
    return _daily(content, "Repo", "nyfed.repo.lent")


def _daily(content: bytes, kind: str, series: str) -> pd.DataFrame:
    """Add up the operations of each day; a day on which nobody came is a true zero."""
    sums: dict[date, float] = defaultdict(float)
    for at, row in enumerate(records(opened(content), _FIELDS, "repo", "operations")):
        where = f"repo.operations.{at}"
        note = str(row.get("note") or "").lower()
        if row["operationType"] == kind and _TEST not in note:
            when = day(word(row["operationDate"], where), where)
            sums[when] += figure(row["totalAmtAccepted"], where)
    rows: list[Row] = [(series, when, value) for when, value in sums.items()]
    return readings(rows, "USD")


def _check(frame: pd.DataFrame) -> None:
    within(frame, 0, 5e12)


def _documents(_: date) -> tuple[Document, ...]:
    since = f"startDate={_SINCE}"
    return (
        Document(
            name="reverse_repo.json",
            url=f"{_ROOT}/reverserepo/propositions/search.json?{since}",
            parse=_reverse,
        ),
        Document(name="repo.json", url=f"{_ROOT}/results/search.json?{since}", parse=_repo),
    )


FEED = Feed(
    id="nyfed_repo",
    title="Repo and reverse repo operations",
    publisher="Federal Reserve Bank of New York",
    licence="Free with citation",
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=days_after(0, "14:00"),
)
