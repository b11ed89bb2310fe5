"""What happened between two closes, read off the shipped tables."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from selloff.data.tables import table
from selloff.vocab.axes import EPISODE_VARIABLES
from selloff.vocab.units import BP, PCT

_OLDEST: Final = timedelta(days=5)
_YIELDS: Final = {
    "us_2y_bp": ("us_yields_daily", "2Y"),
    "us_5y_bp": ("us_yields_daily", "5Y"),
    "us_10y_bp": ("us_yields_daily", "10Y"),
    "us_30y_bp": ("us_yields_daily", "30Y"),
    "term_premium_10y_bp": ("acm_term_premium_daily", "term_premium_10y_pct"),
    "jgb_10y_bp": ("jgb_yields_daily", "10Y"),
}
_RATES: Final = {
    "usdjpy_pct": "JPY",
    "eurusd_pct": "EUR",
    "gbpusd_pct": "GBP",
    "usdcny_pct": "CNY",
}
_WHERE: Final = _YIELDS | {name: ("fx_daily", currency) for name, currency in _RATES.items()}


def observed(start: date, end: date) -> dict[str, float]:
    """Read how markets changed over a window, those that a table holds."""
    changes = {
        name: PCT / BP * (_end(name, end) - _close(*where, start))
        for name, where in _YIELDS.items()
    }
    for name, currency in _RATES.items():
        before, after = (_close("fx_daily", currency, day) for day in (start, end))
        # The table has dollars per unit of each currency.
        ratio = before / after if name.startswith("usd") else after / before
        changes[name] = 100.0 * (ratio - 1.0)
    return {name: changes[name] for name in EPISODE_VARIABLES if name in changes}


def not_known(changes: Mapping[str, float]) -> list[str]:
    """Say which tables do not hold a window's closes, and when they begin and end."""
    by_table: dict[str, list[str]] = {}
    for name, change in changes.items():
        if not np.isfinite(change):
            by_table.setdefault(_reach(name), []).append(name)
    return [
        f"{', '.join(names)}: {reach}; observed can give it" for reach, names in by_table.items()
    ]


def _reach(name: str) -> str:
    if name not in _WHERE:
        return "no free table holds it by day"
    file, column = _WHERE[name]
    days = table(file)[["date", column]].dropna()["date"]
    return f"{file} runs from {days.iloc[0]:%Y-%m-%d} to {days.iloc[-1]:%Y-%m-%d}"


def _end(name: str, day: date) -> float:
    """Read the close of a window; Tokyo shuts before New York, so its next close is taken."""
    table_name, column = _YIELDS[name]
    if name != "jgb_10y_bp":
        return _close(table_name, column, day)
    quotes = table(table_name)[["date", column]].dropna()
    later = quotes[quotes["date"] > pd.Timestamp(day)]
    if later.empty or later["date"].iloc[0].date() > day + _OLDEST:
        return _close(table_name, column, day)
    return float(later[column].iloc[0])


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
