"""Results of auctions of notes, bonds, TIPS and floaters: yields, cover, who took how much.

Fields and 'null' for auctions to come seen in code and tests that read them.
"""

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.answers import Record, figure, word
from selloff.feeds.calendars import days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.fiscaldata import LICENCE, PUBLISHER, Endpoint, rows_of, slug
from selloff.feeds.identities import at_most, has, matrix, within
from selloff.feeds.reading import Row, day, readings

_VALUES: Final = {
    "high_yield": ("high_yield", "percent"),
    "avg_med_yield": ("median_yield", "percent"),
    "bid_to_cover_ratio": ("bid_to_cover", "ratio"),
    "offering_amt": ("offering", "USD"),
    "total_accepted": ("total_accepted", "USD"),
    "primary_dealer_accepted": ("primary_dealer", "USD"),
    "direct_bidder_accepted": ("direct", "USD"),
    "indirect_bidder_accepted": ("indirect", "USD"),
}
_FIELDS: Final = (
    "auction_date",
    "security_type",
    "original_security_term",
    "inflation_index_security",
    "floating_rate",
    *_VALUES,
)
_BIDDERS: Final = {
    field: name for field, (name, _) in _VALUES.items() if field.endswith("r_accepted")
}
_SINCE: Final = "2010-01-01"


def _parse(content: bytes) -> pd.DataFrame:
    rows = [row for row in rows_of(content, _FIELDS) if not _to_come(row)]
    units = dict.fromkeys(unit for _, unit in _VALUES.values())
    frames = [readings(_rows(rows, unit), unit) for unit in units]
    return pd.concat([*frames, readings(_shares(rows), "percent")], ignore_index=True)


def _to_come(row: Record) -> bool:
    """Tell an auction that was announced and not held."""
    return math.isnan(figure(row["total_accepted"], "total_accepted"))


def _rows(rows: list[Record], unit: str) -> Iterator[Row]:
    for at, row in enumerate(rows):
        where = f"data.{at}"
        when = day(word(row["auction_date"], where), where)
        for field, (name, its_unit) in _VALUES.items():
            if its_unit == unit:
                yield f"treasury.auction.{_paper(row)}.{name}", when, figure(row[field], where)


def _shares(rows: list[Record]) -> Iterator[Row]:
    """Give the share of each class of bidders in what the three took."""
    for row in rows:
        took = {name: figure(row[field], field) for field, name in _BIDDERS.items()}
        when = day(word(row["auction_date"], "auction_date"), "auction_date")
        whole = sum(took.values())
        for name, amount in took.items():
            share = 100 * amount / whole if whole > 0 else math.nan
            yield f"treasury.auction.{_paper(row)}.{name}_share", when, share


def _paper(row: Record) -> str:
    """Name what was sold: 10_year, tips_10_year, frn_2_year."""
    kind = "tips_" if row["inflation_index_security"] == "Yes" else ""
    kind = "frn_" if row["floating_rate"] == "Yes" else kind
    return kind + slug(word(row["original_security_term"], "original_security_term"))


def _check(frame: pd.DataFrame) -> None:
    """Hold that the three classes of bidders took no more than was sold."""
    has(frame, "treasury.auction.10_year.high_yield")
    within(frame, -3, 25, r".*\.(high|median)_yield")
    within(frame, 1, 20, r".*\.bid_to_cover")
    within(frame, 1e9, 1e12, r".*\.total_accepted")
    within(frame, 0, 1e12, r".*\.(primary_dealer|direct|indirect)")
    book = matrix(frame)
    for name in book.filter(regex=r"\.total_accepted$"):
        paper = name.removesuffix(".total_accepted")
        bidders = book[[f"{paper}.{each}" for each in _BIDDERS.values()]].sum(axis=1)
        at_most(bidders, book[name], f"{paper}, bidders")


def _documents(_: date) -> tuple[Document, ...]:
    keep = f"auction_date:gte:{_SINCE},security_type:in:(Note,Bond)"
    path = "v1/accounting/od/auctions_query"
    return (Endpoint("auctions_query", path, _FIELDS, _parse, keep).document(),)


FEED = Feed(
    id="fiscaldata_auctions",
    title="Treasury Securities Auctions Data",
    publisher=PUBLISHER,
    licence=LICENCE,
    cadence=timedelta(days=14),
    documents=_documents,
    check=_check,
    known=days_after(0, "14:00"),
)
