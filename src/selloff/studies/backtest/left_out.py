"""Weights that take an event back out of what the parameters know."""

import numpy as np
from numpy.typing import NDArray

from selloff.evidence import Z95, Bank, Meta, rows_within
from selloff.evidence.meta import Spread
from selloff.studies.backtest.events import Window
from selloff.studies.samples import weights_of

Array = NDArray[np.float64]


def weights_without(window: Window, bank: Bank, meta: Meta) -> Array:
    """Weigh the bank's rows as if no study had seen a window.

    w proportional to product over parameters of p_without(x) / p_with(x)
    """
    total = np.zeros(bank.n_draws)
    for name, spread in meta.without_rows(rows_within(*window)).items():
        x = np.log(bank.draws[name])
        total += _log_density(x, spread) - _log_density(x, meta.quantities[name])
    return weights_of(total)


def _log_density(x: Array, spread: Spread) -> Array:
    low, mid, high = np.log(spread)
    sd = (high - low) / (2.0 * Z95)
    return np.asarray(-0.5 * ((x - mid) / sd) ** 2 - np.log(sd))
