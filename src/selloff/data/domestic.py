"""Domestic books: the Fed, three lines of the Financial Accounts, and the remainder."""

from datetime import date
from typing import Final

import numpy as np

from selloff.data.assumptions import domestic_split, holder_maturity, z1_shares
from selloff.data.foreign import OpeningBooks
from selloff.data.records import Figure
from selloff.data.tables import Snapshot
from selloff.vocab.holders import holders

Z1_LINES: Final = {
    "usa_household": ("LM153061105",),
    "usa_state_local": ("LM213061103",),
    "usa_nonfinancial": ("LM103061103", "LM113061003"),
}
SPLIT_NOTE: Final = "Outstanding less foreign, Fed and the Z.1 lines found, split by assumption."


def read_domestic(
    snapshot: Snapshot, day: date, *, outstanding: float, foreign: float
) -> OpeningBooks:
    """Rebuild the domestic books at a date.

    Source: H.4.1 TREAST, Z.1 L.210; the split of the remainder is an assumption.
    """
    figures = [_fed(snapshot, day, outstanding)]
    figures += [_z1_line(snapshot, day, holder, outstanding=outstanding) for holder in Z1_LINES]
    remainder = outstanding - foreign - sum(figure.value for figure in figures)
    if remainder <= 0.0:
        raise LookupError(f"holders found exceed the debt by {-remainder:.1f} USD bn on {day}")
    figures += [
        Figure(
            name="holder_total",
            holder=row.key,
            value=remainder * row.value,
            unit="USD bn",
            standing="assumption",
            source=row.source,
            as_of=day,
            note=f"{SPLIT_NOTE} Share {row.value:g} ({row.low:g} to {row.high:g}): {row.reason}.",
        )
        for row in domestic_split().values()
    ]
    names = tuple(str(figure.holder) for figure in figures)
    prior = np.stack([holder_maturity()[_profile(name)] for name in names])
    totals = np.array([figure.value for figure in figures])
    return OpeningBooks(names, totals, prior, tuple(figures))


def _profile(holder: str) -> str:
    sector = holders()[holder].sector
    special = {"fed": "fed", "usa_state_local": "state_local", "usa_nonfinancial": "nonfinancial"}
    return special.get(holder, sector)


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


def _z1_line(snapshot: Snapshot, day: date, holder: str, *, outstanding: float) -> Figure:
    known = snapshot.until("z1_holders_partial", day)
    lines = known[known["series_code"].isin(Z1_LINES[holder])]
    if lines.empty:
        row = z1_shares()[holder]
        return Figure(
            name="holder_total",
            holder=holder,
            value=row.value * outstanding,
            unit="USD bn",
            standing="assumption",
            source=row.source,
            as_of=day,
            note=f"{row.reason}.",
        )
    last = lines[lines["date"] == lines["date"].max()]
    return Figure(
        name="holder_total",
        holder=holder,
        value=float(last["usd_bn"].sum()),
        unit="USD bn",
        standing="data",
        source=f"Federal Reserve Z.1 L.210, {', '.join(Z1_LINES[holder])}",
        as_of=last["date"].iloc[0].date(),
        note="Market value, read as face. The household line holds domestic hedge funds."
        if holder == "usa_household"
        else "Market value, read as face.",
    )
