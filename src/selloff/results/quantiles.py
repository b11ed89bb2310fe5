"""Quantiles over draws, the one way in which the summary and the page take them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def quantiles(draws: ArrayLike, levels: Sequence[float]) -> Array:
    """Take quantiles over the first axis, NaN left out, by the straight line between neighbours.

    As `numpy.nanquantile`, by one sort; an infinite end stays infinite instead of NaN."""
    values = np.asarray(draws)
    # Single numbers are sorted as they are, in half the time: the order is the same.
    values = values if values.dtype == np.float32 else values.astype(np.float64, copy=False)
    wanted = np.asarray(levels, dtype=np.float64).reshape(-1, *[1] * (values.ndim - 1))
    if not values.shape[0]:
        return np.full((len(levels), *values.shape[1:]), np.nan)
    ranked = np.sort(values, axis=0)
    last = np.maximum(np.sum(~np.isnan(ranked), axis=0) - 1, 0)
    place = wanted * last
    below, above = (
        np.take_along_axis(ranked, edge(place).astype(np.intp), axis=0).astype(np.float64)
        for edge in (np.floor, np.ceil)
    )
    weight = place - np.floor(place)
    is_flat = (weight == 0.0) | (below == above)
    gap = np.subtract(above, below, where=~is_flat, out=np.zeros_like(below))
    return np.asarray(below + weight * gap)
