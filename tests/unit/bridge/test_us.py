"""The United States down to arrays: units, dates and amounts."""

from typing import Any

import jax
import numpy as np
import pytest

from selloff.bridge.curve import par_yields
from selloff.bridge.us import borrower_rules, rating_rules, us_rules, us_world
from selloff.data import federal, vintage
from selloff.evidence import Bank, load_bank, parameters
from selloff.model.economy.united_states.core import us_paths
from selloff.vocab import TENORS
from us_specimens import anything, drivers, no_chance

MEDIANS = {row.name: row.p50 for row in parameters().values()}


def medians(**given: float) -> Bank:
    return Bank({name: np.full(2, each) for name, each in (MEDIANS | given).items()}, {})


def test_the_world_is_the_budget_of_the_vintage() -> None:
    world, ahead = us_world(vintage(), 12), federal(vintage(), 12)
    budget = world.budget
    assert float(budget.opening) == ahead.debt[0]
    for name in ("debt", "gdp"):
        assert np.array_equal(getattr(budget, name), getattr(ahead, name)[1:]), name
    for name in ("interest", "revenue"):
        assert np.array_equal(getattr(budget, name), getattr(ahead, name)), name
    assert np.array_equal(world.past_ratio, ahead.past_ratio)


def test_new_debt_pays_a_yield_on_the_curve_and_short_tenors_little_premium() -> None:
    budget = us_world(vintage(), 4).budget
    levels = par_yields(vintage().curves["USD"], np.array([0.25, 30.0]))
    assert levels[0] < float(budget.new_rate) < levels[1]
    loading = dict(zip(TENORS, np.asarray(budget.loading), strict=True))
    assert loading["3M"] == pytest.approx(0.025)
    assert loading["5Y"] == pytest.approx(0.5)
    assert loading["10Y"] == loading["30Y"] == 1.0


def test_units_are_turned_into_decimals() -> None:
    found: Any = us_rules(
        medians(us_demand_ten_year=1.2, us_demand_fear=0.05, us_okun_impact=0.4, debt_premium=3.0)
    )
    # 1.2 percent per percentage point is 1.2 in decimals; 0.05 percent a point of VIX is 0.0005.
    assert found.economy.demand.ten_year == pytest.approx(1.2)
    assert found.economy.demand.fear == pytest.approx(0.0005)
    assert found.economy.labour.impact == pytest.approx(0.4)
    # 3bp for one percent of GDP: 0.0003 for 0.01.
    assert found.fiscal.premium == pytest.approx(0.03)
    scores: Any = rating_rules(medians(rating_interest=0.05, rating_usual_interest=10.5))
    assert scores.interest == pytest.approx(5.0)
    assert scores.usual_interest == pytest.approx(0.105)


def test_the_mortgage_is_in_the_vintage_s_dollars_above_its_ten_year_yield() -> None:
    ten = float(par_yields(vintage().curves["USD"], np.array([10.0]))[0])
    now: Any = borrower_rules(medians(borrower_mortgage_spread=200.0), vintage())
    assert now.opening_rate == pytest.approx(ten + 0.02)
    assert 1.0 < float(now.loan[0]) / MEDIANS["borrower_loan"] < 1.1
    then: Any = borrower_rules(medians(), vintage("2013-05"))
    ratio = vintage("2013-05").gdp_usd_bn["USD"] / vintage().gdp_usd_bn["USD"]
    assert float(then.maturing[0] / now.maturing[0]) == pytest.approx(ratio)


def test_every_draw_of_the_bank_gives_finite_paths() -> None:
    bank = load_bank()
    rules = jax.tree.map(lambda leaf: leaf[:50], us_rules(bank))
    moved, chance = anything(1, 40)
    world = us_world(vintage(), 40)
    paths = jax.jit(jax.vmap(lambda rule: us_paths(moved, chance, world, rule)))(rules)
    for name in ("gdp", "unemployment", "debt_ratio", "interest_to_revenue"):
        values = np.asarray(getattr(paths, name))
        assert values.shape == (50, 40)
        assert np.isfinite(values).all(), name
        assert np.ptp(values, axis=0)[-1] > 0.0, name


def test_debt_without_chance_reaches_what_cbo_has() -> None:
    world = us_world(vintage(), 41)
    rules = jax.tree.map(lambda leaf: leaf[0], us_rules(medians()))
    paths = us_paths(drivers(41), no_chance(41), world, rules)
    assert float(paths.debt_ratio[40]) == pytest.approx(1.20, abs=0.015)
    assert float(paths.interest_to_revenue[0]) == pytest.approx(0.187, abs=0.002)
