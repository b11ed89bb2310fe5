"""Headline numbers of the world economy, path by path."""

import json
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.vocab import BUSINESS_DAYS_PER_YEAR

Array = NDArray[np.float64]
TOYOTA: Final = "toyota"
QUARTERS_PER_YEAR: Final = 4
ECONOMY_METRICS: Final = {
    "mortgage_30y_peak_bp": "bp",
    "ig_oas_peak_bp": "bp",
    "hy_oas_peak_bp": "bp",
    "sp500_trough_pct": "percent",
    "nikkei_trough_pct": "percent",
    "gold_after_1y_pct": "percent",
    "bitcoin_after_1y_pct": "percent",
    "us_gdp_trough_pct": "percent",
    "us_unemployment_peak_pp": "percentage points",
    "federal_interest_10y_usd_bn": "USD bn",
    "us_debt_to_gdp_end_pp": "percentage points",
    "japan_cpi_trough_pp": "percentage points",
    "japan_gdp_trough_pct": "percent",
    "toyota_profit_after_1y_pct": "percent",
    "em_crises_expected": "count",
    "usd_reserve_share_end_pp": "percentage points",
    "downgrade_prob_frac": "fraction",
}
"""Metrics of the economy and their units."""


def economy_draws(ds: xr.Dataset, *, year: int) -> dict[str, Array]:
    """Take the economy's metrics from every path; all against the baseline of the same draw.

    Interest is summed over ten years, or to the horizon where that is nearer; crises are those
    expected beyond the baseline's within two years; the rating is the added chance of a cut.
    """
    rate, price = ds["delta_borrowing_rate"], ds["delta_asset_price"]
    quarter = min(QUARTERS_PER_YEAR, ds.sizes["quarter"]) - 1
    interest = ds["federal_interest"].values[:, : 10 * QUARTERS_PER_YEAR]
    crises = ds["em_crisis_prob"].values - ds["em_crisis_prob_base"].values
    return {
        "mortgage_30y_peak_bp": rate.sel(rate="mortgage_30y").values.max(axis=1),
        "ig_oas_peak_bp": rate.sel(rate="ig_oas").values.max(axis=1),
        "hy_oas_peak_bp": rate.sel(rate="hy_oas").values.max(axis=1),
        "sp500_trough_pct": price.sel(market="sp500").values.min(axis=1),
        "nikkei_trough_pct": price.sel(market="nikkei").values.min(axis=1),
        "gold_after_1y_pct": price.sel(market="gold").values[:, year],
        "bitcoin_after_1y_pct": price.sel(market="bitcoin").values[:, year],
        "us_gdp_trough_pct": _lowest(ds["delta_us_gdp"]),
        "us_unemployment_peak_pp": np.maximum(ds["delta_us_unemployment"].values.max(axis=1), 0.0),
        "federal_interest_10y_usd_bn": interest.sum(axis=1),
        "us_debt_to_gdp_end_pp": _apart(ds, "us_debt_ratio")[:, -1],
        "japan_cpi_trough_pp": _lowest(ds["delta_japan_cpi"]),
        "japan_gdp_trough_pct": _lowest(ds["delta_japan_gdp"]),
        "toyota_profit_after_1y_pct": ds["exporter_profit"].sel(exporter=TOYOTA).values[:, quarter],
        "em_crises_expected": crises.sum(axis=1),
        "usd_reserve_share_end_pp": _dollar_share(ds),
        "downgrade_prob_frac": _apart(ds, "downgrade_prob")[:, -1],
    }


def debt_rises(ds: xr.Dataset, year: int = 5) -> tuple[Array, Array]:
    """Tell in which draws federal debt grows faster than GDP in a given year."""
    last = min(year * QUARTERS_PER_YEAR, ds.sizes["quarter"]) - 1
    if last < 2 * QUARTERS_PER_YEAR - 1:
        nothing = np.full(ds.sizes["draw"], np.nan)
        return nothing, nothing
    ratios = (ds["us_debt_ratio_base"].values, ds["us_debt_ratio"].values)
    base, sale = (
        np.asarray(ratio[:, last] > ratio[:, last - QUARTERS_PER_YEAR], dtype=np.float64)
        for ratio in ratios
    )
    return base, sale


def economy_counts(ds: xr.Dataset, priced: NDArray[np.bool_]) -> dict[str, Any]:
    """Count what the economy's numbers alone do not tell."""
    rises = [flags[priced] for flags in debt_rises(ds)]
    base, sale = (float(np.mean(flags)) if flags.size else np.nan for flags in rises)
    flags = ds["japan_branch"].attrs
    codes = zip(flags["flag_values"], str(flags["flag_meanings"]).split(), strict=True)
    branch = ds["japan_branch"].values[priced]
    return {
        "debt_rises_in_year_5_frac": {"baseline": base, "sale": sale},
        "japan_branches": {name: int(np.sum(branch == code)) for code, name in codes},
        "reserves_tipped": int(np.sum(ds["reserve_tipped"].values[priced])),
        "left_out": json.loads(ds.attrs["em_dropped"]),
    }


def _apart(ds: xr.Dataset, name: str) -> Array:
    return np.asarray(ds[name].values - ds[f"{name}_base"].values)


def _lowest(path: xr.DataArray) -> Array:
    """Lowest point of a path that begins at its baseline."""
    return np.asarray(np.minimum(path.values.min(axis=1), 0.0))


def _dollar_share(ds: xr.Dataset) -> Array:
    """Dollar's share less baseline in the last year of the horizon."""
    last = max(round(float(ds["day"].values[-1]) / BUSINESS_DAYS_PER_YEAR), 1) - 1
    dollar = _apart(ds, "reserve_share")[:, min(last, ds.sizes["year"] - 1)]
    return np.asarray(dollar[:, 0])
