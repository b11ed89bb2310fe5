"""Paths by quarter, in the units of a scenario table."""

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.export.scenario_names import ScenarioName, labels
from selloff.results import quarter_ends, quarter_steps
from selloff.vocab import BP, PCT, QUARTERS_PER_YEAR
from selloff.vocab.units import other_way_round

Array = NDArray[np.float64]


def quarter_dates(ds: xr.Dataset) -> list[str]:
    """Name the quarters as supervisory scenarios do, `2026 Q3`."""
    return [str(label).replace("-", " ") for label in ds["quarter_label"].values]


def quarter_deviations(ds: xr.Dataset, name: ScenarioName) -> Array:
    """Bring one variable to quarters.

    growth[q] = 100 (exp(4 (l[q] - l[q-1])) - 1) with l = log(1 + deviation of the level), l[-1] = 0
    """
    series = ds[name.variable].sel(labels(name.where))
    values = np.asarray(series.values, dtype=np.float64)
    if series.attrs["units"] == "bp":
        values = values * (BP / PCT)
    if name.is_inverse:
        values = other_way_round(values)
    if name.statistic == "quarter":
        return values
    if name.statistic == "growth":
        steps = np.diff(np.log1p(values / 100.0), axis=1, prepend=0.0)
        return np.asarray(100.0 * np.expm1(QUARTERS_PER_YEAR * steps))
    if name.statistic == "mean":
        return np.asarray(values @ _shares(ds).T)
    if name.statistic == "highest":
        return np.stack([values[:, row > 0.0].max(axis=1) for row in _shares(ds)], axis=1)
    return np.asarray(values[:, quarter_steps(ds)])


def opening_level(ds: xr.Dataset, name: ScenarioName) -> float:
    """Read the level a deviation can be set upon."""
    if not name.baseline:
        return np.nan
    series = ds[name.baseline].sel(labels(name.baseline_where))
    if "step" in series.dims:
        series = series.isel(step=0)
    level = float(np.median(series.values))
    return 1.0 / level if name.is_inverse else level


def _shares(ds: xr.Dataset) -> Array:
    """Share of each step in each quarter, by the days it spends there."""
    days, ends = ds["day"].values, quarter_ends(ds)
    begins = np.concatenate([days[:1], days[:-1]])
    low = np.concatenate([[0.0], ends[:-1]])
    inside = np.minimum(days, ends[:, None]) - np.maximum(begins, low[:, None])
    spent = np.maximum(inside, 0.0)
    return np.asarray(spent / spent.sum(axis=1, keepdims=True))
