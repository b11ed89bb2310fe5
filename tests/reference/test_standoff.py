"""A standoff over the debt ceiling, beside those of 2011, 2013 and 2023."""

from functools import cache

import numpy as np
import pytest
import xarray as xr

import selloff as so
from selloff.scenario import load

pytestmark = pytest.mark.slow
DRAWS = 128
DAYS = slice(1, 11)
"""The first two weeks."""
LONG = {2011: -41.0, 2013: -3.0, 2023: -7.0}
"""10-year yield, that of 2023 less the 2-year [bp]."""
STOCKS = {2011: -10.8, 2013: -4.1, 2023: -0.4}
"""S&P 500, 22 July to 5 August, 18 September to 8 October, 28 April to 25 May [percent]."""


@cache
def standoff(*, haven: bool = True) -> xr.Dataset:
    asked = load("debt-ceiling")
    reactions = asked.reactions.model_copy(update={"haven": haven})
    asked = asked.model_copy(update={"reactions": reactions})
    return so.run(asked, draws=DRAWS, attribution=False).dataset


def over_two_weeks(series: xr.DataArray) -> np.ndarray:
    return np.asarray(series.isel(step=DAYS).mean("step").values)


def test_bills_cheapen_and_long_yields_do_not_rise() -> None:
    yields = standoff()["delta_par_yield"]
    bills, two, ten, thirty = (
        over_two_weeks(yields.sel(tenor=tenor)) for tenor in ("3M", "2Y", "10Y", "30Y")
    )
    assert np.median(bills) > 1.0
    assert np.median(ten) <= 0.0
    assert np.median(thirty) <= 0.0
    assert np.median(ten - two) < -2.0


def test_the_record_lies_within_the_range() -> None:
    first = standoff()["delta_par_yield"].sel(tenor="10Y").isel(step=2)
    low, high = np.quantile(first, (0.05, 0.95))
    assert all(1.1 * low < each < high for each in LONG.values())
    fall = standoff()["delta_asset_price"].sel(market="sp500").min("step")
    assert min(STOCKS.values()) < float(fall.median()) < max(STOCKS.values())


def test_the_dollar_stays_near_where_it_was() -> None:
    assert abs(np.median(over_two_weeks(standoff()["delta_usd_broad"]))) < 1.0


def test_it_is_the_shelter_that_does_it() -> None:
    """Without it the sale and the stress lift long yields and leave bills where they were."""
    ten, alone = (
        over_two_weeks(each["delta_par_yield"].sel(tenor="10Y"))
        for each in (standoff(), standoff(haven=False))
    )
    assert np.median(ten - alone) < -8.0
