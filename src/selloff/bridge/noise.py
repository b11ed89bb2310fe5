"""Baseline noise: how yields and exchange rates move without any sale."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.data import Vintage, table
from selloff.vocab import (
    BUSINESS_DAYS_PER_MONTH,
    BUSINESS_DAYS_PER_YEAR,
    CURRENCIES,
    PCT,
)

Array = NDArray[np.float64]
NODE_YEARS = (2.0, 5.0, 10.0, 30.0)
"""Maturities of the dollar yields that carry noise [years]."""
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
    n_months: float
    """Length of the sample [months]."""


def noise(world: Vintage, reversion: float) -> Noise:
    """Estimate the covariance of markets from history up to the vintage.

    Overlapping changes over 21 days, so that closes in different time zones line up.

    Arguments:
        world: the vintage; nothing after its date is used.
        reversion: mean reversion of yields; exchange rates are random walks [1/year].

    Returns:
        The noise process.

    Source: daily yields and exchange rates of the snapshot; exact OU discretisation.
    """
    levels = _levels(world)
    changes = levels.diff(_OVERLAP).dropna()
    yearly = BUSINESS_DAYS_PER_YEAR / _OVERLAP
    covariance = np.cov(changes.to_numpy().T) * yearly
    is_yield = np.arange(covariance.shape[0]) <= len(NODE_YEARS)
    speed = np.where(is_yield, reversion, 0.0)
    steps = np.array([1.0, BUSINESS_DAYS_PER_MONTH]) / BUSINESS_DAYS_PER_YEAR
    decay = np.exp(-speed * steps[:, None])
    shock = np.stack([np.linalg.cholesky(_over(covariance, speed, h)) for h in steps])
    return Noise(covariance, speed, decay, shock, len(levels) / BUSINESS_DAYS_PER_MONTH)


def node_weights(years: Array) -> Array:
    """Spread node yields over maturities: linear between nodes, flat outside.

    Arguments:
        years: maturities [years].

    Returns:
        Weights, maturity by node [ratio].

    Source: linear interpolation.
    """
    nodes = np.eye(len(NODE_YEARS))
    return np.stack([np.interp(years, NODE_YEARS, column) for column in nodes], axis=1)


def _levels(world: Vintage) -> pd.DataFrame:
    """Node yields, the 10-year JGB and log exchange rates on days when all are quoted."""
    yields = _wide("us_yields_daily", [f"{y:g}Y" for y in NODE_YEARS])
    jgb = _wide("jgb_yields_daily", ["10Y"])
    rates = np.log(_wide("fx_daily", list(CURRENCIES[1:])))
    joined = pd.concat([yields * PCT, jgb * PCT, rates], axis=1, join="inner", sort=True).dropna()
    recent = joined.loc[: pd.Timestamp(world.date)]
    return recent if len(recent) >= _SHORTEST else joined.loc[:_BORROWED]


def _over(covariance: Array, speed: Array, years: float) -> Array:
    pair = speed[:, None] + speed[None, :]
    safe = np.where(pair > 0.0, pair, 1.0)
    return covariance * np.where(pair > 0.0, -np.expm1(-pair * years) / safe, years)


def _wide(name: str, columns: list[str]) -> pd.DataFrame:
    return table(name).set_index("date")[columns]
