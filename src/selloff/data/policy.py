"""What rules look at when the books open: inflation, short rates, the trend of the yen."""

from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from selloff.data.tables import PACKAGED, Snapshot, table

INFLATION_TARGET_PCT: Final = 2.0
"""Target of the Federal Reserve, its statement of January 2012 [percent]."""
_PUBLISHED_AFTER: Final = pd.DateOffset(months=2)


def inflation_gap_pct(on: date, snapshot: Snapshot = PACKAGED) -> float:
    """US core inflation over twelve months less the target, as known on a day."""
    index = table("us_prices_monthly", snapshot).set_index("date")["core_pce_index"]
    known = index.loc[: pd.Timestamp(on) - _PUBLISHED_AFTER]
    return float(100.0 * (known.iloc[-1] / known.iloc[-13] - 1.0) - INFLATION_TARGET_PCT)


@lru_cache(maxsize=64)
def short_rate_pct(currency: str, on: date, snapshot: Snapshot = PACKAGED) -> float:
    """Overnight or policy rate as of a day."""
    column = {"USD": "fed_funds_pct", "JPY": "boj_call_pct"}[currency]
    last = snapshot.last("policy_rates_daily", column, on)
    return 0.0 if last is None else last.value


def yen_trend(on: date, snapshot: Snapshot = PACKAGED, *, memory_days: float) -> float:
    """Trend of the dollar in yen less its level."""
    dollars = table("fx_daily", snapshot).set_index("date")["JPY"].loc[: pd.Timestamp(on)].dropna()
    levels = -np.log(dollars)
    if levels.empty:
        return 0.0
    return float(levels.ewm(halflife=memory_days).mean().iloc[-1] - levels.iloc[-1])
