"""Two ways to make guesses agree with published totals."""

from typing import Final

import numpy as np

from selloff.data.records import Array

WIDEST_SHIFT: Final = 60.0
"""Logit shift beyond which every share is zero or one in double precision."""


def logit(share: Array) -> Array:
    """Map a share to the real line."""
    return np.asarray(np.log(share) - np.log1p(-share))


def expit(score: Array) -> Array:
    """Map a real number to a share."""
    return np.asarray(1.0 / (1.0 + np.exp(-score)))


def rake_shares(prior: Array, width: Array, weights: Array, *, target: float) -> Array:
    """Shift shares in logit space, the uncertain ones more, until their sum meets a total.

    p_i = expit(logit(prior_i) + shift * width_i),  sum_i weights_i p_i = target

    Source: raking (iterative calibration to margins).
    """
    if not 0.0 < target < float(weights.sum()):
        raise ValueError(f"target {target} is outside (0, {float(weights.sum())})")
    scores = logit(prior)
    low, high = -WIDEST_SHIFT, WIDEST_SHIFT
    low, high = low / float(width.min()), high / float(width.min())
    while True:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        scored = np.clip(scores + middle * width, -WIDEST_SHIFT, WIDEST_SHIFT)
        if float(weights @ expit(scored)) < target:
            low = middle
        else:
            high = middle
    return expit(np.clip(scores + low * width, -WIDEST_SHIFT, WIDEST_SHIFT))


def fit_margins(
    prior: Array, rows: Array, columns: Array, *, tolerance: float = 1e-10, rounds: int = 5000
) -> Array:
    """Scale a table of guesses until its rows and columns sum to given totals.

    x_ij = prior_ij r_i c_j,  sum_j x_ij = rows_i,  sum_i x_ij = columns_j

    Source: Deming and Stephan 1940, iterative proportional fitting.
    """
    scale = max(1.0, float(rows.sum()))
    if abs(float(rows.sum() - columns.sum())) > 1e-12 * scale + tolerance:
        raise ValueError(f"rows sum to {rows.sum()}, columns to {columns.sum()}")
    fitted = prior.astype(np.float64, copy=True)
    for _ in range(rounds):
        sums = fitted.sum(axis=1)
        fitted *= np.divide(rows, sums, out=np.zeros_like(sums), where=sums > 0)[:, None]
        sums = fitted.sum(axis=0)
        fitted *= np.divide(columns, sums, out=np.zeros_like(sums), where=sums > 0)[None, :]
        row_gap = float(np.abs(fitted.sum(axis=1) - rows).max())
        column_gap = float(np.abs(fitted.sum(axis=0) - columns).max())
        if max(row_gap, column_gap) <= max(tolerance, 1e-14 * scale):
            return fitted
    raise ValueError(f"margins missed by {max(row_gap, column_gap):.3g} after {rounds} rounds")
