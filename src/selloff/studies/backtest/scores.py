"""Scores of a weighted sample against what happened."""

import numpy as np
from numpy.typing import NDArray

from selloff.evidence import Z95
from selloff.studies.samples import effective_size

Array = NDArray[np.float64]


def weighted_quantiles(values: Array, weights: Array, levels: tuple[float, ...]) -> Array:
    """Read quantiles off a weighted sample."""
    order = np.argsort(values)
    ranked, weight = values[order], weights[order]
    middle = np.cumsum(weight) - 0.5 * weight
    return np.asarray(np.interp(levels, middle, ranked))


def median_error(values: Array, weights: Array) -> float:
    """Find how far the median of other draws could be: half its 90% range.

    (q(1/2 + d) - q(1/2 - d)) / 2,  d = z95 / (2 sqrt(n)), n draws of equal weight
    """
    d = min(0.5 * Z95 / np.sqrt(effective_size(weights)), 0.5)
    low, high = weighted_quantiles(values, weights, (0.5 - d, 0.5 + d))
    return float(0.5 * (high - low))


def crps(values: Array, weights: Array, happened: float) -> float:
    """Score a forecast by the area between its distribution and what happened.

    E|X - y| - E|X - X'| / 2

    Source: Gneiting and Raftery (2007), equation 20, for a weighted sample.
    """
    return float(crps_of(values, weights, np.array([happened]))[0])


def crps_of(values: Array, weights: Array, outcomes: Array) -> Array:
    """Score a forecast against each of many outcomes.

    E|X - y| = y (2 F(y) - 1) + E X - 2 E[X; X <= y]
    """
    order = np.argsort(values)
    ranked, weight = values[order], weights[order]
    upto = np.cumsum(weight)
    spread = float(np.sum(weight * ranked * (2.0 * upto - weight - 1.0)))
    below = np.searchsorted(ranked, outcomes, side="right")
    mass, part = np.r_[0.0, upto][below], np.r_[0.0, np.cumsum(weight * ranked)][below]
    whole = float(weight @ ranked)
    return np.asarray(outcomes * (2.0 * mass - upto[-1]) + whole - 2.0 * part - spread)


def ranks_of(values: Array, weights: Array, outcomes: Array) -> Array:
    """Find what part of a forecast lies below each outcome: its probability integral transform."""
    order = np.argsort(values)
    middle = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.interp(outcomes, values[order], middle, left=0.0, right=1.0)
