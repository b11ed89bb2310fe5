"""First prints: what a number was on the day it came out (ALFRED, output type 4).

Parameters seen in code that asks them; the shape of the answer in tests. It needs a
key of FRED in the environment, FRED_API_KEY; without one nothing is asked.
"""

import os
from datetime import date, timedelta
from functools import partial
from typing import Final

import pandas as pd

from selloff.feeds.answers import figure, opened, part, records, word
from selloff.feeds.calendars import days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import within
from selloff.feeds.reading import AGAIN, day, readings, refuse
from selloff.feeds.tables import last_day, published_on

_URL: Final = "https://api.stlouisfed.org/fred/series/observations"
_SERIES: Final = {
    # months from the date that FRED writes to the end of the period, cadence, release rule
    "WMTSECL1": (0, timedelta(days=7), days_after(1, "16:30")),
    "BOGZ1FL893061105Q": (2, timedelta(days=92), days_after(75, "12:00")),
    "GDP": (2, timedelta(days=92), days_after(30, "08:30")),
}
_WHOLE: Final = "realtime_start=1776-07-04&realtime_end=9999-12-31"
_FIRST_PRINTS: Final = 4
_UNITS: Final = "lin"
_KEY: Final = "FRED_API_KEY"


def _parse(series: str, content: bytes) -> pd.DataFrame:
    answer = opened(content)
    for name, expected in (("output_type", _FIRST_PRINTS), ("units", _UNITS)):
        if part(answer, name) != expected:
            raise refuse(name, part(answer, name), str(expected))
    rows = records(answer, ("realtime_start", "date", "value"), "observations")
    if len(rows) != part(answer, "count"):
        given, whole = f"{len(rows)} rows", f"{part(answer, 'count')}"
        raise refuse("observations", given, whole, AGAIN)
    read = [
        (
            _end(day(word(row["date"], "date"), "date"), _SERIES[series][0]),
            day(word(row["realtime_start"], "realtime_start"), "realtime_start"),
            figure(row["value"], f"value of {row['date']}"),
        )
        for row in rows
    ]
    early = [when for when, out, _ in read if out <= when]
    if early:
        raise refuse(f"{series} {early[0]}", "published before its period", "after it")
    frame = readings(
        [(f"alfred.{series}.first", when, value) for when, _, value in read], "as FRED"
    )
    return published_on(frame, {when: out for when, out, _ in read})


def _end(when: date, months: int) -> date:
    """FRED dates a quarter by its first day."""
    return last_day(when.year, when.month + months, "date") if months else when


def _check(frame: pd.DataFrame) -> None:
    within(frame, 0, 1e9)


def _documents(_: date) -> tuple[Document, ...]:
    """Name the files, if the environment holds a key."""
    key = os.environ.get(_KEY, "")
    return tuple(
        Document(
            name=f"alfred_{series}.json",
            url=f"{_URL}?series_id={series}&file_type=json&output_type={_FIRST_PRINTS}&{_WHOLE}"
            f"&api_key={key}",
            parse=partial(_parse, series),
            cadence=cadence,
            known=known,
        )
        for series, (_, cadence, known) in _SERIES.items()
        if key
    )


FEED = Feed(
    id="alfred",
    title="Archival data: first releases",
    publisher="Federal Reserve Bank of St. Louis",
    licence="As each series",
    cadence=timedelta(days=7),
    documents=_documents,
    check=_check,
    known=days_after(1, "16:30"),
    key=_KEY,
)
