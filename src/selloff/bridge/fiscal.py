"""Federal debt down to arrays: which issues pay when, and how chance moves the budget."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.build import read
from selloff.evidence import Bank
from selloff.model.economy.united_states.federal_debt import FiscalShocks
from selloff.vocab import QUARTERS_PER_YEAR, TENOR_YEARS, Axis

Array = NDArray[np.float64]
SHOCKS: Final = Axis("growth", "primary", "rate")
"""What strays by chance, in the order of the model."""


def alive(gross: Array) -> Array:
    """Say what of each quarter's issues pays in each quarter.

    A[q, s, m] = a(q - s) G[s, m];  a = 1/2 in the first and the last quarter of life, 1 between
    """
    n_quarters = gross.shape[0]
    age = np.subtract.outer(np.arange(n_quarters), np.arange(n_quarters))[:, :, None]
    life = np.round(QUARTERS_PER_YEAR * np.array(TENOR_YEARS))
    pays = np.where((age == 0) | (age == life), 0.5, 1.0) * ((age >= 0) & (age <= life))
    return np.asarray(pays * gross)


def fiscal_shocks(bank: Bank) -> FiscalShocks:
    """Turn yearly estimates into quarterly innovations that give years the same spread.

    f = m^(1/4);  S_q = S_a / mean_{a, b < 4} f^|a - b|;  innovations (1 - f_i f_j) S_q
    """
    memory = read("fiscal_shocks.memory", bank, axis=SHOCKS)
    spread = read("fiscal_shocks.spread", bank, axis=SHOCKS)
    covariance = spread[:, :, None] * spread[:, None, :] * _correlations(bank)
    yearly = covariance / (1.0 - memory[:, :, None] * memory[:, None, :])
    quarterly = memory ** (1.0 / QUARTERS_PER_YEAR)
    year = np.arange(QUARTERS_PER_YEAR)
    lag = np.subtract.outer(year, year)[:, :, None, None, None]
    one, other = quarterly[:, :, None], quarterly[:, None, :]
    smoothing = np.mean(np.where(lag >= 0, one ** np.abs(lag), other ** np.abs(lag)), axis=(0, 1))
    innovations = (1.0 - one * other) * yearly / smoothing
    return FiscalShocks(memory=put(quarterly), spread=put(np.linalg.cholesky(innovations)))


def _correlations(bank: Bank) -> Array:
    matrix = np.tile(np.eye(len(SHOCKS)), (bank.n_draws, 1, 1))
    for i, one in enumerate(SHOCKS):
        for j, other in enumerate(SHOCKS[i + 1 :], start=i + 1):
            matrix[:, i, j] = matrix[:, j, i] = bank.draws[f"debt_{one}_{other}_correlation"]
    return matrix
