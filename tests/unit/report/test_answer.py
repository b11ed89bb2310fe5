"""The answer in two plain sentences."""

import re
from typing import Any

import numpy as np
import pytest
import xarray as xr

from selloff.report import Gist, answer_lines, asked, sentences
from selloff.report.answer import BILL, WANTED
from selloff.report.estimate import Estimate
from selloff.report.told import TEN, YEN, Told
from selloff.results import summarise
from selloff.scenario import load, preset_names

Made = tuple[xr.Dataset, dict[str, Any]]


@pytest.fixture(scope="module")
def sale(dump: Made) -> xr.Dataset:
    ds = dump[0].copy(deep=True)
    ds["baseline_fx"][:, :, 1] = 1.0 / 160.0
    ds["curve_par_yield"].loc[{"tenor": "10Y"}] = 4.75
    return ds


def _said(ds: xr.Dataset) -> tuple[str, ...]:
    return answer_lines(ds, summarise(ds))


def test_levels_are_the_opening_and_the_numbers_of_the_summary(sale: xr.Dataset) -> None:
    found, (yields, rest) = summarise(sale)["metrics"], _said(sale)
    peak, year = found["us_10y_peak_bp"], found["us_10y_after_1y_bp"]
    low, middle, high = (4.75 + peak[key] / 100.0 for key in ("p05", "p50", "p95"))
    assert yields.startswith(
        f"The US 10-year yield rises from 4.75% to {middle:.2f}% ({low:.2f}–{high:.2f}) within "
    )
    then = 4.75 + year["p50"] / 100.0
    assert re.search(rf" and still stands at {then:.2f}% \(.+\) after a year\.$", yields)
    yen = 160.0 * (1.0 + found["usdjpy_trough_pct"]["p50"] / 100.0)
    cost, took = (found[name]["p50"] for name in ("seller_total_cost_usd_bn", "days_to_complete"))
    told = re.sub(r" \([^)]*\)", "", rest)
    assert told == (
        f"The dollar falls from 160 yen to {yen:.0f} yen; the sale takes {took:.0f} business days "
        f"and costs the sellers ${cost:.0f}bn in all."
    )


def test_the_days_are_those_to_the_highest_yield(sale: xr.Dataset) -> None:
    ten = sale["delta_par_yield"].sel(tenor="10Y").values
    low, day, high = np.quantile(sale["day"].values[ten.argmax(axis=1)], (0.05, 0.5, 0.95))
    assert f"within {day:.0f} business days ({low:.0f}–{high:.0f}) " in _said(sale)[0]


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
    went = "to 5.75% within 20 business days"
    assert f" {went} and {words} {4.75 + left:.2f}% after a year." in text


def test_a_yield_that_falls_farther_falls(sale: xr.Dataset) -> None:
    ds = sale.copy(deep=True)
    ds["delta_par_yield"] = -ds["delta_par_yield"]
    ds["delta_fx"] = -0.5 * ds["delta_fx"]
    yields, rest = _said(ds)
    assert yields.startswith("The US 10-year yield falls from 4.75% to 4.0")
    assert rest.startswith("The dollar rises from 160 yen to 16")


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
    fall = "to 3.75% within"
    if high < low:
        lead = f"The US 10-year yield first rises from 4.75% to 5.40%, then falls {fall}"
        assert text == f"{lead} 100 business days and is back at 4.75% after a year."
    else:
        lead = f"The US 10-year yield falls from 4.75% {fall} 10 business days"
        assert text == f"{lead}, later rises to 5.40% and is back at 4.75% after a year."


def test_a_frozen_sale_says_who_froze_it(build: Any) -> None:
    text = answer_lines(*build(draws=10, frozen=8))[1]
    assert "; in most simulations the United States freezes what is left and the sale " in text


def test_a_slow_sale_says_the_year_first_reached(descent: Made) -> None:
    text = answer_lines(*descent)[0]
    assert re.search(r" within 10 years.*; after a year it stands at 4\.\d\d% \(.+\)\.$", text)


def test_a_sale_that_is_not_done_says_so(sale: xr.Dataset) -> None:
    ds = sale.copy(deep=True)
    ds["days_to_complete"][:] = np.nan
    ds["unsold_face"][:] = 300.0
    ds["seller_bill"] = -ds["seller_bill"]
    text = _said(ds)[1]
    assert "; in most simulations part of it, $300bn, is unsold after 10 years and" in text
    assert "and the sale earns the sellers $" in text


def test_without_a_sale_the_shares_are_told(yen_crash: Made, no_sale: Made) -> None:
    text = answer_lines(*yen_crash)[1]
    assert re.search(r"; US shares fall by [\d.]+% \(.+\) at the worst\.$", text)
    assert answer_lines(*no_sale) == (
        "Nothing is sold and nothing else is asked, so every price stays on its path.",
    )


def test_no_answer_is_one_sentence(build: Any) -> None:
    assert answer_lines(*build(draws=4, failed=4)) == ("No simulation gave an answer.",)


def test_a_short_run_says_nothing_of_a_year(build: Any) -> None:
    assert "after a year" not in " ".join(answer_lines(*build(draws=8, horizon_years=0.5)))


def test_the_sentences_need_no_draws() -> None:
    numbers = {one: Told(Estimate(0.0, 0.0, 0.0, "bp"), one) for one in WANTED}
    given = {
        "us_10y_peak_bp": Estimate(20.0, 80.0, 240.0, "bp"),
        f"day_of_highest:{TEN}": Estimate(3.0, 8.0, 20.0, "business days"),
        f"day_of_lowest:{TEN}": Estimate(0.0, 0.0, 0.0, "business days"),
        "usdjpy_trough_pct": Estimate(-30.0, -20.0, -10.0, "percent"),
        "days_to_complete": Estimate(9.0, 21.0, 90.0, "business days"),
    }
    numbers |= {one: Told(found, one) for one, found in given.items()}
    numbers[BILL] = Told(Estimate(50.0, 120.0, 260.0, "USD bn"), "seller_total_cost_usd_bn")
    found = Gist(numbers=numbers, start={TEN: 4.75, YEN: 160.0}, years=10.0)
    assert [one.striptags() for one in sentences(found)] == [
        "The US 10-year yield rises from 4.75% to 5.55% (4.95–7.15) within 8 business days (3–20) "
        "and is back at 4.75% after a year.",
        "The dollar falls from 160 yen to 128 yen (112–144); the sale takes 21 business days "
        "(9–90) and costs the sellers $120bn (50–260) in all.",
    ]


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_is_asked_in_words(dump: Made, no_sale: Made, name: str) -> None:
    scenario = load(name)
    made = dump if scenario.sellers else no_sale
    words = asked(made[0].assign_attrs(scenario=scenario.model_dump_json()))
    assert words or name == "no-sale"
    assert not re.search(r"[{}_]|\bNone\b|  | ,", words)
    assert len(re.findall(r"\((?:as|[\d.]+ times as strong as) in ", words)) == len(scenario.shocks)
