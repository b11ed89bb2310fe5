"""What the charts over time show: which numbers of the dataset, in which unit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.estimate import from_draws, quantiles
from selloff.report.lines import SCALES, Scale
from selloff.results import read_series
from selloff.vocab.axes import BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_YEAR

DAILY_UNTIL: Final = BUSINESS_DAYS_PER_YEAR // 4
WEEK: Final = 5
Pick = Callable[[NDArray[np.float64]], NDArray[np.int64]]
"""Positions of the steps worth drawing, from the day of each step."""


@dataclass(frozen=True)
class Series:
    """One number per draw and step, with the words around it."""

    name: str
    title: str
    axis_title: str
    unit: str
    text: str
    """What `results.read_series` reads."""

    @property
    def scale(self) -> Scale:
        """How its numbers are written."""
        return SCALES[self.unit]

    def read(self, dataset: xr.Dataset) -> NDArray[np.float64]:
        """Read it draw by draw, as the chart shows it: shares in percent, flows added up."""
        held = read_series(dataset, self.text).transpose("draw", "step")
        values = np.asarray(held.to_numpy(), dtype=np.float64)
        if self.name == "followed":
            return values.cumsum(axis=1)
        return 100.0 * values if self.unit == "fraction" else values


_APART: Final = "against baseline"
SERIES: Final = {
    row[0]: Series(*row)
    for row in (
        ("us_10y", "US 10-year yield", f"bp {_APART}", "bp", "delta_par_yield[tenor=10Y]"),
        ("usdjpy", "Yen per dollar", f"% {_APART}", "percent", "yen_per_dollar"),
        (
            "dealer_use",
            "Use of dealer capacity",
            "% of capacity in use",
            "fraction",
            "dealer_use",
        ),
        ("usd_broad", "Broad dollar", f"% {_APART}", "percent", "delta_usd_broad"),
        ("followed", "Followers have sold", "USD bn", "USD bn", "followed_face"),
        ("forced", "Levered funds have sold, forced", "USD bn", "USD bn", "forced_face"),
        ("fed", "The Federal Reserve holds", "USD bn", "USD bn", "absorbed_face[group=fed]"),
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
    return from_draws(farthest, series.scale.unit.strip()).is_nil


def step_at(dataset: xr.Dataset, day: float) -> int:
    """Find the last step that is not later than a day."""
    return max(0, int(np.searchsorted(days(dataset), day + 0.5)) - 1)


def peak_steps(dataset: xr.Dataset) -> NDArray[np.int64]:
    """Find, draw by draw, the step at which the US 10-year yield stands highest."""
    path = SERIES["us_10y"].read(dataset)
    highest = np.argmax(np.where(np.isfinite(path), path, -np.inf), axis=1)
    return np.asarray(highest, dtype=np.int64)
