"""Japan's Treasuries and deposits: official and private, bills apart from notes and bonds."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from selloff.data.assumptions import Assumption, japan_numbers, official_shares, short_term_shares
from selloff.data.records import Figure
from selloff.data.tables import PACKAGED, Snapshot

KEY: Final = "jpn"
OFFICIAL: Final = "jpn_official"
PRIVATE: Final = "jpn_private"
TABLE_3: Final = "US Treasury, TIC Table 3"
RESERVES: Final = "Japan Ministry of Finance, Official Reserve Assets"


@dataclass(frozen=True)
class JapanBooks:
    """Treasuries of Japan's authorities and of all other holders in Japan [USD bn]."""

    official: float
    official_bills: float
    private: float
    private_bills: float
    deposits: float | None
    """Foreign money the authorities keep at central banks and banks, where known."""
    figures: tuple[Figure, ...]


def japan_books(day: date, snapshot: Snapshot = PACKAGED) -> JapanBooks:
    """Read Japan's books at the end of a month."""
    return read_japan_books(snapshot, day, _line(snapshot, day))


def read_japan_books(snapshot: Snapshot, day: date, total: float) -> JapanBooks:
    """Split Japan's line: bills as published, official by what its reserves hold.

    official = k S / T(S) T,  bills of others = p (T - official),  official bills = B - those

    Source: TIC Table 3 (T, B), Ministry of Finance (S, deposits), `assumptions/japan.csv` (k, p).
    """
    share, per_private = _official_share(snapshot, day), japan_numbers()["private_bill_share"]
    known = snapshot.until("tic_table3_monthly", day)
    known = known[(known["holder"] == "Japan") & (known["date"] == np.datetime64(day))]
    issued = dict(zip(known["maturity"], known["holdings_usd_bn"], strict=True))
    fallback = short_term_shares()[KEY]
    published = {"total", "long_term"} <= set(issued)
    bills = issued["total"] - issued["long_term"] if published else fallback.value * total
    official = share.value * total
    private_bills = min(per_private.value * (total - official), bills)
    deposits = snapshot.last("japan_reserves_monthly", "deposits_usd_mn", day)
    issuer = TABLE_3 if published else fallback.source
    rows = (
        share,
        _bills(KEY, bills, day, source=issuer),
        _bills(PRIVATE, private_bills, day, source=per_private.source),
        _bills(OFFICIAL, bills - private_bills, day, source="Japan's bills less those of others"),
    )
    money = () if deposits is None else (_deposits(deposits.value / 1e3, deposits.as_of),)
    return JapanBooks(
        official=official,
        official_bills=bills - private_bills,
        private=total - official,
        private_bills=private_bills,
        deposits=money[0].value if money else None,
        figures=(*rows, *money),
    )


def _official_share(snapshot: Snapshot, day: date) -> Figure:
    """Find which part of Japan's line is official, at the last month with reserves known."""
    reserves = snapshot.until("japan_reserves_monthly", day).dropna(subset="securities_usd_mn")
    if reserves.empty:
        row = next(each for each in official_shares() if each.key == KEY)
        return _share(row.value, day, row.source, row)
    last = reserves.iloc[-1]
    when, k = last["date"].date(), japan_numbers()["treasuries_per_reserve_security"]
    securities = float(last["securities_usd_mn"]) / 1e3
    value = k.value * securities / _line(snapshot, when)
    return _share(value, when, f"{RESERVES}, securities {securities:,.1f}; {k.source}", k)


def _line(snapshot: Snapshot, day: date) -> float:
    """Japan's Treasuries in a month: Table 3 where it goes, else the table of holders."""
    at = np.datetime64(day)
    newer = snapshot.until("tic_table3_monthly", day)
    newer = newer[(newer["date"] == at) & (newer["holder"] == "Japan")]
    found = newer.loc[newer["maturity"] == "total", "holdings_usd_bn"]
    if found.empty:
        older = snapshot.until("tic_holdings_monthly", day)
        older = older[(older["date"] == at) & (older["series"] == "primary")]
        found = older.loc[older["country"] == "Japan", "usd_bn"]
    return float(found.iloc[0])


def _share(value: float, as_of: date, source: str, row: Assumption) -> Figure:
    return Figure(
        name="official_share",
        holder=KEY,
        value=value,
        unit="fraction",
        standing="assumption" if row.label else "derived",
        source=source,
        as_of=as_of,
        note=f"{row.value:g} ({row.low:g} to {row.high:g}): {row.reason}.",
    )


def _bills(holder: str, value: float, as_of: date, *, source: str) -> Figure:
    return Figure(
        name="bills",
        holder=holder,
        value=value,
        unit="USD bn",
        standing="assumption" if source.startswith("assumption") else "derived",
        source=source,
        as_of=as_of,
    )


def _deposits(value: float, as_of: date) -> Figure:
    return Figure(
        name="deposits",
        holder=OFFICIAL,
        value=value,
        unit="USD bn",
        standing="data",
        source=RESERVES,
        as_of=as_of,
        note="In all currencies; at central banks, the BIS and banks.",
    )
