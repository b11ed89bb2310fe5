"""From published par yields to discount factors on the maturity grid."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.data import Curve
from selloff.vocab import PCT

Array = NDArray[np.float64]
_TEN_YEARS: Final = 10.0


def discount_factors(curve: Curve, times: Array) -> Array:
    """Bootstrap discount factors from a par curve.

    1 = c/2 sum_{s <= T} D(s) + D(T) at every half year; log-linear between half years.
    """
    years, yields = _usable_points(curve)
    halves = np.arange(0.5, times[-1] + 1e-9, 0.5)
    pars = np.interp(halves, years, yields)
    factors = np.empty(halves.size)
    annuity = 0.0
    for i, par in enumerate(pars):
        factors[i] = (1.0 - 0.5 * par * annuity) / (1.0 + 0.5 * par)
        annuity += factors[i]
    logs = np.interp(times, np.concatenate([[0.0], halves]), np.log(np.r_[1.0, factors]))
    return np.exp(logs)


def par_yields(curve: Curve, years: Array) -> Array:
    """Read a par curve at given maturities."""
    return np.interp(years, *_usable_points(curve))


def ten_years(curve: Curve) -> float:
    """Read a par curve at ten years."""
    return float(np.interp(_TEN_YEARS, *_usable_points(curve)))


def between(years: Sequence[float] | Array, points: Sequence[float]) -> Array:
    """Weights by year and point: linear between points, flat outside."""
    return np.stack([np.interp(years, points, row) for row in np.eye(len(points))], axis=1)


def _usable_points(curve: Curve) -> tuple[Array, Array]:
    """Points of the freshest day; below one year older ones too, where little moves in days."""
    fresh = np.ones(curve.tenor_years.shape, dtype=bool)
    if curve.point_as_of:
        fresh = np.array([day == curve.as_of for day in curve.point_as_of])
    use = fresh | (curve.tenor_years < 1.0)
    return curve.tenor_years[use], curve.par_yield_pct[use] * PCT
