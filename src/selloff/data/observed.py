"""What happened between two closes, read off the shipped tables."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from selloff.data.tables import table
from selloff.vocab.axes import EPISODE_VARIABLES

_OLDEST: Final = timedelta(days=5)
_BP_PER_POINT: Final = 100.0
_YIELDS: Final = {
    "us_2y_bp": ("us_yields_daily", "2Y"),
    "us_5y_bp": ("us_yields_daily", "5Y"),
    "us_10y_bp": ("us_yields_daily", "10Y"),
    "us_30y_bp": ("us_yields_daily", "30Y"),
    "term_premium_10y_bp": ("acm_term_premium_daily", "term_premium_10y_pct"),
    "jgb_10y_bp": ("jgb_yields_daily", "10Y"),
}


def observed(start: date, end: date) -> dict[str, float]:
    """Read how markets changed over a window."""
    changes = {
        name: _BP_PER_POINT * (_close(*where, end) - _close(*where, start))
        for name, where in _YIELDS.items()
    }
    before, after = (_close("fx_daily", "JPY", day) for day in (start, end))
    changes["usdjpy_pct"] = 100.0 * (before / after - 1.0)
    return {name: changes[name] for name in EPISODE_VARIABLES}


def trading_days(start: date, end: date) -> int:
    """Count the trading days after one day up to another."""
    quoted = table("us_yields_daily")[["date", "10Y"]].dropna()["date"]
    first, last = quoted.iloc[0].date(), quoted.iloc[-1].date()
    if start < first or end > last:
        return int(np.busday_count(start + timedelta(days=1), end + timedelta(days=1)))
    return int(((quoted > pd.Timestamp(start)) & (quoted <= pd.Timestamp(end))).sum())


def _close(name: str, column: str, day: date) -> float:
    quotes = table(name)[["date", column]].dropna()
    known = quotes[quotes["date"] <= pd.Timestamp(day)]
    if known.empty or known["date"].iloc[-1].date() < day - _OLDEST:
        return float("nan")
    return float(known[column].iloc[-1])
