"""Where a sale stops to pay: where its bill overtakes its gain, and how sure that is."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.studies.samples import LEVELS

Array = NDArray[np.float64]
_RESAMPLES: Final = 400


def crossing(net: Array, amounts: Sequence[float]) -> float | None:
    """Find the amount at which a gain less its bill falls below zero; none if it does not."""
    losing = np.flatnonzero(net < 0.0)
    if not losing.size:
        return None
    k = int(losing[0])
    if not k:
        return 0.0
    low, high = amounts[k - 1], amounts[k]
    return float(low + (high - low) * net[k - 1] / (net[k - 1] - net[k]))


def crossings(net: Array, amounts: Sequence[float]) -> tuple[float | None, float | None]:
    """Find its 90% range when draws are drawn again, for all amounts alike."""
    rng, n = np.random.default_rng(0), net.shape[1]
    again = [net[:, rng.integers(n, size=n)].mean(axis=1) for _ in range(_RESAMPLES)]
    found = [crossing(each, amounts) for each in again]
    known = [np.inf if each is None else each for each in found]
    low, high = np.quantile(known, (LEVELS[0], LEVELS[-1]), method="nearest")
    return _none_beyond(float(low)), _none_beyond(float(high))


def _none_beyond(limit: float) -> float | None:
    return None if np.isinf(limit) else limit
