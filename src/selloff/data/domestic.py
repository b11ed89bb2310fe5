"""Domestic books: the Fed, and the sectors of the Financial Accounts."""

from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from selloff.data.assumptions import holder_maturity
from selloff.data.fed_book import fed_spread
from selloff.data.foreign import OpeningBooks
from selloff.data.records import Array, Figure
from selloff.data.tables import Observation, Snapshot
from selloff.vocab.holders import holders

Z1_COLUMNS: Final = {
    "usa_dealers": "dealers",
    "usa_bank": "depository_institutions",
    "usa_mmf": "money_market_funds",
    "usa_mutual_fund": "mutual_funds_etfs",
    "usa_pension": "pensions",
    "usa_insurer": "insurers",
    "usa_household": "households",
    "usa_state_local": "state_local_governments",
    "usa_nonfinancial": "nonfinancial_business",
    "usa_other_financial": "other_financial",
}
AS_PUBLISHED: Final = ("usa_mmf", "usa_dealers")
"""Short paper and fresh inventory, near par; all other lines share what is left."""
LEAST_USD_BN: Final = 1.0
"""A book is never short: households and dealers of 2002 to 2008, net short in Z.1, hold this."""
PROFILES: Final = {
    "usa_state_local": "state_local",
    "usa_nonfinancial": "nonfinancial",
    "usa_other_financial": "bank",
}
Z1: Final = "Federal Reserve Z.1 L.210"


def read_domestic(
    snapshot: Snapshot, day: date, *, outstanding: float, foreign: float
) -> OpeningBooks:
    """Rebuild the domestic books at a date.

    Source: H.4.1 TREAST; Z.1 L.210, whose lines share what all others leave.
    """
    fed = _fed(snapshot, day, outstanding)
    lines = {holder: _line(snapshot, day, holder) for holder in Z1_COLUMNS}
    kept = sum(lines[holder].value for holder in AS_PUBLISHED)
    left = outstanding - foreign - fed.value - kept
    if left <= 0.0:
        raise LookupError(f"holders found exceed the debt by {-left:.1f} USD bn on {day}")
    scale = left / (sum(line.value for line in lines.values()) - kept)
    factors = {holder: 1.0 if holder in AS_PUBLISHED else scale for holder in lines}
    figures = [fed, *(_sector(name, line, factors[name]) for name, line in lines.items())]
    names = tuple(str(figure.holder) for figure in figures)
    prior = np.stack([_spread(snapshot, day, figure) for figure in figures])
    totals = np.array([figure.value for figure in figures])
    return OpeningBooks(names, totals, prior, (*figures, _scale(scale, day)))


def _spread(snapshot: Snapshot, day: date, figure: Figure) -> Array:
    holder = str(figure.holder)
    if holder == "fed":
        return fed_spread(snapshot, day, figure.value)
    return holder_maturity()[PROFILES.get(holder, holders()[holder].sector)]


def _line(snapshot: Snapshot, day: date, holder: str) -> Observation:
    """Read a sector's last quarter; dealers move on with primary dealers' net position."""
    found = snapshot.last("z1_holders_quarterly", f"{Z1_COLUMNS[holder]}_usd_bn", day)
    if found is None:
        raise LookupError(f"no Financial Accounts known on {day}")
    at_least = replace(found, value=max(found.value, LEAST_USD_BN))
    if holder != "usa_dealers":
        return at_least
    then, now = (
        snapshot.last("dealer_positions_weekly", "net_position_usd_bn", when)
        for when in (found.as_of, day)
    )
    if then is None or now is None:
        return at_least
    moved = max(found.value + now.value - then.value, LEAST_USD_BN)
    return Observation(moved, max(found.as_of, now.as_of))


def _sector(holder: str, line: Observation, factor: float) -> Figure:
    told = Z1 if holder in AS_PUBLISHED else f"{Z1}: {line.value:,.1f} times the common factor"
    moved = " and primary dealers' net position since" if holder == "usa_dealers" else ""
    return Figure(
        name="holder_total",
        holder=holder,
        value=factor * line.value,
        unit="USD bn",
        standing="data" if holder == "usa_mmf" else "derived",
        source=told + moved,
        as_of=line.as_of,
        note="Domestic hedge funds are in this line." if holder == "usa_household" else "",
    )


def _scale(scale: float, day: date) -> Figure:
    return Figure(
        name="domestic_scale",
        value=scale,
        unit="ratio",
        standing="derived",
        source=f"Debt less the Fed, foreigners, money funds and dealers, over the rest of {Z1}",
        as_of=day,
        note="Face over market value, growth since the quarter, and what custody data miss.",
    )


def _fed(snapshot: Snapshot, day: date, outstanding: float) -> Figure:
    weekly = snapshot.last("fed_holdings_weekly", "treasuries_usd_mn", day)
    if weekly is not None:
        return Figure(
            name="holder_total",
            holder="fed",
            value=weekly.value / 1e3,
            unit="USD bn",
            standing="data",
            source="Federal Reserve H.4.1, TREAST",
            as_of=weekly.as_of,
        )
    share = snapshot.last("ownership_shares_annual", "federal_reserve_pct", day)
    if share is None:
        raise LookupError(f"the Fed's book is unknown on {day}")
    return Figure(
        name="holder_total",
        holder="fed",
        value=share.value / 100.0 * outstanding,
        unit="USD bn",
        standing="derived",
        source="Federal Reserve, FEDS Note of 2023-06-23, figure 3a, times the debt outstanding",
        as_of=share.as_of,
        note="Weekly data start on 2002-12-18.",
    )
