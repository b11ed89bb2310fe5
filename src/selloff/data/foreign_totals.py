"""What the Treasury publishes of foreign holdings, the newer table before the older."""

from datetime import date

import numpy as np

from selloff.data.assumptions import Assumption, official_shares
from selloff.data.records import Array
from selloff.data.tables import Observation, Snapshot


def country_totals(snapshot: Snapshot, day: date) -> tuple[Array, list[Assumption]]:
    """List the countries of a month; Table 3 overrules the older table of holders."""
    known = snapshot.until("tic_holdings_monthly", day)
    month = known[(known["date"] == known["date"].max()) & (known["series"] == "primary")]
    values = dict(zip(month["country"], month["usd_bn"], strict=True))
    if month.empty or month["date"].iloc[0].date() != day:
        raise LookupError(f"no foreign holdings for {day}")
    newer = _table3(snapshot, day)
    values |= {name: newer[name] for name in newer if name == "Japan"}
    if {"Foreign official", "Foreign non-official"} <= set(newer):
        values["Grand Total"] = newer["Foreign official"] + newer["Foreign non-official"]
    grand = float(values["Grand Total"])
    rows = [row for row in official_shares() if row.label in values and row.key != "row"]
    listed = [float(values[row.label]) for row in rows]
    rest = next(row for row in official_shares() if row.key == "row")
    return np.array([*listed, grand - sum(listed)]), [*rows, rest]


def _table3(snapshot: Snapshot, day: date) -> dict[str, float]:
    known = snapshot.until("tic_table3_monthly", day)
    month = known[(known["date"] == np.datetime64(day)) & (known["maturity"] == "total")]
    return dict(zip(month["holder"], month["holdings_usd_bn"], strict=True))


def official_totals(snapshot: Snapshot, day: date) -> tuple[Observation, Observation]:
    """Find what all foreign officials hold, and how much of it in bills."""
    official = snapshot.last("tic_official_monthly", "official_usd_bn", day)
    bills = snapshot.last("tic_official_monthly", "official_bills_usd_bn", day)
    if official is None or bills is None:
        raise LookupError(f"no official total known on {day}")
    newer = _table3(snapshot, day).get("Foreign official")
    return official if newer is None else Observation(newer, day), bills
