"""Levels: what a number people know stands at, and what the sale makes of it.

A level is the baseline of the opening plus the change against the baseline of the same draw. The
chance by which the baseline wanders is left out, so that levels differ by the sale alone.
"""

from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.results.metrics import read_path, read_variable
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, Level, levels

Array = NDArray[np.float64]
_INVERSE: Final = "1/"


def level_of(ds: xr.Dataset, name: str, change: float) -> float:
    """Set one change, in its own unit, upon the level of the opening."""
    row = levels()[name]
    return float(row.add(baseline_of(ds, row)[..., 0], change))


def baseline_of(ds: xr.Dataset, row: Level) -> Array:
    """Read the level without the sale, by quarter where the result has one, else of the opening.

    NaN where the result knows none.
    """
    try:
        return np.array([float(row.baseline or "nan")])
    except ValueError:
        is_inverse = row.baseline.startswith(_INVERSE)
        held = read_variable(ds, row.baseline.removeprefix(_INVERSE))
    if "step" in held.dims:
        held = held.isel(step=[0])
    found = held.median("draw") if "draw" in held.dims else held
    values = np.atleast_1d(found.sum("bucket") if "bucket" in found.dims else found)
    return np.asarray(1.0 / values if is_inverse else values, dtype=np.float64)


def change_of(ds: xr.Dataset, row: Level) -> Array:
    """Read the change against the baseline at the ends of quarters, draw by draw."""
    path = read_path(ds, row.change)
    return path[:, quarter_steps(ds)] if path.shape[1] == ds.sizes["step"] else path


def quarter_ends(ds: xr.Dataset) -> Array:
    """Last day of each quarter [business days from the opening]."""
    return np.asarray(ds["quarter_years"].values * BUSINESS_DAYS_PER_YEAR)


def quarter_steps(ds: xr.Dataset) -> NDArray[np.intp]:
    """Last step of each quarter."""
    ends = quarter_ends(ds) + 1e-9
    return np.asarray(np.searchsorted(ds["day"].values, ends, side="right") - 1)
