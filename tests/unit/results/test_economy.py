"""Headline numbers of the economy, reckoned by hand on a result of three draws."""

import numpy as np
import pytest
import xarray as xr

from selloff.results import METRICS, debt_rises, metric_draws
from selloff.results.economy import ECONOMY_METRICS

BY_HAND = {
    "mortgage_30y_peak_bp": [60.0, 120.0, 180.0],
    "ig_oas_peak_bp": [20.0, 20.0, 20.0],
    "hy_oas_peak_bp": [90.0, 90.0, 90.0],
    "sp500_trough_pct": [-8.0, -16.0, -24.0],
    "nikkei_trough_pct": [-15.0, -15.0, -15.0],
    "gold_after_1y_pct": [6.0, 12.0, 18.0],
    "bitcoin_after_1y_pct": [-2.0, -4.0, -6.0],
    "us_gdp_trough_pct": [-0.5, -1.0, -1.5],
    "us_unemployment_peak_pp": [0.25, 0.5, 0.75],
    "federal_interest_10y_usd_bn": [15.0, 30.0, 45.0],
    "us_debt_to_gdp_end_pp": [4.0, 8.0, 12.0],
    "japan_cpi_trough_pp": [-0.3, -0.6, -0.9],
    "japan_gdp_trough_pct": [0.0, 0.0, 0.0],
    "toyota_profit_after_1y_pct": [-20.0, -40.0, -60.0],
    "em_crises_expected": [0.04, 0.08, 0.12],
    "usd_reserve_share_end_pp": [-1.0, -2.0, -3.0],
    "downgrade_prob_frac": [0.05, 0.10, 0.15],
}


def test_every_number_of_the_economy_is_reckoned_here() -> None:
    assert BY_HAND.keys() == ECONOMY_METRICS.keys()
    assert set(ECONOMY_METRICS) < set(METRICS)


@pytest.mark.parametrize("name", BY_HAND)
def test_by_hand(tiny: xr.Dataset, name: str) -> None:
    np.testing.assert_allclose(metric_draws(tiny)[name], BY_HAND[name], rtol=1e-12, atol=1e-12)


def test_interest_is_of_ten_years_at_most(tiny: xr.Dataset) -> None:
    longer = tiny.isel(quarter=np.zeros(60, dtype=int))
    longer["federal_interest"] = xr.ones_like(longer["federal_interest"])
    found = metric_draws(longer)["federal_interest_10y_usd_bn"]
    np.testing.assert_allclose(found, 40.0)


def test_debt_that_rises_in_a_year(tiny: xr.Dataset) -> None:
    base, sale = debt_rises(tiny)
    assert np.isnan(base).all()
    assert np.isnan(sale).all()
    longer = tiny.isel(quarter=np.arange(20) % 5)
    path = np.outer([1.0, 0.1, -1.0], np.arange(20.0) ** 2)
    longer["us_debt_ratio_base"] = (("draw", "quarter"), 100.0 + path)
    longer["us_debt_ratio"] = (("draw", "quarter"), 100.0 + path + np.arange(20.0) * 20.0)
    base, sale = debt_rises(longer)
    np.testing.assert_array_equal(base, [1.0, 1.0, 0.0])
    np.testing.assert_array_equal(sale, [1.0, 1.0, 0.0])
