"""What the Federal Reserve, stress that lasts and the budget make of a sale."""

from functools import cache
from typing import Any

import numpy as np
import pytest

import selloff as so
from selloff.results import metric_draws
from selloff.scenario import load

pytestmark = pytest.mark.slow
DRAWS = 96


@cache
def answer(name: str, sold: float = 1.0) -> dict[str, Any]:
    scenario: Any = name
    if sold < 1.0:
        scenario = load(name)
        seller = scenario.sellers[0].model_copy(update={"sale_frac": sold})
        scenario = scenario.model_copy(update={"sellers": (seller,)})
    dataset = so.run(scenario, draws=DRAWS, seed=0, attribution=False).dataset
    days = dataset["day"].values
    return metric_draws(dataset) | {
        "rate": dataset["delta_policy_rate"].values[:, :, 0],
        "fear": dataset["delta_volatility"].values[:, :, 0],
        "year": np.searchsorted(days, 252.0),
        "eight": np.searchsorted(days, 8 * 252.0),
    }


def test_interest_rises_with_the_sale() -> None:
    """And a dump costs more than no sale, which costs nothing."""
    found = [
        float(np.median(answer("japan-dump", sold)["federal_interest_10y_usd_bn"]))
        for sold in (0.25, 0.5, 1.0)
    ]
    assert 0.0 < found[0] < found[1] < found[2]


def test_a_slow_sale_leaves_no_stress_behind() -> None:
    """Everybody gets used to what dealers ask year after year: no rate stays low for it."""
    slow = answer("japan-slow")
    assert np.quantile(slow["rate"][:, slow["eight"]], 0.05) > -30.0
    assert np.quantile(slow["fear"][:, slow["eight"]], 0.95) < 3.0
    assert np.quantile(slow["federal_interest_10y_usd_bn"], 0.05) > -50.0


def test_purchases_end_once_a_squeeze_is_cured() -> None:
    bought = answer("taiwan-conflict")["fed_purchases_usd_bn"]
    assert np.quantile(bought, 0.95) < 2500.0
    assert np.median(bought) > 500.0


def test_cuts_are_taken_back() -> None:
    """Half of them in about a year, as after 1987 and 1998, in the middle draw of a dump."""
    dump = answer("japan-dump")
    rate = np.median(dump["rate"], axis=0)
    assert rate[dump["year"]] < -5.0
    assert rate[dump["eight"]] > 0.2 * rate[dump["year"]]


def test_no_set_of_parameters_makes_yields_flip_from_day_to_day() -> None:
    """Output, the expected rate and yields must not chase each other: every set is asked once."""
    asked = so.run("quiet-hedge", draws=512, seed=0, horizon_years=1.5, attribution=False)
    assert np.unique(asked.dataset["parameter_row"].values).size == 512
    change = np.diff(asked.dataset["delta_par_yield"].sel(tenor="10Y").values[:, :252], axis=1)
    turns = (change[:, 1:] * change[:, :-1] < 0.0) & (np.abs(change[:, 1:]) > 1.0)
    days = np.lib.stride_tricks.sliding_window_view(turns, 10, axis=1)
    assert not days.all(axis=2).any()
