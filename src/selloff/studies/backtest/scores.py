"""Scores of a weighted sample against what happened."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

Array = NDArray[np.float64]


def weighted_quantiles(values: Array, weights: Array, levels: tuple[float, ...]) -> Array:
    """Read quantiles off a weighted sample."""
    order = np.argsort(values)
    ranked, weight = values[order], weights[order]
    middle = np.cumsum(weight) - 0.5 * weight
    return np.asarray(np.interp(levels, middle, ranked))


def crps(values: Array, weights: Array, happened: float) -> float:
    """Score a forecast by the area between its distribution and what happened.

    E|X - y| - E|X - X'| / 2

    Source: Gneiting and Raftery (2007), equation 20, for a weighted sample.
    """
    order = np.argsort(values)
    ranked, weight = values[order], weights[order]
    upto = np.cumsum(weight)
    spread = float(np.sum(weight * ranked * (2.0 * upto - weight - 1.0)))
    return float(np.sum(weight * np.abs(ranked - happened))) - spread


def share_range(hits: int, n: int) -> tuple[float, float]:
    """Find the 90% range of a share that was seen (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    found = binomtest(hits, n).proportion_ci(0.9, method="wilson")
    return float(found.low), float(found.high)


def effective_share(weights: Array) -> float:
    """Count how many equal weights are as good."""
    return float(weights.sum() ** 2 / np.sum(weights**2))
