"""Every marketable security outstanding, carried from the day of the list to a later month."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.data.assumptions import auction_mix
from selloff.data.records import Array
from selloff.data.tables import Snapshot
from selloff.vocab.axes import (
    BUCKET_EDGES,
    BUCKETS,
    DAYS_PER_YEAR,
    QUARTERS_PER_YEAR,
    TENOR_YEARS,
    TENORS,
)

CLASSES: Final = ("bills", "notes", "bonds", "tips", "frn")
LONGEST_QUARTERS: Final = 120
FRN_YEARS: Final = 2.0
"""Floating rate notes are issued for two years."""


@dataclass(frozen=True, eq=False)
class Securities:
    """Securities outstanding at a date, one entry each."""

    kind: NDArray[np.int_]
    """Index of the class."""
    years: Array
    """Remaining life [years]."""
    face: Array
    """Amount outstanding [USD bn]."""
    coupon_pct: Array
    """Rate paid; missing where it floats or is a discount [percent a year]."""

    def by_bucket(self, weight: Array) -> Array:
        """Sum a weight of each security by class and bucket."""
        where = np.searchsorted(BUCKET_EDGES, self.years, "right") - 1
        return self._summed(weight, where, len(BUCKETS))

    def by_quarter(self) -> Array:
        """Face that falls due, by class and quarter ahead [USD bn]."""
        when = np.minimum((self.years * QUARTERS_PER_YEAR).astype(int), LONGEST_QUARTERS - 1)
        return self._summed(self.face, when, LONGEST_QUARTERS)

    def _summed(self, weight: Array, where: NDArray[np.int_], places: int) -> Array:
        table = np.zeros((len(CLASSES), places))
        np.add.at(table, (self.kind, where), weight)
        return table


def read_securities(snapshot: Snapshot, day: date, by_class: Array) -> Securities | None:
    """List what is outstanding at a date: what is left of the list, and new issues for the rest.

    Source: US Treasury MSPD Table 3 of one day, class totals of Table 1, auctions since.
    """
    known = snapshot.until("securities_ladder", day)
    if known.empty:
        return None
    since = (day - known["date"].iloc[0].date()).days / DAYS_PER_YEAR
    due = pd.to_datetime(known["maturity_date"])
    life = (due - known["date"]).dt.days.to_numpy() / DAYS_PER_YEAR
    classes = known["security"].to_numpy()
    rates, parts = _new_rates(snapshot, day), []
    for index, (name, total) in enumerate(zip(CLASSES, by_class, strict=True)):
        mine = classes == name
        # Bills are rolled within weeks, so they keep the lives of the list.
        years = life[mine] - (0.0 if name == "bills" else since)
        alive = years > 0.0
        face = known["face_usd_bn"].to_numpy()[mine][alive]
        kept = np.stack([years[alive], face, known["coupon_pct"].to_numpy()[mine][alive]])
        gap = total - face.sum()
        if name == "bills" or since == 0.0 or gap <= 0.0:
            kept[1] *= total / face.sum()
        else:
            kept = np.hstack([kept, _new_issues(name, gap, since=since, rates=rates)])
        parts.append(np.vstack([np.full(kept.shape[1], index), kept]))
    kind, years, face, coupon = np.hstack(parts)
    return Securities(kind.astype(int), years, face, coupon)


def _new_issues(name: str, gap: float, *, since: float, rates: Array) -> Array:
    """Years, face and coupon of issues sold since the list, half as old as the list on average."""
    if name == "frn":
        return np.array([[FRN_YEARS - since / 2.0], [gap], [np.nan]])
    mix = auction_mix()[name]
    sold = mix > 0.0
    coupon = rates if name != "tips" else np.full(len(TENORS), np.nan)
    years = np.array(TENOR_YEARS) - since / 2.0
    return np.stack([years[sold], gap * mix[sold] / mix.sum(), coupon[sold]])


def _new_rates(snapshot: Snapshot, day: date) -> Array:
    """Mean high yield of the auctions since the list, by tenor."""
    known = snapshot.until("coupon_auctions", day)
    recent = known[known["date"] > snapshot.until("securities_ladder", day)["date"].max()]
    means = recent.groupby("tenor")["high_yield_pct"].mean()
    return np.array([means.get(tenor, np.nan) for tenor in TENORS])
