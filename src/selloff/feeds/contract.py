"""What a source is: addresses, a parser of bytes, checks, and when the public could know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import pandas as pd

COLUMNS: Final = ("series", "period", "value", "published")
"""What a parser gives: id of the series, last day of the period, value or NaN, day or NaT."""

Parse = Callable[[bytes], pd.DataFrame]
Check = Callable[[pd.DataFrame], None]
Known = Callable[[date], datetime]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file of a source: its address, and how its bytes are read."""

    name: str
    """Name of the file in a folder of downloads, such as `slt_table3.txt`."""
    url: str
    parse: Parse
    """A pure function of bytes; raises `FeedError` when an anchor is not where it should be."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One source: its documents, the identities its numbers obey, and its calendar."""

    id: str
    title: str
    publisher: str
    licence: str
    cadence: timedelta
    """Time between releases; older than one and a half of it is stale."""
    documents: Callable[[date], tuple[Document, ...]]
    """The files to fetch on a day."""
    check: Check
    """Raises `FeedError` when the numbers break an identity of the source."""
    known: Known
    """First moment (UTC) at which the public could know the number of a period."""
