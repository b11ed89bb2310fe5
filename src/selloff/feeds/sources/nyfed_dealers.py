"""Primary dealers' net positions in Treasuries, each Wednesday; '*' is a number held back.

Answers seen in tests that read them. No identity is known: the published total is not checked.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.answers import figure, opened, records, word
from selloff.feeds.calendars import weekday_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import has, within
from selloff.feeds.reading import Row, day, readings, refuse

_ROOT: Final = "https://markets.newyorkfed.org/api/pd/get"
_COMMON: Final = {
    "PDPOSGST-TOT": "total",
    "PDPOSGS-B": "bills",
    "PDPOSGSC-L2": "coupons_to_2y",
    "PDPOSGSC-G2L3": "coupons_2_3y",
    "PDPOSGSC-G3L6": "coupons_3_6y",
    "PDPOSGSC-G6L7": "coupons_6_7y",
    "PDPOSGSC-G7L11": "coupons_7_11y",
}
_SPLIT: Final = {"PDPOSGSC-G11L21": "coupons_11_21y", "PDPOSGSC-G21": "coupons_over_21y"}
_JOINED: Final = {"PDPOSGSC-G11": "coupons_over_11y"}
_BREAKS: Final = {
    "SBN2013": _JOINED,
    "SBN2015": _JOINED,
    "SBN2022": _SPLIT,
    "SBN2024": _SPLIT,
}
"""Keys belong to a break in the series: each is asked, and the answers are joined."""
_LATEST: Final = list(_BREAKS)[-1]
_ENDED: Final = timedelta(days=100 * 366)
"""Older breaks have ended; they never grow stale."""
_NAMES: Final = _COMMON | _SPLIT | _JOINED


def _parse(content: bytes) -> pd.DataFrame:
    return readings(_rows(content), "USD mn")


def _rows(content: bytes) -> Iterator[Row]:
    series = records(opened(content), ("asofdate", "keyid", "value"), "pd", "timeseries")
    for at, row in enumerate(series):
        where = f"pd.timeseries.{at}"
        key = word(row["keyid"], where)
        if key not in _NAMES:
            raise refuse(f"{where}.keyid", key, ", ".join(_NAMES))
        when = day(word(row["asofdate"], where), where)
        yield f"nyfed.dealers.{_NAMES[key]}", when, figure(row["value"], where)


def _check(frame: pd.DataFrame) -> None:
    has(frame, "nyfed.dealers.total", "nyfed.dealers.bills")
    within(frame, -5e5, 2e6)


def _documents(_: date) -> tuple[Document, ...]:
    return tuple(
        Document(
            name=f"primary_dealers_{name}.json",
            url=f"{_ROOT}/{name}/timeseries/{'_'.join(_COMMON | own)}.json",
            parse=_parse,
            cadence=None if name == _LATEST else _ENDED,
        )
        for name, own in _BREAKS.items()
    )


FEED = Feed(
    id="nyfed_dealers",
    title="Primary Dealer Statistics, net positions",
    publisher="Federal Reserve Bank of New York",
    licence="Free with citation",
    cadence=timedelta(days=7),
    documents=_documents,
    check=_check,
    known=weekday_after(3, "16:15", weeks=1),
)
