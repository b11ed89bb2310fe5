"""What happened beside a holder's flows: moves of policy rates, the debt limit, ratings."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

import pandas as pd

from selloff.data import Snapshot, known_on, table
from selloff.vocab import rows_of

_BANKS: Final = {"fed_funds_pct": "Fed", "boj_policy_pct": "BoJ"}
_STEP_BP: Final = 5
_SMALLEST_BP: Final = 10
"""Rates overnight scatter by some basis points about the one that was set."""
_BP: Final = 100.0


def events_by_month(months: pd.DatetimeIndex, day: date, snapshot: Snapshot) -> list[str]:
    """List what happened in each month, as far as it was known on a day."""
    told: dict[pd.Period, list[str]] = {}
    for when, what in (*_listed(), *_rate_moves(snapshot)):
        if when <= pd.Timestamp(day):
            told.setdefault(when.to_period("M"), []).append(what)
    return ["; ".join(told.get(month.to_period("M"), ())) for month in months]


@cache
def _listed() -> tuple[tuple[pd.Timestamp, str], ...]:
    rows = rows_of("studies.monitor", "events")
    return tuple((pd.Timestamp(row["date"]), row["event"]) for row in rows)


def _rate_moves(snapshot: Snapshot) -> Iterator[tuple[pd.Timestamp, str]]:
    """Change of a rate from the end of a month to that of the next, dated when it was known."""
    rates = table("policy_rates_daily", snapshot).set_index("date")
    out = known_on("policy_rates_daily")
    for column, bank in _BANKS.items():
        rate = rates[column].dropna()
        last = rate.groupby(rate.index.to_period("M")).tail(1)
        for when, change in last.diff().dropna().items():
            basis_points = round(_BP * change / _STEP_BP) * _STEP_BP
            if abs(basis_points) >= _SMALLEST_BP:
                yield min(out(when), when + pd.offsets.MonthEnd(0)), f"{bank} {basis_points:+d}bp"
