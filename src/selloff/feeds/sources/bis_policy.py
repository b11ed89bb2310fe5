"""Policy rates of central banks, day by day; the euro area is XM.

Header and rows seen in tests that read them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import weekday_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import within
from selloff.feeds.reading import Row, day, readings, refuse
from selloff.feeds.sdmx import csv_observations

_ROOT: Final = "https://stats.bis.org/api/v2/data/dataflow/BIS/WS_CBPOL/1.0"
_AREAS: Final = {"JP": "japan", "US": "us", "XM": "euro_area", "GB": "uk", "CN": "china"}


def _parse(content: bytes) -> pd.DataFrame:
    return readings(_rows(content), "percent")


def _rows(content: bytes) -> Iterator[Row]:
    for codes, period, value in csv_observations(content, ("FREQ", "REF_AREA")):
        if codes["FREQ"] != "D" or codes["REF_AREA"] not in _AREAS:
            raise refuse("series", ".".join(codes.values()), f"D. and one of {', '.join(_AREAS)}")
        yield f"bis.policy_rate.{_AREAS[codes['REF_AREA']]}", day(period, "TIME_PERIOD"), value


def _check(frame: pd.DataFrame) -> None:
    within(frame, -2, 100)


def _documents(_: date) -> tuple[Document, ...]:
    return tuple(
        Document(name=f"bis_{name}.csv", url=f"{_ROOT}/D.{code}?format=csv", parse=_parse)
        for code, name in _AREAS.items()
    )


FEED = Feed(
    id="bis_policy",
    title="Central bank policy rates",
    publisher="Bank for International Settlements",
    licence="Free with citation",
    cadence=timedelta(days=14),
    documents=_documents,
    check=_check,
    known=weekday_after(3, "12:00"),
)
