"""What a source is: files to fetch, parsers of bytes, checks, and when the public could know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

import pandas as pd

COLUMNS: Final = ("series", "period", "value", "unit", "published")
"""What a parser gives: the publisher's name of the series, the last day of the period, the value
or NaN, its unit, and the day on which it was published or NaT."""

Parse = Callable[[bytes], pd.DataFrame]
Check = Callable[[pd.DataFrame], None]
Known = Callable[[date], datetime]


def _none(_: bytes) -> tuple["Document", ...]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file of a source: its address, and how its bytes are read."""

    name: str
    """Name of the file in a folder of downloads, such as `slt_table3.txt`."""
    url: str
    parse: Parse
    """A pure function of bytes; raises `FeedError` when an anchor is not where it should be."""
    leads_to: Callable[[bytes], tuple["Document", ...]] = _none
    """Further files that this one names: the next page, or a file whose address it gives."""
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the host wants to hear besides the usual."""
    is_page: bool = False
    """Whether it is a web page; from any other a page is an error message."""
    cadence: timedelta | None = None
    """Time between releases, where it is not the source's."""
    known: Known | None = None
    """When the public could know, where it is not as for the source."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One source: its documents, the identities its numbers obey, and its calendar."""

    id: str
    """Name of its file in `feeds/sources`."""
    title: str
    publisher: str
    licence: str
    cadence: timedelta
    """Time between releases; a source is stale one and a half of it after its last one."""
    documents: Callable[[date], tuple[Document, ...]]
    """The files to fetch on a day."""
    check: Check
    """Raises `FeedError` when the numbers of all documents together break an identity."""
    known: Known
    """First moment (UTC) at which the public could know the number of a period."""
    key: str = ""
    """Variable of the environment that holds the key of its host; without it none is asked."""
