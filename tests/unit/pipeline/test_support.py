"""Warnings beyond the evidence."""

import numpy as np
import pytest
import xarray as xr

import exported
from selloff.pipeline.support import beyond, records, warnings
from selloff.results import horizon, is_priced, metric_draws
from selloff.vocab import CURRENCIES

GDP = dict.fromkeys(CURRENCIES, 4000.0)
STEPS = exported.DAYS.size - 1


@pytest.fixture
def calm() -> xr.Dataset:
    """A run in which nothing is sold and nothing moves."""
    ds = exported.result()
    for name in ("delta_par_yield", "delta_par_yield_10y", "delta_fx", "delta_asset_price"):
        ds[name][:] = 0.0
    return ds


def told(ds: xr.Dataset, flows: np.ndarray | None = None) -> list[str]:
    none = np.zeros((STEPS, len(CURRENCIES) - 1))
    found = records(ds, flows=none if flows is None else flows, gdp_usd_bn=GDP)
    return warnings(numbers(ds) | found, is_priced(ds), years=horizon(ds))


def numbers(ds: xr.Dataset) -> dict[str, np.ndarray]:
    return {f"metric:{name}": draws for name, draws in metric_draws(ds).items()}


def test_a_calm_run_warns_of_nothing(calm: xr.Dataset) -> None:
    assert told(calm) == []


def test_a_fast_sale_warns_and_a_slow_one_does_not(calm: xr.Dataset) -> None:
    calm["sold_face"][:, 1:22] = 301.0 / 21.0
    (warning,) = told(calm)
    assert "sell $301bn within a month" in warning
    calm["sold_face"][:] = 0.0
    calm["sold_face"][:, 1:253] = 1104.0 / 252.0
    assert told(calm) == []


def test_sales_by_the_month_count_as_well(calm: xr.Dataset) -> None:
    calm["sold_face"][:, -1] = 310.0
    (warning,) = told(calm)
    assert "$310bn" in warning


def test_the_median_and_the_ends_of_the_range_count(calm: xr.Dataset) -> None:
    calm["sold_face"][:1, 1:22] = 50.0
    assert told(calm) == []
    calm["sold_face"][:2, 1:22] = 50.0
    (warning,) = told(calm)
    assert "$1,050bn within a month at the 95% end of the range" in warning
    calm["sold_face"][:11, 1:22] = 50.0
    (warning,) = told(calm)
    assert "$1,050bn within a month in the median simulation" in warning


def test_currency_beyond_a_few_percent_of_gdp_warns(calm: xr.Dataset) -> None:
    flows = np.zeros((STEPS, len(CURRENCIES) - 1))
    flows[:60, 0] = -5000.0 / 60.0
    (warning,) = told(calm, flows)
    assert warning.startswith("Purchases or sales of JPY come to 125.0 percent of the GDP of Japan")
    assert told(calm, 0.02 * flows) == []


def test_proceeds_in_yen_and_bonds_of_japan_are_one_currency(calm: xr.Dataset) -> None:
    assets = calm["asset"].values.tolist()
    calm["sold_face"][:, 1:61] = 2.0
    calm["counter_asset"][:, assets.index("jpy_cash")] = 70.0
    assert told(calm) == []
    calm["counter_asset"][:, assets.index("jgb")] = 60.0
    (warning,) = told(calm)
    assert "JPY come to 3.2 percent of the GDP of Japan" in warning


def test_a_result_beyond_one_and_a_half_times_the_record_warns(calm: xr.Dataset) -> None:
    calm["delta_fx"].loc[{"currency": "JPY"}] = 100.0 * (1.0 / 198.3 - 1.0)
    (warning,) = told(calm)
    assert warning.startswith("Dollar in yen, highest: +19,730% in the median simulation, 573.5")


def test_draws_without_prices_have_no_part_in_it(calm: xr.Dataset) -> None:
    calm["sold_face"][:12, 1:22] = 50.0
    calm["outcome"][:12] = 0
    assert told(calm) == []
    calm["outcome"][:] = 0
    assert told(calm) == []


def test_a_number_beyond_its_record_says_so_beside_it(calm: xr.Dataset) -> None:
    calm["delta_borrowing_rate"][:] = 0.0
    assert beyond(numbers(calm), is_priced(calm)) == {}
    calm["delta_borrowing_rate"][:, 3, 2] = np.linspace(0.0, 5200.0, calm.sizes["draw"])
    found = beyond(numbers(calm), is_priced(calm))["hy_oas_peak_bp"]
    assert found["reached"] == ("p50", "p95")
    assert found["text"].endswith("beyond 1.5 times the record of +1,623bp (2008-12-15)")
    assert found["record"]["source"].startswith("ICE BofA")
    calm["outcome"][:] = 0
    assert beyond(numbers(calm), is_priced(calm)) == {}
