"""How often yen were bought in rounds, and how that went with the weakness of the yen."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.optimize import newton

from selloff.data import table
from selloff.evidence import Z95, parameters
from selloff.vocab import BUSINESS_DAYS_PER_YEAR

_APART: Final = pd.Timedelta(days=21)
"""Purchases nearer to each other than this belong to one round."""


@dataclass(frozen=True)
class Rounds:
    """Rounds of buying yen against the distance of the dollar in yen from its trend."""

    gaps: tuple[float, ...]
    """Distance the day before each round began [log]."""
    years: float
    """Length of the sample [years]."""
    rate: float
    """Rounds a year at the mean of those distances [1/year]."""
    loading: float
    loading_error: float
    """Standard error of the loading [1 per log]."""

    @property
    def rate_range(self) -> tuple[float, float]:
        """Rate at 5 and 95 percent, from the count alone [1/year]."""
        return spread_of(self.rate, len(self.gaps))

    @property
    def loading_range(self) -> tuple[float, float]:
        """Loading at 5 and 95 percent [1 per log]."""
        width = float(np.exp(Z95 * self.loading_error / self.loading))
        return self.loading / width, self.loading * width


def spread_of(rate: float, count: int) -> tuple[float, float]:
    """Range of a rate of which few events are known.

    ln rate +- 1.645 / sqrt(count)
    """
    width = float(np.exp(Z95 / np.sqrt(count)))
    return rate / width, rate * width


def yen_rounds() -> Rounds:
    """Fit how the chance of a round depends on how weak the yen is.

    l(x) = l_r exp(b (min(x, x_m) - x_r)), by maximum likelihood over days; with x_r the mean
    distance at which rounds began, errors of l_r and b are independent.
    """
    memory = parameters()["yen_trend_memory"].p50
    quotes = table("fx_daily").set_index("date")["JPY"].dropna()
    levels = -np.log(quotes)
    known = (levels - levels.ewm(halflife=memory).mean()).shift(1).iloc[BUSINESS_DAYS_PER_YEAR:]
    gaps = [float(known[:day].iloc[-1]) for day in _round_starts() if day >= known.index[0]]
    history = np.minimum(known.to_numpy(), max(gaps))
    mean = float(np.mean(gaps))

    def weighed(loading: float) -> tuple[float, float]:
        """Mean and variance of distances, days weighed by the chance of a round."""
        weights = np.exp(loading * (history - mean))
        centre = np.average(history, weights=weights)
        return float(centre), float(np.average((history - centre) ** 2, weights=weights))

    loading = float(newton(lambda b: mean - weighed(b)[0], 0.0, lambda b: -weighed(b)[1]))
    variance = weighed(loading)[1]
    years = history.size / BUSINESS_DAYS_PER_YEAR
    return Rounds(
        gaps=tuple(gaps),
        years=years,
        rate=len(gaps) / (years * float(np.mean(np.exp(loading * (history - mean))))),
        loading=loading,
        loading_error=float(1.0 / np.sqrt(len(gaps) * variance)),
    )


def _round_starts() -> list[pd.Timestamp]:
    book = table("mof_intervention_daily")
    days = book[book["direction"] == "sell_USD_buy_JPY"]["date"].sort_values()
    is_first = days.diff().isna() | (days.diff() > _APART)
    return list(days[is_first])
