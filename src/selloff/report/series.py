"""What the charts over time show: which numbers of the dataset, in which unit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.estimate import from_draws, quantiles
from selloff.results import yen_per_dollar
from selloff.vocab.axes import BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_YEAR

DAILY_UNTIL: Final = BUSINESS_DAYS_PER_YEAR // 4
WEEK: Final = 5
Pick = Callable[[NDArray[np.float64]], NDArray[np.int64]]
"""Positions of the steps worth drawing, from the day of each step."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One number per draw and step, with the words around it."""

    name: str
    title: str
    axis_title: str
    unit: str
    decimals: int
    read: Callable[[xr.Dataset], NDArray[np.float64]]


def _values(array: xr.DataArray) -> NDArray[np.float64]:
    return np.asarray(array.transpose("draw", "step").to_numpy(), dtype=np.float64)


def us_10y(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Read the US 10-year yield against the baseline."""
    return _values(dataset["delta_par_yield"].sel(tenor="10Y"))


def usdjpy(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Read yen per dollar against the baseline."""
    return _values(yen_per_dollar(dataset))


def jgb_10y(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Read the Japanese 10-year yield against the baseline."""
    return _values(dataset["delta_par_yield_10y"].sel(currency="JPY"))


def dealer_use(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Read the share of dealer capacity in use."""
    return 100.0 * _values(dataset["dealer_use"])


def usd_broad(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Read the broad dollar against the baseline."""
    return _values(dataset["delta_usd_broad"])


def followed(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Read what others have sold of their own accord so far."""
    return np.asarray(np.cumsum(_values(dataset["followed_face"]), axis=1))


def forced(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Read what levered funds were forced to sell and have not bought back."""
    return _values(dataset["forced_face"])


def fed(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Read what the Federal Reserve holds of what was sold."""
    return _values(dataset["absorbed_face"].sel(group="fed"))


SERIES: Final = {
    one.name: one
    for one in (
        Series(
            name="us_10y",
            title="US 10-year yield",
            axis_title="bp against baseline",
            unit="bp",
            decimals=2,
            read=us_10y,
        ),
        Series(
            name="usdjpy",
            title="Yen per dollar",
            axis_title="% against baseline",
            unit="%",
            decimals=3,
            read=usdjpy,
        ),
        Series(
            name="jgb_10y",
            title="Japanese 10-year yield",
            axis_title="bp against baseline",
            unit="bp",
            decimals=2,
            read=jgb_10y,
        ),
        Series(
            name="dealer_use",
            title="Use of dealer capacity",
            axis_title="% of capacity in use",
            unit="%",
            decimals=2,
            read=dealer_use,
        ),
        Series(
            name="usd_broad",
            title="Broad dollar",
            axis_title="% against baseline",
            unit="%",
            decimals=3,
            read=usd_broad,
        ),
        Series(
            name="followed",
            title="Followers have sold",
            axis_title="USD bn",
            unit=" USD bn",
            decimals=2,
            read=followed,
        ),
        Series(
            name="forced",
            title="Levered funds have sold, forced",
            axis_title="USD bn",
            unit=" USD bn",
            decimals=2,
            read=forced,
        ),
        Series(
            name="fed",
            title="The Federal Reserve holds",
            axis_title="USD bn",
            unit=" USD bn",
            decimals=2,
            read=fed,
        ),
    )
}


def days(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Read the day of each step."""
    return np.asarray(dataset["day"].to_numpy(), dtype=np.float64)


def thinned(day: NDArray[np.float64]) -> NDArray[np.int64]:
    """Pick the steps worth drawing: daily for a quarter, weekly for a year, then all months.

    Source: assumption; keeps a report small, changes no number it shows.
    """
    weekly = np.mod(np.round(day) - DAILY_UNTIL, WEEK) == 0
    turn = np.round(day) == BUSINESS_DAYS_PER_YEAR
    keep = (day <= DAILY_UNTIL) | (day > BUSINESS_DAYS_PER_YEAR) | weekly | turn
    keep[-1] = True
    return np.flatnonzero(keep)


def sparse(day: NDArray[np.float64]) -> NDArray[np.int64]:
    """Pick the steps worth drawing in a small chart: daily for a month, every third day for a
    quarter, weekly for a year, then quarters.

    Source: assumption; keeps a report small, changes no number it tells.
    """
    kept = thinned(day)
    on = np.round(day[kept])
    year = (on > DAILY_UNTIL) & (on <= BUSINESS_DAYS_PER_YEAR)
    keep = (on <= BUSINESS_DAYS_PER_MONTH) | (np.mod(on, 3) == 0) & (on <= DAILY_UNTIL)
    keep |= year | (np.mod(on, DAILY_UNTIL) == 0)
    keep[-1] = True
    return np.asarray(kept[keep])


def fan(
    dataset: xr.Dataset, series: Series, pick: Pick = thinned
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Take the quantiles over draws of one series at the steps worth drawing."""
    day = days(dataset)
    steps = pick(day)
    return day[steps], quantiles(series.read(dataset)[:, steps])


def is_still(dataset: xr.Dataset, name: str) -> bool:
    """Say whether a series stays at zero in nineteen draws of twenty."""
    series = SERIES[name]
    farthest = np.abs(series.read(dataset)).max(axis=1)
    return from_draws(farthest, series.unit.strip()).is_nil


def step_at(dataset: xr.Dataset, day: float) -> int:
    """Find the last step that is not later than a day."""
    return max(0, int(np.searchsorted(days(dataset), day + 0.5)) - 1)


def peak_steps(dataset: xr.Dataset) -> NDArray[np.int64]:
    """Find, draw by draw, the step at which the US 10-year yield stands highest."""
    path = us_10y(dataset)
    highest = np.argmax(np.where(np.isfinite(path), path, -np.inf), axis=1)
    return np.asarray(highest, dtype=np.int64)
