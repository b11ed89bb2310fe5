"""The average rate the Treasury pays on each class of security."""

from datetime import date
from typing import Final

import numpy as np

from selloff.data.assumptions import scalars
from selloff.data.ladder import REPRICED
from selloff.data.records import Array, Figure
from selloff.data.securities import CLASSES
from selloff.data.tables import Observation, Snapshot

STALE_DAYS: Final = 92
"""Rates of bills and floating notes older than this are read off the 3-month yield."""
AVERAGE_RATES: Final = "US Treasury, average interest rates; H.15, 3 months, for bills thereafter"
RATE_NOTES: Final = {"bills": "Discount rate.", "tips": "Real rate."}


def class_rates(snapshot: Snapshot, day: date) -> tuple[Array, list[Figure]]:
    """Read the last average rates; bills and floating notes follow the market once they end.

    Source: US Treasury, average interest rates; Federal Reserve H.15.
    """
    known = snapshot.until("avg_interest_rates", day).drop_duplicates("security", keep="last")
    last = {
        str(row.security): Observation(float(row.rate_pct), row.date.date())
        for row in known.itertuples()
    }
    market = snapshot.last("us_yields_daily", "3M", day)
    found = {name: _observed_rate(last, name) for name in CLASSES}
    for name in REPRICED:
        known_rate = found[name]
        if known_rate is not None and market is not None:
            stale = (day - known_rate.as_of).days > STALE_DAYS
            found[name] = market if stale else known_rate
    figures = [_rate_figure(name, found[name], day) for name in CLASSES]
    return np.array([figure.value for figure in figures]), figures


def _rate_figure(name: str, found: Observation | None, day: date) -> Figure:
    if found is not None:
        return Figure(
            name=f"average_rate_{name}",
            value=found.value,
            unit="percent a year",
            standing="data",
            source=AVERAGE_RATES,
            as_of=found.as_of,
            note=RATE_NOTES.get(name, ""),
        )
    key = "coupon_before_2014_frn" if name == "frn" else f"coupon_before_2001_{name}"
    chosen = scalars()[key]
    return Figure(
        name=f"average_rate_{name}",
        value=chosen.value,
        unit="percent a year",
        standing="assumption",
        source=chosen.source,
        as_of=day,
        note=f"{chosen.reason}.",
    )


def _observed_rate(last: dict[str, Observation], name: str) -> Observation | None:
    if name in last:
        return last[name]
    if name == "tips" and {"tips_notes", "tips_bonds"} <= set(last):
        weight = scalars()["tips_notes_weight"].value
        notes, bonds = last["tips_notes"], last["tips_bonds"]
        mixed = weight * notes.value + (1.0 - weight) * bonds.value
        return Observation(mixed, min(notes.as_of, bonds.as_of))
    return None
