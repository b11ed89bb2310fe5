"""Draws from the distributions of the parameter table."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtr, ndtri

from selloff.evidence.parameters import Parameter

Array = NDArray[np.float64]
Z95 = float(ndtri(0.95))
"""Standard normal quantile that bounds a 5-95% range on each side."""


def sample(parameter: Parameter, n_draws: int, rng: np.random.Generator) -> Array:
    """Draw a parameter."""
    return quantiles_to_values(parameter, rng.uniform(size=n_draws))


def sample_with(parameter: Parameter, partner: Array, rng: np.random.Generator) -> Array:
    """Draw a parameter that moves with another one already drawn.

    z = rho z_partner + sqrt(1 - rho^2) e, with z_partner from the partner's ranks
    """
    scores = ndtri((np.argsort(np.argsort(partner)) + 0.5) / partner.size)
    fresh = ndtri(rng.uniform(size=partner.size))
    rho = parameter.correlation
    mixed = rho * scores + np.sqrt(1.0 - rho**2) * fresh
    return quantiles_to_values(parameter, ndtr(mixed))


def quantiles_to_values(parameter: Parameter, levels: Array) -> Array:
    """Read a parameter's distribution at given probabilities.

    lognormal: ln x ~ N(ln p50, (ln p95 - ln p05) / 2 z95); logitnormal and normal likewise.
    """
    low, mid, high = parameter.p05, parameter.p50, parameter.p95
    match parameter.distribution:
        case "constant":
            return np.full(levels.shape, mid)
        case "uniform":
            return low + (high - low) * levels
        case "loguniform":
            return np.asarray(np.exp(np.log(low) + np.log(high / low) * levels))
        case "normal":
            return np.asarray(mid + (high - low) / (2.0 * Z95) * ndtri(levels))
        case "lognormal":
            spread = np.log(high / low) / (2.0 * Z95)
            return np.asarray(mid * np.exp(spread * ndtri(levels)))
        case "logitnormal":
            spread = (logit(high) - logit(low)) / (2.0 * Z95)
            return np.asarray(expit(logit(mid) + spread * ndtri(levels)))
        case other:
            raise ValueError(f"parameters.csv: {parameter.name}: unknown distribution '{other}'")
