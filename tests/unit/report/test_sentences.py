"""The answer in two plain sentences."""

import re
from typing import Any

import numpy as np
import pytest
import xarray as xr

from selloff.report import sentences
from selloff.results import summarise

Made = tuple[xr.Dataset, dict[str, Any]]


@pytest.fixture(scope="module")
def sale(dump: Made) -> xr.Dataset:
    ds = dump[0].copy(deep=True)
    ds["baseline_fx"][:, :, 1] = 1.0 / 160.0
    ds["curve_par_yield"].loc[{"tenor": "10Y"}] = 4.75
    return ds


def _said(ds: xr.Dataset) -> tuple[str, ...]:
    return sentences(ds, summarise(ds))


def test_levels_are_the_opening_and_the_numbers_of_the_summary(sale: xr.Dataset) -> None:
    found, (yields, rest) = summarise(sale)["metrics"], _said(sale)
    peak, year = found["us_10y_peak_bp"], found["us_10y_after_1y_bp"]
    low, middle, high = (4.75 + peak[key] / 100.0 for key in ("p05", "p50", "p95"))
    assert yields.startswith(
        f"The US 10-year yield rises from 4.75% to about {middle:.1f}% ({low:.1f} to {high:.1f}% "
        "in nine of ten simulations) within "
    )
    assert yields.endswith(f" still stands at {4.75 + year['p50'] / 100.0:.2f}% after a year.")
    yen = 160.0 * (1.0 + found["usdjpy_trough_pct"]["p50"] / 100.0)
    cost, took = (found[name]["p50"] for name in ("seller_total_cost_usd_bn", "days_to_complete"))
    assert rest == (
        f"The dollar falls from 160 to about {yen:.0f} yen, the sale takes {took:.0f} business "
        f"days and it costs the sellers ${cost:.0f}bn in all."
    )


def test_the_days_are_those_to_the_highest_yield(sale: xr.Dataset) -> None:
    ten = sale["delta_par_yield"].sel(tenor="10Y").values
    day = np.median(sale["day"].values[ten.argmax(axis=1)])
    assert f"within {day:.0f} business days " in _said(sale)[0]


@pytest.mark.parametrize(
    ("left", "words"), [(0.1, "is back at"), (0.5, "still stands at"), (-0.4, "stands at")]
)
def test_a_yield_is_back_where_little_of_the_move_is_left(
    sale: xr.Dataset, left: float, words: str
) -> None:
    ds = sale.copy(deep=True)
    path = np.where(ds["day"].values <= 20, ds["day"].values * 5.0, left * 100.0)
    ds["delta_par_yield"][:] = path[None, :, None]
    text = _said(ds)[0]
    went = "to about 5.8% (5.8 to 5.8% in nine of ten simulations) within 20 business days"
    assert f" {went} and {words} {4.75 + left:.2f}% after a year." in text


def test_a_yield_that_falls_farther_falls(sale: xr.Dataset) -> None:
    ds = sale.copy(deep=True)
    ds["delta_par_yield"] = -ds["delta_par_yield"]
    ds["delta_fx"] = -0.5 * ds["delta_fx"]
    yields, rest = _said(ds)
    assert yields.startswith("The US 10-year yield falls from 4.75% to about 4.0%")
    assert rest.startswith("The dollar rises from 160 to about 16")


@pytest.mark.parametrize("days", [(10, 100), (100, 10)])
def test_a_yield_that_goes_both_ways_is_told_in_order(
    sale: xr.Dataset, days: tuple[int, int]
) -> None:
    ds, (low, high) = sale.copy(deep=True), days
    clock, path = ds["day"].values, np.zeros(ds.sizes["step"])
    for day, change in ((low, -100.0), (high, 65.0)):
        path[(clock >= day) & (clock < day + 20)] = change
    ds["delta_par_yield"][:] = path[None, :, None]
    text = _said(ds)[0]
    fall = "to about 3.8% (3.8 to 3.8% in nine of ten simulations) within"
    if high < low:
        lead = f"The US 10-year yield first rises from 4.75% to about 5.4%, then falls {fall}"
        assert text == f"{lead} 100 business days and is back at 4.75% after a year."
    else:
        lead = f"The US 10-year yield falls from 4.75% {fall} 10 business days"
        assert text == f"{lead}, later rises to about 5.4% and is back at 4.75% after a year."


def test_a_frozen_sale_says_who_froze_it(build: Any) -> None:
    ds, summary = build(draws=10, frozen=8)
    assert (
        "the United States freezes what is unsold in most simulations" in sentences(ds, summary)[1]
    )


def test_a_slow_sale_says_the_year_first_reached(descent: Made) -> None:
    text = sentences(*descent)[0]
    assert re.search(r"\) within 10 years; it stands at 4\.\d\d% after a year\.$", text)


def test_a_sale_that_is_not_done_says_so(sale: xr.Dataset) -> None:
    ds = sale.copy(deep=True)
    ds["days_to_complete"][:] = np.nan
    ds["seller_bill"] = -ds["seller_bill"]
    text = _said(ds)[1]
    assert "the sale is not done after 10 years in most simulations" in text
    assert "it earns the sellers $" in text


def test_without_a_sale_the_shares_are_told(yen_crash: Made, no_sale: Made) -> None:
    assert re.search(
        r" yen and US shares fall by [\d.]+% at the worst\.$", sentences(*yen_crash)[1]
    )
    assert sentences(*no_sale) == (
        "The US 10-year yield stays at 4.30%.",
        "The dollar stays at 1 yen.",
    )


def test_no_answer_is_one_sentence(build: Any) -> None:
    assert sentences(*build(draws=4, failed=4)) == ("No simulation gave an answer.",)


def test_a_short_run_says_nothing_of_a_year(build: Any) -> None:
    assert "after a year" not in " ".join(sentences(*build(draws=8, horizon_years=0.5)))
