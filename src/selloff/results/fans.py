"""Fans: how a series spreads over draws, point by point in time."""

from collections.abc import Iterable
from typing import Final

import xarray as xr

from selloff.results.metrics import read_series
from selloff.results.quantiles import quantiles
from selloff.results.schema import is_priced

LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles of a fan."""


def fans(ds: xr.Dataset, series: Iterable[str]) -> dict[str, xr.DataArray]:
    """Spread series over the draws that have prices, by level and along their other axes."""
    priced = is_priced(ds)
    return {name: _spread(read_series(ds, name).isel(draw=priced)) for name in series}


def _spread(held: xr.DataArray) -> xr.DataArray:
    levels = quantiles(held.values, LEVELS)
    others = {name: axis for name, axis in held.coords.items() if "draw" not in axis.dims}
    dims = ("level", *(dim for dim in held.dims if dim != "draw"))
    return xr.DataArray(levels, {"level": list(LEVELS), **others}, dims, attrs=held.attrs)
