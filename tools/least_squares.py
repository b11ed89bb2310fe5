"""Least squares with the errors of Newey and West (1987), for tools that regress raw series."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def newey_west(x: Array, y: Array, lags: int) -> tuple[Array, Array]:
    """Fit y on x; give slopes and their covariance, robust to errors that go on for some lags."""
    inverse = np.linalg.inv(x.T @ x)
    slopes = inverse @ x.T @ y
    scores = x * (y - x @ slopes)[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        across = scores[lag:].T @ scores[:-lag]
        middle += (1.0 - lag / (lags + 1.0)) * (across + across.T)
    return slopes, inverse @ middle @ inverse
