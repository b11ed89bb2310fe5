"""What a sample tells of one input: its share of the variance, and the range left once known."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Array = NDArray[np.float64]
BINS: Final = 20
"""Parts of a sample that are alike in the input [count]."""
_ENDS: Final = (0.05, 0.95)
_LEAST: Final = 10
"""Points a part has at least [count]."""
_SHUFFLES: Final = 8
_RESAMPLES: Final = 100


def first_order(x: Array, y: Array) -> float:
    """Share of the variance of y that goes with x, Var(E[y|x]) / Var(y), whatever x goes with.

    1 - (SSE / SST) (n - 1) / (n - 2k), with a line in each of k parts of points alike in x.
    """
    # Adjusted as R^2 is (Ezekiel 1930), so that an x that is not used has nothing on average.
    left = _less_lines(x, y)
    total = float(np.var(y)) * left.size
    if total == 0.0:
        return 0.0
    free = (left.size - 1) / (left.size - 2 * left.shape[0])
    return 1.0 - float(np.sum(left**2)) / total * free


def spread(y: Array) -> float:
    """Width of the range from 5 to 95 percent."""
    low, high = np.quantile(y, _ENDS)
    return float(high - low)


def spread_left(x: Array, y: Array, rng: np.random.Generator) -> tuple[float, float, float]:
    """Mean width of that range once x is known, and its band from 5 to 95 percent of resamples."""
    # Set against shuffled points, of which nothing is known: few points in a part are no knowledge.
    nothing = float(np.mean([_within(rng.permutation(x), y) for _ in range(_SHUFFLES)]))
    if nothing == 0.0:
        return 0.0, 0.0, 0.0
    each_way = spread(y) / nothing
    found = each_way * _within(x, y)
    again = (rng.integers(y.size, size=y.size) for _ in range(_RESAMPLES))
    others = each_way * np.array([_within(x[at], y[at]) for at in again])
    # A resample repeats points, which narrows its parts: its scatter counts, not its mean.
    low, high = found + np.quantile(others - others.mean(), _ENDS)
    return found, max(float(low), 0.0), float(high)


def score(columns: Array, y: Array, rng: np.random.Generator) -> Array:
    """Foretell y from several parameters, each half of the points by a fit to the other half.

    Least squares of the normal score of y on normal scores and their squares.
    """
    z = np.stack([_normal(each) for each in columns], axis=1)
    terms = np.concatenate([np.ones((y.size, 1)), z, z**2], axis=1)
    wanted, found = _normal(y), np.empty(y.size)
    half = rng.permutation(y.size) % 2
    for at in (0, 1):
        fit = np.linalg.lstsq(terms[half != at], wanted[half != at], rcond=None)[0]
        found[half == at] = terms[half == at] @ fit
    return found


def _normal(x: Array) -> Array:
    return np.asarray(ndtri((np.argsort(np.argsort(x, kind="stable")) + 0.5) / x.size))


def _count(n: int) -> int:
    return max(min(BINS, n // _LEAST), 2)


def _within(x: Array, y: Array) -> float:
    low, high = np.quantile(_less_lines(x, y), _ENDS, axis=1)
    return float(np.mean(high - low))


def _less_lines(x: Array, y: Array) -> Array:
    """Cut points into parts alike in x, and take a line in x out of each: one row a part."""
    parts = _count(y.size)
    evenly = np.linspace(0, y.size - 1, y.size // parts * parts).round().astype(np.int64)
    order = np.argsort(x, kind="stable")[evenly]
    xs, ys = x[order].reshape(parts, -1), y[order].reshape(parts, -1)
    xs, ys = (each - each.mean(axis=1, keepdims=True) for each in (xs, ys))
    room = np.sum(xs**2, axis=1, keepdims=True)
    slope = np.sum(xs * ys, axis=1, keepdims=True) / np.where(room > 0.0, room, 1.0)
    return np.asarray(ys - slope * xs)
