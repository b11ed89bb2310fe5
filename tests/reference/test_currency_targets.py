"""What a purchase of yen does to the others and to the broad dollar, asked of the whole model."""

from functools import cache

import numpy as np
import pytest
import xarray as xr

import selloff as so
from selloff.scenario import Reactions
from selloff.vocab import BUSINESS_DAYS_PER_YEAR

pytestmark = pytest.mark.slow
DRAWS = 256
NOBODY = dict.fromkeys(Reactions.model_fields, False)


@cache
def dataset(name: str) -> xr.Dataset:
    return so.run(name, draws=DRAWS, attribution=False).dataset


@cache
def bought() -> xr.Dataset:
    """Yen for one percent of Japan's output within three days; nobody reacts."""
    question = {
        "schema_version": 1,
        "name": "bought",
        "title": "Yen are bought",
        "horizon_years": 1.0,
        "sellers": [{"holder": "jpn_private", "sale_frac": 0.0}],
        "currency_flows": [
            {
                "currency": "JPY",
                "amount_usd_bn": 45.0,
                "pace": {"kind": "linear", "years": 3.0 / BUSINESS_DAYS_PER_YEAR},
            }
        ],
        "reactions": NOBODY,
    }
    return so.run(question, draws=DRAWS, attribution=False).dataset


@pytest.mark.parametrize(("currency", "most"), [("CNY", 0.4), ("EUR", 0.6)])
def test_others_follow_a_yen_that_rises_by_two_percent(currency: str, most: float) -> None:
    fx = bought()["delta_fx"].isel(step=5)
    ratio = fx.sel(currency=currency).values / fx.sel(currency="JPY").values
    assert 0.0 < 2.0 * np.median(ratio) < most
    assert np.mean(2.0 * ratio < most) > 0.75


def test_the_yen_gives_most_of_it_back_within_years_and_not_within_a_week() -> None:
    yen = np.median(bought()["delta_fx"].sel(currency="JPY").values, axis=0)
    assert 0.5 < yen[10] / yen[3] < 1.0
    assert 0.15 < yen[BUSINESS_DAYS_PER_YEAR] / yen[3] < 0.6


def test_a_year_after_the_dump_the_broad_dollar_is_down_by_one_to_three_percent() -> None:
    broad = dataset("japan-dump")["delta_usd_broad"].isel(step=BUSINESS_DAYS_PER_YEAR)
    assert -3.0 < float(np.median(broad)) < -1.0
    fx = dataset("japan-dump")["delta_fx"].isel(step=BUSINESS_DAYS_PER_YEAR)
    assert float(np.median(fx.sel(currency="CNY"))) < 1.5


def test_hedging_prevents_no_crisis() -> None:
    ds = dataset("quiet-hedge")
    more = (ds["em_crisis_prob"] - ds["em_crisis_prob_base"]).sum("country")
    assert abs(float(more.mean())) < 0.05


def test_a_dump_is_leaned_against() -> None:
    leant = dataset("japan-dump")["leaning_purchases"].isel(step=BUSINESS_DAYS_PER_YEAR)
    low, middle, high = np.percentile(leant, [5, 50, 95])
    assert 0.0 < low < 20.0 < middle < 100.0 < high < 400.0
