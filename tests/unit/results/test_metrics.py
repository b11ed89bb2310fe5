"""Headline numbers, reckoned by hand."""

import numpy as np
import pytest
import xarray as xr

from selloff.results import horizon, metric_draws, variables_of, variables_of_metrics
from selloff.vocab import metrics

SCALE = np.array([1.0, 2.0, 3.0])
WANTED = {
    "us_10y_max_1d_bp": 20.0 * SCALE,
    "us_10y_max_5d_bp": 50.0 * SCALE,
    "us_10y_peak_bp": 50.0 * SCALE,
    "us_10y_after_1y_bp": 20.0 * SCALE,
    "us_10y_end_bp": 12.0 * SCALE,
    "us_2y_peak_bp": [20.0, 20.0, 20.0],
    "us_30y_peak_bp": [60.0, 60.0, 60.0],
    "jgb_10y_peak_bp": SCALE,
    "usdjpy_trough_pct": [100 / 1.1 - 100, 100 / 1.2 - 100, 100 / 1.3 - 100],
    "usdjpy_peak_pct": [0.0, 0.0, 0.0],
    "usdjpy_after_1y_pct": [100 / 1.04 - 100, 100 / 1.08 - 100, 100 / 1.12 - 100],
    "days_to_complete": [3.0, 5.0, np.nan],
    "seller_proceeds_usd_bn": [29.0, 28.0, 27.0],
    "seller_execution_loss_usd_bn": [1.0, 2.0, 3.0],
    "seller_mark_loss_usd_bn": [0.1, 0.2, 0.3],
    "seller_expected_sanction_loss_usd_bn": [3.0, 4.0, 5.0],
    "seller_total_cost_usd_bn": 14.5 * SCALE,
    "seller_conversion_loss_usd_bn": 12.0 * SCALE,
    "seller_final_mark_loss_usd_bn": 0.5 * SCALE,
    "seller_carry_loss_usd_bn": 0.75 * SCALE,
    "seller_total_cost_lc_bn": 2320.0 * SCALE,
    "seller_execution_loss_lc_bn": 160.0 * SCALE,
    "seller_conversion_loss_lc_bn": 1920.0 * SCALE,
    "seller_final_mark_loss_lc_bn": 80.0 * SCALE,
    "seller_sanction_loss_lc_bn": 40.0 * SCALE,
    "seller_carry_loss_lc_bn": 120.0 * SCALE,
    "bond_waiting_loss_usd_bn": [1.5, -2.5, 3.5],
    "currency_waiting_loss_usd_bn": [4.0, 5.0, -6.0],
    "currency_flow_loss_usd_bn": [0.3, 0.6, 0.9],
    "sanction_prob_frac": [0.1, 0.2, 0.3],
    "followers_sales_usd_bn": 8.0 * SCALE,
    "defence_sales_usd_bn": 2.0 * SCALE,
    "forced_sales_usd_bn": 6.0 * SCALE,
    "fed_purchases_usd_bn": 7.0 * SCALE,
    "fed_holding_after_1y_usd_bn": 2.0 * SCALE,
    "fed_backstop_frac": [7 / 44, 14 / 58, 21 / 72],
    "mof_intervention_usd_bn": [-5.0, 3.0, 0.0],
    "boj_purchases_usd_bn": [0.5, 1.5, 0.0],
    "usd_broad_peak_pct": 0.5 * SCALE,
    "usd_broad_trough_pct": -2.0 * SCALE,
    "mortgage_30y_peak_bp": [60.0, 120.0, 180.0],
    "ig_oas_peak_bp": [20.0, 20.0, 20.0],
    "hy_oas_peak_bp": [90.0, 90.0, 90.0],
    "sp500_trough_pct": [-8.0, -16.0, -24.0],
    "nikkei_trough_pct": [-15.0, -15.0, -15.0],
    "gold_after_1y_pct": [6.0, 12.0, 18.0],
    "bitcoin_after_1y_pct": [-2.0, -4.0, -6.0],
    "us_gdp_trough_pct": [-0.5, -1.0, -1.5],
    "us_gdp_q4_pct": [-0.4, -0.8, -1.2],
    "us_unemployment_peak_pp": [0.25, 0.5, 0.75],
    "us_debt_to_gdp_end_pp": [4.0, 8.0, 12.0],
    "japan_cpi_trough_pp": [-0.3, -0.6, -0.9],
    "japan_gdp_trough_pct": [0.0, 0.0, 0.0],
    "toyota_profit_after_1y_pct": [-20.0, -40.0, -60.0],
    "em_crises_expected": [0.04, 0.08, 0.12],
    "usd_reserve_share_end_pp": [-1.0, -2.0, -3.0],
    "usd_currency_share_end_pp": -7.0 / 6.0 * SCALE,
    "usd_share_volume_pp": -0.5 * SCALE,
    "usd_share_valuation_pp": -0.2 * SCALE,
    "usd_share_confidence_pp": -0.3 * SCALE,
    "downgrade_prob_frac": [0.05, 0.10, 0.15],
}


def test_every_metric_is_reckoned_here() -> None:
    # The eighth quarter and interest over ten years are reckoned on longer runs, below.
    assert set(metrics()) == {*WANTED, "us_gdp_q8_pct", "federal_interest_10y_usd_bn"}


@pytest.mark.parametrize("name", list(WANTED))
def test_by_hand(tiny: xr.Dataset, name: str) -> None:
    np.testing.assert_allclose(metric_draws(tiny)[name], WANTED[name], rtol=1e-12, atol=1e-12)


def test_a_peak_of_what_only_falls_is_the_baseline_it_left(tiny: xr.Dataset) -> None:
    """Quarters have no opening row of noughts to peak at."""
    tiny["delta_us_unemployment"] = -abs(tiny["delta_us_unemployment"]) - 0.1
    tiny["delta_us_gdp"] = abs(tiny["delta_us_gdp"]) + 0.1
    found = metric_draws(tiny)
    np.testing.assert_array_equal(found["us_unemployment_peak_pp"], 0.0)
    np.testing.assert_array_equal(found["us_gdp_trough_pct"], 0.0)


def test_nobody_sells_and_the_fed_has_no_share(tiny: xr.Dataset) -> None:
    for name in ("sold_face", "followed_face", "forced_face"):
        tiny[name][:] = 0.0
    assert np.all(metric_draws(tiny)["fed_backstop_frac"] == 0.0)


def test_monthly_steps_are_no_days(tiny: xr.Dataset) -> None:
    """A jump between months is no one-day move."""
    tiny["delta_par_yield"][:, -1, :] = 500.0
    found = metric_draws(tiny)
    np.testing.assert_allclose(found["us_10y_max_1d_bp"], 20.0 * SCALE)
    np.testing.assert_allclose(found["us_10y_peak_bp"], 500.0)
    np.testing.assert_allclose(found["us_10y_end_bp"], 500.0)


def test_a_run_shorter_than_a_year_has_no_number_after_a_year(tiny: xr.Dataset) -> None:
    found = metric_draws(tiny.isel(step=slice(4)))
    np.testing.assert_allclose(found["us_10y_end_bp"], 45.0 * SCALE)
    assert not {name for name in found if "after_1y" in name or "max_5d" in name}


def test_a_run_longer_than_reserves_are_followed_has_no_share_at_its_end(tiny: xr.Dataset) -> None:
    name = "usd_reserve_share_end_pp"
    for years, is_there in ((1.0, True), (20.0, True), (20.5, False), (50.0, False)):
        longer = tiny.assign_coords(day=tiny["day"] * years * 252.0 / float(tiny["day"][-1]))
        assert (name in metric_draws(longer)) is is_there, years


def test_a_falling_path_has_a_peak_of_zero(tiny: xr.Dataset) -> None:
    tiny["delta_par_yield"][:] = -abs(tiny["delta_par_yield"])
    assert np.all(metric_draws(tiny)["us_10y_peak_bp"] == 0.0)


def test_interest_is_of_ten_years_and_absent_from_a_shorter_run(tiny: xr.Dataset) -> None:
    assert "federal_interest_10y_usd_bn" not in metric_draws(tiny)
    longer = tiny.isel(quarter=np.zeros(60, dtype=int))
    longer["federal_interest"] = xr.ones_like(longer["federal_interest"])
    longer["day"] = longer["day"] * 15.0 * 252.0 / float(longer["day"][-1])
    np.testing.assert_allclose(metric_draws(longer)["federal_interest_10y_usd_bn"], 40.0)


def test_the_eighth_quarter_is_that_of_two_years_and_absent_from_a_shorter_run(
    tiny: xr.Dataset,
) -> None:
    assert "us_gdp_q8_pct" not in metric_draws(tiny)
    longer = tiny.isel(quarter=[0, 1, 2, 3, 4, 3, 2, 1, 0, 0])
    longer["day"] = longer["day"] * 2.5 * 252.0 / float(longer["day"][-1])
    np.testing.assert_allclose(metric_draws(longer)["us_gdp_q8_pct"], -0.2 * SCALE)


def test_the_variables_of_the_metrics_are_those_they_read(tiny: xr.Dataset) -> None:
    wanted = variables_of_metrics(horizon(tiny))
    found = metric_draws(tiny[sorted(wanted)])
    assert {name: draws.tolist() for name, draws in found.items()} == {
        name: pytest.approx(draws.tolist(), nan_ok=True, rel=0.0)
        for name, draws in metric_draws(tiny).items()
    }
    for name in wanted:
        with pytest.raises(KeyError):
            metric_draws(tiny[sorted(wanted - {name})])


def test_variables_of_a_series() -> None:
    assert variables_of("delta_fx[currency=JPY]") == {"delta_fx"}
    assert variables_of("yen_per_dollar") == {"delta_fx"}
    assert variables_of("us_debt_ratio less us_debt_ratio_base") == {
        "us_debt_ratio",
        "us_debt_ratio_base",
    }
