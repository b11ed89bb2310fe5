"""The reference bond: a 10-year par bond, the unit of ten-year equivalents."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.curve import discount_factors
from selloff.data import Vintage
from selloff.model.pricing.bonds import cash_flows, par_coupon, par_weights
from selloff.model.pricing.habitat import MaturityGrid
from selloff.vocab import CURRENCIES, TENOR_YEARS, TENORS

Array = NDArray[np.float64]
GRID = MaturityGrid(0.25, 120)
"""Maturities at which runs are priced [years]."""
_REFERENCE_YEARS = 10.0


@dataclass(frozen=True, eq=False)
class Reference:
    """What a vintage's dollar curve says about par bonds."""

    discounts: Array
    """Discount factors on the grid [fraction]."""
    profile: Array
    """Present value of a 10-year par bond's cash flows by maturity [fraction of face]."""
    tenor_weights: Array
    """Response of each par yield to the zero yields on the grid, tenor by maturity [ratio]."""

    @property
    def ten_year_weights(self) -> Array:
        """Response of the 10-year par yield to zero yields [ratio]."""
        return np.asarray(self.tenor_weights[TENORS.at("10Y")])


@lru_cache(maxsize=4)
def reference(world: Vintage, *, grid: MaturityGrid = GRID) -> Reference:
    """Build the reference bond of a vintage."""
    times = grid.years
    discounts = discount_factors(world.curves[CURRENCIES[0]], times)
    return Reference(
        discounts,
        present_value(discounts, times, _REFERENCE_YEARS),
        np.stack([par_row(discounts, times, years) for years in TENOR_YEARS]),
    )


def present_value(
    discounts: Array, times: Array, years: float, *, coupon: float | None = None
) -> Array:
    """Spread a bond's value over its cash flows; it is a par bond where no coupon is given."""
    at = par_coupon(discounts, times, years) if coupon is None else coupon
    return cash_flows(at, years, times) * discounts


def par_row(discounts: Array, times: Array, years: float) -> Array:
    """Response of one par yield to the zero yields on the grid; below half a year a bill's."""
    if years < 0.5:
        return np.isclose(times, years).astype(np.float64)
    return par_weights(discounts, times, years)
