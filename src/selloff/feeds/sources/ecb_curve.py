"""The euro area's AAA curve, day by day (it is not the Bund's).

Header and rows of the same answer seen in tests that read it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import business_days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import within
from selloff.feeds.reading import Row, day, readings, refuse
from selloff.feeds.sdmx import csv_observations

_ROOT: Final = "https://data-api.ecb.europa.eu/service/data/YC/B.U2.EUR.4F.G_N_A.SV_C_YM"
_TENORS: Final = ("SR_2Y", "SR_5Y", "SR_10Y", "SR_30Y")
_CODES: Final = ("FREQ", "REF_AREA", "INSTRUMENT_FM", "PROVIDER_FM_ID", "DATA_TYPE_FM")
_KEYS: Final = {f"B.U2.G_N_A.SV_C_YM.{tenor}": tenor for tenor in _TENORS}
_SINCE: Final = "2004-09-06"
_FRANKFURT: Final = "Europe/Berlin"


def _parse(content: bytes) -> pd.DataFrame:
    return readings(_rows(content), "percent")


def _rows(content: bytes) -> Iterator[Row]:
    for codes, period, value in csv_observations(content, _CODES):
        key = ".".join(codes.values())
        if key not in _KEYS:
            raise refuse("series", key, " or ".join(_KEYS))
        yield f"ecb.aaa.{_KEYS[key].removeprefix('SR_')}", day(period, "TIME_PERIOD"), value


def _check(frame: pd.DataFrame) -> None:
    within(frame, -2, 15)


def _documents(_: date) -> tuple[Document, ...]:
    return tuple(
        Document(
            name=f"ecb_{tenor.lower()}.csv",
            url=f"{_ROOT}.{tenor}?format=csvdata&startPeriod={_SINCE}",
            parse=_parse,
        )
        for tenor in _TENORS
    )


FEED = Feed(
    id="ecb_curve",
    title="Euro area yield curves, AAA, spot rates",
    publisher="European Central Bank",
    licence="Free with citation",
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=business_days_after(1, "12:00", _FRANKFURT),
)
