"""Baseline noise: how yields and exchange rates move without any sale."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.data import PACKAGED, Snapshot, Vintage, table
from selloff.vocab import BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_YEAR, FOREIGN, PCT, Axis

Array = NDArray[np.float64]
NODE_YEARS = (2.0, 5.0, 10.0, 30.0)
"""Maturities of the dollar yields that carry noise [years]."""
NODES = Axis(*(f"{years:g}Y" for years in NODE_YEARS))
FACTORS = Axis(*NODES, "JGB 10Y", *FOREIGN)
"""What carries noise: dollar yields, the 10-year JGB, log exchange rates."""
_OVERLAP = BUSINESS_DAYS_PER_MONTH
_SHORTEST = 2 * BUSINESS_DAYS_PER_YEAR
_BORROWED = "2010-12-31"
"""Vintages with less than two years of joint history use the sample up to this date."""


@dataclass(frozen=True, eq=False)
class Noise:
    """Covariance of monthly changes and its discretisation."""

    covariance: Array
    """Of the factors, a year [decimal squared]."""
    reversion: Array
    """Of each factor [1/year]."""
    decay: Array
    """Left of each factor after a day and after a month [fraction]."""
    shock: Array
    """Cholesky factor of the innovations over a day and over a month [decimal]."""
    excess: Array
    """Variance of each factor of late above its long-run level, over that level [ratio]."""
    n_months: float
    """Length of the sample [months]."""


@dataclass(frozen=True)
class Weather:
    """How volatility comes and goes around its long-run level."""

    memory_days: float
    """Half-life of the weights of past days [business days]."""
    carry: float
    """Part of an excess of variance that is expected to last into tomorrow [fraction]."""
    half_life: float
    """Of that excess [years]."""


@lru_cache(maxsize=8)
def noise(
    world: Vintage, reversion: float, *, weather: Weather, until: date | None = None
) -> Noise:
    """Estimate the covariance of markets from history.

    Overlapping changes over 21 days, so that closes in different time zones line up.
    """
    levels = history(until or world.date, world.snapshot)
    changes = levels.diff(_OVERLAP).dropna()
    yearly = BUSINESS_DAYS_PER_YEAR / _OVERLAP
    covariance = np.cov(changes.to_numpy().T) * yearly
    is_yield = np.array([factor not in FOREIGN for factor in FACTORS])
    speed = np.where(is_yield, reversion, 0.0)
    steps = np.array([1.0, BUSINESS_DAYS_PER_MONTH]) / BUSINESS_DAYS_PER_YEAR
    decay = np.exp(-speed * steps[:, None])
    shock = np.stack([np.linalg.cholesky(_over(covariance, speed, h)) for h in steps])
    ratio = variance_ratio(levels, weather.memory_days)[-1]
    # What was borrowed from later years knows nothing of the day.
    is_borrowed = levels.index[-1] > pd.Timestamp(until or world.date)
    excess = np.zeros_like(ratio) if is_borrowed else ratio - 1.0
    return Noise(covariance, speed, decay, shock, excess, len(levels) / BUSINESS_DAYS_PER_MONTH)


def swell(excess: Array, years: Array, weather: Weather) -> Array:
    """Expected volatility on the way back to its long-run level.

    s[t]^2 = 1 + c x 2^(-t / h)

    Source: mean-reverting variance in the manner of GARCH(1,1) (Bollerslev 1986).
    """
    left = weather.carry * 0.5 ** (years / weather.half_life)
    return np.asarray(np.sqrt(1.0 + left[:, None] * excess))


def variance_ratio(levels: pd.DataFrame, memory_days: float) -> Array:
    """Variance of daily changes of late over its mean so far, day by day.

    Source: exponentially weighted moving variance (RiskMetrics 1996).
    """
    squares = levels.diff().iloc[1:] ** 2
    late = squares.ewm(halflife=memory_days).mean().to_numpy()
    mean = squares.expanding().mean().to_numpy()
    return np.asarray(np.where(mean > 0.0, late / np.where(mean > 0.0, mean, 1.0), 1.0))


def history(until: date, snapshot: Snapshot = PACKAGED) -> pd.DataFrame:
    """Node yields, the 10-year JGB and log exchange rates on days when all are quoted."""
    yields = _wide("us_yields_daily", list(NODES), snapshot)
    jgb = _wide("jgb_yields_daily", ["10Y"], snapshot)
    rates = np.log(_wide("fx_daily", list(FOREIGN), snapshot))
    joined = pd.concat([yields * PCT, jgb * PCT, rates], axis=1, join="inner", sort=True).dropna()
    recent = joined.loc[: pd.Timestamp(until)]
    return recent if len(recent) >= _SHORTEST else joined.loc[:_BORROWED]


def _over(covariance: Array, speed: Array, years: float) -> Array:
    pair = speed[:, None] + speed[None, :]
    safe = np.where(pair > 0.0, pair, 1.0)
    return covariance * np.where(pair > 0.0, -np.expm1(-pair * years) / safe, years)


def _wide(name: str, columns: list[str], snapshot: Snapshot) -> pd.DataFrame:
    return table(name, snapshot).set_index("date")[columns]
