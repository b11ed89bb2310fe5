"""Files of sources, kept beside the tests: which of them a feed reads, and what it gives."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import pandas as pd

from selloff.feeds.contract import Document, Feed
from selloff.feeds.reading import join

FILES = Path(__file__).parent / "unit/feeds/fixtures"
DAY = date(2026, 9, 30)
NAMES = sorted(folder.name for folder in (FILES / "hand").iterdir())


@cache
def feed(name: str) -> Feed:
    return import_module(f"selloff.feeds.sources.{name}").FEED


def real(name: str, file: str) -> bytes:
    return (FILES / "real" / name / file).read_bytes()


def hand(name: str, file: str) -> bytes:
    return (FILES / "hand" / name / file).read_bytes()


def documents(name: str) -> Iterator[tuple[Document, bytes]]:
    """All files of a feed, and those they lead to."""
    with patch.dict("os.environ", {"FRED_API_KEY": "none"}):
        waiting = list(feed(name).documents(DAY))
    while waiting:
        document = waiting.pop(0)
        content = hand(name, document.name)
        waiting += document.leads_to(content)
        yield document, content


def read(name: str, changed: dict[str, bytes] | None = None) -> pd.DataFrame:
    """Read and check all files of a feed, some of them changed."""
    changes = changed or {}
    frame = join([each.parse(changes.get(each.name, b)) for each, b in documents(name)])
    feed(name).check(frame)
    return frame


@cache
def whole(name: str) -> pd.DataFrame:
    return read(name)


def value(name: str, series: str, period: str) -> float:
    frame = whole(name)
    found = frame[(frame["series"] == series) & (frame["period"] == pd.Timestamp(period))]
    assert len(found) == 1, (series, period)
    return float(found["value"].iloc[0])
