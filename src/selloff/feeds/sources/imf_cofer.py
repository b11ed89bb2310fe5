"""Currencies of the world's disclosed reserves, as shares, quarter by quarter.

Keys of the five currencies and the shape of the answer seen in code that reads it.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import month_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import at_most, has, matrix, within
from selloff.feeds.reading import Row, readings, refuse
from selloff.feeds.sdmx import json_observations
from selloff.feeds.tables import quarter_end

_KEY: Final = "G001.AFXRA.{}.SHRO_PT.Q"
_ROOT: Final = "https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.STA/COFER/%2B"
_DIMENSIONS: Final = (
    "COUNTRY",
    "INDICATOR",
    "FXR_CURRENCY",
    "TYPE_OF_TRANSFORMATION",
    "FREQUENCY",
)
_CURRENCIES: Final = {f"CI_{code.upper()}": code for code in ("usd", "eur", "jpy", "gbp", "cny")}
_ROUNDING: Final = 0.5
_ASK: Final = {"Accept": "application/vnd.sdmx.data+json;version=2.0.0"}


def _parse(content: bytes) -> pd.DataFrame:
    return readings(_rows(content), "percent")


def _rows(content: bytes) -> Iterator[Row]:
    for codes, period, value in json_observations(content, _DIMENSIONS):
        currency = codes["FXR_CURRENCY"]
        key = ".".join(codes.values())
        if currency not in _CURRENCIES or key != _KEY.format(currency):
            raise refuse("series", key, _KEY.format("CI_USD"))
        yield f"imf.cofer.{_CURRENCIES[currency]}", quarter_end(period, "TIME_PERIOD"), value


def _check(frame: pd.DataFrame) -> None:
    """Hold that the shares of five currencies are no more than the whole."""
    has(frame, "imf.cofer.usd")
    within(frame, 0, 100)
    within(frame, 20, 90, "imf.cofer.usd")
    shares = matrix(frame).sum(axis=1)
    whole = pd.Series(100.0, shares.index)
    at_most(shares, whole, "imf.cofer, sum of shares", slack=_ROUNDING)


def _documents(_: date) -> tuple[Document, ...]:
    return tuple(
        Document(
            name=f"cofer_{name}.json",
            url=f"{_ROOT}/{_KEY.format(code)}",
            parse=_parse,
            headers=_ASK,
        )
        for code, name in _CURRENCIES.items()
    )


FEED = Feed(
    id="imf_cofer",
    title="Currency Composition of Official Foreign Exchange Reserves",
    publisher="International Monetary Fund",
    licence="IMF terms, free with citation",
    cadence=timedelta(days=92),
    documents=_documents,
    check=_check,
    known=month_day(28, "10:00", months=3),
)
