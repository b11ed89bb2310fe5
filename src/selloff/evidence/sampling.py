"""Draws from the distributions of the parameter table."""

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from selloff.evidence.parameters import Parameter

Array = NDArray[np.float64]
Z95 = NormalDist().inv_cdf(0.95)
"""Standard normal quantile that bounds a 5-95% range on each side."""


def sample(parameter: Parameter, n_draws: int, rng: np.random.Generator) -> Array:
    """Draw a parameter."""
    return quantiles_to_values(parameter, rng.uniform(size=n_draws))


def sample_with(parameter: Parameter, partner: Array, rng: np.random.Generator) -> Array:
    """Draw a parameter that moves with another one already drawn.

    z = rho z_partner + sqrt(1 - rho^2) e, with z_partner from the partner's ranks
    """
    ranks = np.argsort(np.argsort(partner))
    scores = _normal((ranks + 0.5) / partner.size)
    fresh = _normal(rng.uniform(size=partner.size))
    rho = parameter.correlation
    mixed = rho * scores + np.sqrt(1.0 - rho**2) * fresh
    levels = np.array([NormalDist().cdf(float(score)) for score in mixed])
    return quantiles_to_values(parameter, levels)


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
            return np.asarray(mid + (high - low) / (2.0 * Z95) * _normal(levels))
        case "lognormal":
            spread = np.log(high / low) / (2.0 * Z95)
            return np.asarray(mid * np.exp(spread * _normal(levels)))
        case "logitnormal":
            spread = (_logit(high) - _logit(low)) / (2.0 * Z95)
            return np.asarray(1.0 / (1.0 + np.exp(-(_logit(mid) + spread * _normal(levels)))))
        case other:
            raise ValueError(f"parameters.csv: {parameter.name}: unknown distribution '{other}'")


def _normal(levels: Array) -> Array:
    inverse = NormalDist().inv_cdf
    return np.array([inverse(float(level)) for level in levels.ravel()]).reshape(levels.shape)


def _logit(fraction: float) -> float:
    return float(np.log(fraction / (1.0 - fraction)))
