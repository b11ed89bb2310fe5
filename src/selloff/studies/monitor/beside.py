"""Signs beside the chances: slow, short or weak series that are watched and not counted."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from selloff.data import PACKAGED, Snapshot, known_on, table
from selloff.studies.monitor.rules import table as rules_table
from selloff.vocab import BUSINESS_DAYS_PER_QUARTER

_YEAR: Final = pd.DateOffset(years=1)
_WEAK: Final = "tells less than a hundredth of Japan's flows over 96 months"
_SLOW: Final = "comes once a year"


@dataclass(frozen=True)
class Sign:
    """One sign: what it is now, from which limit on it looks like an unwind."""

    name: str
    value: float
    limit: float
    unit: str
    as_of: date
    why_not_counted: str

    @property
    def is_raised(self) -> bool:
        """Does it look like an unwind?"""
        return self.value <= self.limit

    @property
    def plain(self) -> dict[str, Any]:
        """As it is printed and saved."""
        return vars(self) | {"as_of": self.as_of.isoformat(), "is_raised": self.is_raised}


def signs(day: date, snapshot: Snapshot = PACKAGED) -> tuple[Sign, ...]:
    """Read the signs that were known on a day; one without data is left out."""
    found = (make(pd.Timestamp(day), snapshot) for make in (pickup, allotments, reserve_share))
    return tuple(each for each in found if each is not None)


def pickup(now: pd.Timestamp, snapshot: Snapshot) -> Sign | None:
    """Ten-year Treasury less hedge cost less ten-year JGB, mean of a quarter; no basis.

    p = y_UST - (r_USD - r_JPY) - y_JGB
    """
    dollar, yen = (
        _known(name, "10Y", now, snapshot) for name in ("us_yields_daily", "jgb_yields_daily")
    )
    short = [
        _known("policy_rates_daily", name, now, snapshot)
        for name in ("fed_funds_pct", "boj_call_pct")
    ]
    days = (dollar - (short[0] - short[1]) - yen).dropna().tail(BUSINESS_DAYS_PER_QUARTER)
    if len(days) < BUSINESS_DAYS_PER_QUARTER:
        return None
    what = "Hedged pick-up of a ten-year Treasury over a JGB, mean of a quarter"
    return _sign(what, days, float(days.mean()), "pickup_floor", why=_WEAK)


def allotments(now: pd.Timestamp, snapshot: Snapshot) -> Sign | None:
    """Foreign share of auctions of notes and bonds less that of the year before, by tenor.

    The smaller fall of the last two months counts, so that both must have fallen.
    """
    frame = _out("auction_allotments", now, snapshot)
    frame = frame.assign(month=frame["date"] + pd.offsets.MonthEnd(0))
    months = sorted(frame["month"].unique())[-2:]
    gaps = [_gap(frame, month) for month in months]
    if len(gaps) < 2 or np.isnan(gaps).any():
        return None
    what = "Foreigners' share of auctions less that of the year before, the better of two months"
    by_month = pd.Series(gaps, index=pd.DatetimeIndex(months))
    why = f"is at hand for {frame['month'].nunique()} months, too few to fit"
    return _sign(what, by_month, max(gaps), "allotment_gap", why=why)


def _gap(frame: pd.DataFrame, month: pd.Timestamp) -> float:
    """Share of a month's auctions less the mean share of the same tenors in the year before."""
    own = frame[frame["month"] == month]
    begin = month - pd.offsets.MonthEnd(1)
    year = frame[(frame["date"] > begin - _YEAR) & (frame["date"] <= begin)]
    usual = own["tenor"].map(year.groupby("tenor")["foreign_pct"].mean())
    gap, size = own["foreign_pct"] - usual, own["public_size_usd_bn"].where(usual.notna())
    return float((gap * size).sum() / size.sum()) if size.sum() else float("nan")


def reserve_share(now: pd.Timestamp, snapshot: Snapshot) -> Sign | None:
    """Dollar's share of the world's reserves less that of a year before; not at one exchange rate.

    Source: IMF, COFER.
    """
    known = _known("cofer_shares_annual", "usd_pct", now, snapshot)
    if len(known) < 2:
        return None
    change = float(known.iloc[-1] - known.iloc[-2])
    what = f"Dollar's share of reserves, {known.iloc[-1]:.1f}%, against a year before"
    return _sign(what, known, change, "reserves_share_fall", why=_SLOW)


def _sign(name: str, series: pd.Series, value: float, rule: str, *, why: str) -> Sign:
    limit = rules_table()[rule]
    return Sign(name, value, limit.value, limit.unit, series.index[-1].date(), why)


def _out(name: str, now: pd.Timestamp, snapshot: Snapshot) -> pd.DataFrame:
    frame = table(name, snapshot)
    out = frame["date"].map(known_on(name))
    return frame[out <= now]


def _known(name: str, column: str, now: pd.Timestamp, snapshot: Snapshot) -> pd.Series:
    return _out(name, now, snapshot).set_index("date")[column].dropna()
