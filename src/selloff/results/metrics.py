"""Headline numbers, taken path by path before they are summarised."""

from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.vocab import BUSINESS_DAYS_PER_YEAR

Array = NDArray[np.float64]

METRICS: Final = {
    "us_10y_max_1d_bp": "bp",
    "us_10y_max_5d_bp": "bp",
    "us_10y_peak_bp": "bp",
    "us_10y_after_1y_bp": "bp",
    "us_10y_end_bp": "bp",
    "us_2y_peak_bp": "bp",
    "us_30y_peak_bp": "bp",
    "jgb_10y_peak_bp": "bp",
    "usdjpy_trough_pct": "percent",
    "usdjpy_after_1y_pct": "percent",
    "days_to_complete": "business days",
    "seller_proceeds_usd_bn": "USD bn",
    "seller_execution_loss_usd_bn": "USD bn",
    "seller_mark_loss_usd_bn": "USD bn",
}
"""Metrics and their units."""


def metric_draws(ds: xr.Dataset) -> dict[str, Array]:
    """Take every metric from every path; all against the no-sale baseline of the same draw.

    Arguments:
        ds: a result.

    Returns:
        One number a draw, by metric, in the units of `METRICS`.

    Source: the definitions of the summary.
    """
    ten = _tenor(ds, "10Y")
    year = _at_one_year(ds)
    dollar_yen = _dollar_yen(ds)
    return {
        "us_10y_max_1d_bp": largest_rise(ds, 1),
        "us_10y_max_5d_bp": largest_rise(ds, 5),
        "us_10y_peak_bp": ten.max(axis=1),
        "us_10y_after_1y_bp": ten[:, year],
        "us_10y_end_bp": ten[:, -1],
        "us_2y_peak_bp": _tenor(ds, "2Y").max(axis=1),
        "us_30y_peak_bp": _tenor(ds, "30Y").max(axis=1),
        "jgb_10y_peak_bp": ds["delta_par_yield_10y"].sel(currency="JPY").values.max(axis=1),
        "usdjpy_trough_pct": dollar_yen.min(axis=1),
        "usdjpy_after_1y_pct": dollar_yen[:, year],
        "days_to_complete": ds["days_to_complete"].values,
        "seller_proceeds_usd_bn": ds["seller_proceeds"].values,
        "seller_execution_loss_usd_bn": ds["seller_execution_loss"].values,
        "seller_mark_loss_usd_bn": ds["seller_mark_loss"].values,
    }


def _tenor(ds: xr.Dataset, tenor: str) -> Array:
    return np.asarray(ds["delta_par_yield"].sel(tenor=tenor).values)


def _dollar_yen(ds: xr.Dataset) -> Array:
    """Yen per dollar against baseline, from dollars per yen [percent]."""
    dollars_per_yen = ds["delta_fx"].sel(currency="JPY").values / 100.0
    return np.asarray(100.0 * (1.0 / (1.0 + dollars_per_yen) - 1.0))


def _at_one_year(ds: xr.Dataset) -> int:
    """Last step within a year of the opening; the horizon where it is shorter."""
    return int(np.nonzero(ds["day"].values <= BUSINESS_DAYS_PER_YEAR)[0][-1])


def largest_rise(ds: xr.Dataset, days: int) -> Array:
    """Find the largest rise of the US 10-year yield over a window, while the clock is daily.

    Arguments:
        ds: a result.
        days: length of the window [business days].

    Returns:
        One number a draw, against the baseline [bp].

    Source: variable `delta_par_yield`.
    """
    n_daily = _at_one_year(ds) + 1
    daily = _tenor(ds, "10Y")[:, :n_daily]
    window = min(days, n_daily - 1)
    return np.asarray((daily[:, window:] - daily[:, :-window]).max(axis=1))
