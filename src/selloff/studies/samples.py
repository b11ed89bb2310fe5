"""What a sample tells: its range, the range of a share, and how much its weights count."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from scipy.stats import binomtest

Array = NDArray[np.float64]
LEVELS: Final = (0.05, 0.5, 0.95)
"""What is told of a sample: its middle, and the ends of the range that holds 90% of it."""


def spread_of(values: Array, weights: Array | None = None) -> dict[str, float]:
    """Give the middle of a sample and the ends of its 90% range."""
    if weights is None:
        ends = np.quantile(values, LEVELS)
    else:
        ends = np.quantile(values, LEVELS, weights=weights, method="inverted_cdf")
    return dict(zip(("p05", "p50", "p95"), ends.tolist(), strict=True))


def share_range(hits: int, n: int) -> tuple[float, float]:
    """Find the 90% range of a share that was seen (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    found = binomtest(hits, n).proportion_ci(0.9, method="wilson")
    return float(found.low), float(found.high)


def weights_of(log_weights: Array) -> Array:
    """Turn logs into weights that sum to one."""
    return np.asarray(softmax(log_weights))


def effective_size(weights: Array) -> float:
    """Count how many equal weights are as good."""
    return float(weights.sum() ** 2 / np.sum(weights**2))
