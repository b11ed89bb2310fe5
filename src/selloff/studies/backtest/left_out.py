"""Weights that take an episode back out of what the parameters know."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from selloff.evidence import Z95, Bank, Meta
from selloff.evidence.meta import Spread

Array = NDArray[np.float64]


def weights_without(episode: str, bank: Bank, meta: Meta) -> Array:
    """Weigh the bank's rows as if an episode's rows were not in the registry.

    w proportional to product over parameters of p_without(x) / p_with(x)
    """
    total = np.zeros(bank.n_draws)
    left: Mapping[str, Spread] = meta.without.get(episode, {})
    for name, spread in left.items():
        x = np.log(bank.draws[name])
        total += _log_density(x, spread) - _log_density(x, meta.quantities[name])
    weights = np.exp(total - total.max())
    return np.asarray(weights / weights.sum())


def _log_density(x: Array, spread: Spread) -> Array:
    low, mid, high = np.log(spread)
    sd = (high - low) / (2.0 * Z95)
    return np.asarray(-0.5 * ((x - mid) / sd) ** 2 - np.log(sd))
