"""The secured overnight rate, its spread over trades, and its volume.

Fields seen in real rows of the same answer for another rate.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.answers import Record, figure, opened, records, word
from selloff.feeds.calendars import business_days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import has, matrix, within
from selloff.feeds.reading import WRONG, Row, day, readings, refuse

_URL: Final = "https://markets.newyorkfed.org/api/rates/secured/sofr/search.json"
_RATES: Final = {
    "percentPercentile1": "p1",
    "percentPercentile25": "p25",
    "percentRate": "rate",
    "percentPercentile75": "p75",
    "percentPercentile99": "p99",
}
_VOLUME: Final = "volumeInBillions"
_FIRST: Final = "2018-04-02"


def _parse(content: bytes) -> pd.DataFrame:
    needed = ("effectiveDate", "type", *_RATES, _VOLUME)
    rows = records(opened(content), needed, "refRates")
    rates = readings(_rows(rows, _RATES), "percent")
    volume = readings(_rows(rows, {_VOLUME: "volume"}), "USD bn")
    return pd.concat([rates, volume], ignore_index=True)


def _rows(rows: list[Record], fields: dict[str, str]) -> Iterator[Row]:
    for at, row in enumerate(rows):
        where = f"refRates.{at}"
        if row["type"] != "SOFR":
            raise refuse(f"{where}.type", row["type"], "SOFR")
        when = day(word(row["effectiveDate"], where), where)
        for field, name in fields.items():
            yield f"nyfed.sofr.{name}", when, figure(row[field], f"{where}.{field}")


def _check(frame: pd.DataFrame) -> None:
    """Hold that the percentiles of the rates are in order."""
    has(frame, *(f"nyfed.sofr.{name}" for name in (*_RATES.values(), "volume")))
    within(frame, -1, 20, "nyfed.sofr.(p.*|rate)")
    within(frame, 100, 1e4, "nyfed.sofr.volume")
    book = matrix(frame)
    order = book[[f"nyfed.sofr.{name}" for name in _RATES.values()]].diff(axis=1).iloc[:, 1:]
    wrong = (order < 0).any(axis=1)
    if wrong.any():
        where = f"nyfed.sofr {wrong.idxmax():%Y-%m-%d}"
        raise refuse(where, "percentiles out of order", "p1 to p99 rising", WRONG)


def _documents(today: date) -> tuple[Document, ...]:
    url = f"{_URL}?startDate={_FIRST}&endDate={today}"
    return (Document(name="sofr.json", url=url, parse=_parse),)


FEED = Feed(
    id="nyfed_sofr",
    title="Secured Overnight Financing Rate",
    publisher="Federal Reserve Bank of New York",
    licence="Free with citation",
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=business_days_after(1, "08:00"),
)
