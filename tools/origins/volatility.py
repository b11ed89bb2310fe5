"""How volatility comes and goes, read off the history of the baseline's markets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.noise import history, variance_ratio
from selloff.data import DEFAULT_VINTAGE, vintage
from selloff.evidence import Z95
from selloff.vocab import BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_YEAR, CURRENCIES

Array = NDArray[np.float64]
_BURN_IN = 2 * BUSINESS_DAYS_PER_YEAR
_HORIZONS = tuple(BUSINESS_DAYS_PER_MONTH * n for n in (1, 2, 3, 4, 6, 9, 12))
_SHORT = 3 * BUSINESS_DAYS_PER_MONTH


@dataclass(frozen=True)
class VolatilityFit:
    """How volatility comes and goes."""

    carry: float
    """Part of an excess of variance that lasts into tomorrow [fraction]."""
    half_life: float
    """Of that excess [years]."""
    spread: tuple[float, float, float]
    """Volatility that came against the volatility expected, 5-50-95% [ratio]."""


def fit_volatility(memory_days: float) -> VolatilityFit:
    """Fit the return of variance to its long-run level, pooled over markets.

    mean over h days of (v[t+s] / v - 1) = c x mean over h days of 2^(-s / H) x (v[t] / v - 1)

    The yuan is left out: it is managed.
    """
    levels = history(vintage(DEFAULT_VINTAGE).date)
    levels = levels.iloc[:, : levels.shape[1] - (CURRENCIES[-1] == "CNY")]
    ratio = variance_ratio(levels, memory_days)
    squares = levels.diff().iloc[1:].to_numpy() ** 2
    mean = np.cumsum(squares, axis=0) / np.arange(1, len(squares) + 1)[:, None]
    to_come = squares[_BURN_IN:] / mean[_BURN_IN:]
    ratio = ratio[_BURN_IN:]
    slopes = np.array([_slope(ratio, _ahead(to_come, h)) for h in _HORIZONS])
    carry, half_life = _decay(slopes)
    expected = 1.0 + carry * _mean_left(half_life, _SHORT) * (ratio - 1.0)
    gap = 0.5 * np.log(_ahead(to_come, _SHORT) / expected)[:-_SHORT]
    sampling = 1.0 / (2.0 * _SHORT)
    sd = float(np.sqrt(np.mean(np.var(gap, axis=0)) - sampling))
    low, mid, high = np.exp(np.median(gap) + sd * Z95 * np.array([-1.0, 0.0, 1.0]))
    return VolatilityFit(carry, half_life, (float(low), float(mid), float(high)))


def _ahead(values: Array, days: int) -> Array:
    """Mean over the next days; the last rows, which have fewer, repeat."""
    total = np.cumsum(np.vstack([np.zeros_like(values[:1]), values]), axis=0)
    mean = (total[days:] - total[:-days]) / days
    return np.concatenate([mean[1:], np.repeat(mean[-1:], days, axis=0)])


def _slope(ratio: Array, ahead: Array) -> float:
    """Slope of later on present excess, the mean over markets."""
    x, y = ratio[: -_HORIZONS[-1]], ahead[: -_HORIZONS[-1]]
    x, y = x - x.mean(axis=0), y - y.mean(axis=0)
    return float(np.mean(np.sum(x * y, axis=0) / np.sum(x * x, axis=0)))


def _decay(slopes: Array) -> tuple[float, float]:
    """Fit c and H to the slopes by least squares on a grid of half-lives."""
    candidates = np.geomspace(0.05, 5.0, 400)
    shapes = np.array([[_mean_left(h, days) for days in _HORIZONS] for h in candidates])
    carry = shapes @ slopes / np.sum(shapes**2, axis=1)
    misfit = np.sum((slopes - carry[:, None] * shapes) ** 2, axis=1)
    best = int(np.argmin(misfit))
    return float(carry[best]), float(candidates[best])


def _mean_left(half_life: float, days: int) -> float:
    turns = np.log(2.0) * days / BUSINESS_DAYS_PER_YEAR / half_life
    return float(-np.expm1(-turns) / turns)
