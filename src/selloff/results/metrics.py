"""Headline numbers, taken path by path before they are summarised."""

from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.results.economy import ECONOMY_METRICS, economy_draws
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
    "usdjpy_peak_pct": "percent",
    "usdjpy_after_1y_pct": "percent",
    "days_to_complete": "business days",
    "seller_proceeds_usd_bn": "USD bn",
    "seller_execution_loss_usd_bn": "USD bn",
    "seller_mark_loss_usd_bn": "USD bn",
    "seller_expected_sanction_loss_usd_bn": "USD bn",
    "sanction_prob_frac": "fraction",
    "followers_sales_usd_bn": "USD bn",
    "forced_sales_usd_bn": "USD bn",
    "fed_purchases_usd_bn": "USD bn",
    "fed_backstop_frac": "fraction",
    "mof_intervention_usd_bn": "USD bn",
    "boj_purchases_usd_bn": "USD bn",
    "usd_broad_peak_pct": "percent",
    "usd_broad_trough_pct": "percent",
    **ECONOMY_METRICS,
}
"""Metrics and their units."""


def metric_draws(ds: xr.Dataset) -> dict[str, Array]:
    """Take every metric from every path; all against the baseline of the same draw,
    in which nobody sells and no shock comes.
    """
    ten = _tenor(ds, "10Y")
    year = _at_one_year(ds)
    dollar_yen = _dollar_yen(ds)
    broad = ds["delta_usd_broad"].values
    fed = ds["absorbed_face"].sel(group="fed").values.max(axis=1)
    followed = ds["followed_face"].values.sum(axis=1)
    forced = ds["forced_face"].values.max(axis=1)
    sold = ds["sold_face"].values.sum(axis=1) + followed + forced
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
        "usdjpy_peak_pct": dollar_yen.max(axis=1),
        "usdjpy_after_1y_pct": dollar_yen[:, year],
        "days_to_complete": ds["days_to_complete"].values,
        "seller_proceeds_usd_bn": ds["seller_proceeds"].values,
        "seller_execution_loss_usd_bn": ds["seller_execution_loss"].values,
        "seller_mark_loss_usd_bn": ds["seller_mark_loss"].values,
        "seller_expected_sanction_loss_usd_bn": ds["seller_sanction_loss"].values,
        "sanction_prob_frac": ds["sanction_prob"].values,
        "followers_sales_usd_bn": followed,
        "forced_sales_usd_bn": forced,
        "fed_purchases_usd_bn": fed,
        "fed_backstop_frac": np.where(sold > 0.0, fed / np.where(sold > 0.0, sold, 1.0), 0.0),
        "mof_intervention_usd_bn": _farthest(ds["mof_intervention"].values),
        "boj_purchases_usd_bn": ds["boj_purchases"].values[:, -1],
        "usd_broad_peak_pct": broad.max(axis=1),
        "usd_broad_trough_pct": broad.min(axis=1),
        **economy_draws(ds, year=year),
    }


def _farthest(values: Array) -> Array:
    """The value farthest from zero on each path, with its sign."""
    at = np.abs(values).argmax(axis=1)
    return np.asarray(values[np.arange(values.shape[0]), at])


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
    """Find the largest rise of the US 10-year yield over a window, while the clock is daily."""
    n_daily = _at_one_year(ds) + 1
    daily = _tenor(ds, "10Y")[:, :n_daily]
    window = min(days, n_daily - 1)
    return np.asarray((daily[:, window:] - daily[:, :-window]).max(axis=1))
