"""Yields, output, interest, debt and yields again."""

import dataclasses

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.economy.united_states.core import UsPaths, us_paths
from twin import us_numpy
from us_specimens import TEN, anything, drivers, no_chance, rules, run, world

DEVIATIONS = (
    "gdp",
    "unemployment",
    "inflation",
    "premium",
    "interest",
    "deficit",
    "debt",
    "ten_year",
)
LEVELS = ("debt_ratio", "interest_to_revenue", "debt_trend")


def ends(paths: UsPaths, name: str) -> float:
    return float(getattr(paths, name)[-1])


@pytest.mark.parametrize("seed", range(5))
def test_the_twin_finds_the_same(seed: int) -> None:
    moved, chance = anything(seed)
    found = run(moved, chance, world(), rules())
    again = us_numpy.us_paths(moved, np.asarray(chance), world(), rules())
    assert set(again) == {field.name for field in dataclasses.fields(UsPaths)}
    for name, values in again.items():
        scale = np.abs(values).max()
        assert np.asarray(getattr(found, name)) == pytest.approx(
            values, rel=1e-12, abs=1e-12 * scale
        )


def test_tariffs_reach_output_prices_debt_and_interest_as_in_the_twin() -> None:
    """Customs alone lower debt and interest; output lost takes some of it back."""
    moved, chance = anything(3)
    n_q = chance.shape[0]
    trade = np.stack([np.full(n_q, x) for x in (-0.004, 0.003, 0.001)], axis=1)
    found = us_paths(moved, chance, world(), rules(), trade=jnp.asarray(trade))
    again = us_numpy.us_paths(moved, np.asarray(chance), world(), rules(), trade)
    for name, values in again.items():
        scale = np.abs(values).max()
        assert np.asarray(getattr(found, name)) == pytest.approx(
            values, rel=1e-12, abs=1e-12 * scale
        )
    none = us_paths(moved, chance, world(), rules())
    customs = us_paths(
        moved, chance, world(), rules(), trade=jnp.asarray(trade * np.array([0.0, 0.0, 1.0]))
    )
    assert ends(customs, "debt") < ends(none, "debt")
    assert ends(customs, "interest") < ends(none, "interest")
    assert ends(customs, "debt") < ends(found, "debt")


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_nothing_in_nothing_out_whatever_the_chance(seed: int) -> None:
    _, chance = anything(seed)
    found = run(drivers(), chance, world(), rules())
    for name in DEVIATIONS:
        assert not np.any(getattr(found, name)), name
    for name in LEVELS:
        assert np.array_equal(getattr(found, name), getattr(found, f"{name}_base")), name


def test_chance_moves_the_baseline_and_no_chance_leaves_it_as_planned() -> None:
    budget = world().budget
    calm = run(drivers(), no_chance(), world(), rules())
    assert np.array_equal(calm.debt_ratio_base, budget.debt / budget.gdp)
    assert np.array_equal(calm.interest_base, budget.interest)
    assert np.array_equal(calm.interest_to_revenue_base, budget.interest / budget.revenue)
    _, chance = anything(3)
    assert np.ptp(run(drivers(), chance, world(), rules()).debt_ratio_base - calm.debt_ratio) > 0.01


def test_the_first_quarter_comes_too_soon_for_output() -> None:
    found = run(drivers(yields=np.array(0.01)), no_chance(), world(), rules())
    assert found.gdp[0] == 0.0
    assert found.gdp[1] == pytest.approx(-0.1 * 1.2 * 0.01)
    assert found.ten_year[0] == 0.01


def test_squeeze_and_doubt_cost_output_and_a_weak_dollar_helps_it() -> None:
    squeezed = run(drivers(stress=np.array([1.0, 0.0])), no_chance(), world(), rules())
    doubted = run(drivers(stress=np.array([0.0, 1.0])), no_chance(), world(), rules())
    weak = run(drivers(broad=np.array(-0.05)), no_chance(), world(), rules())
    assert ends(squeezed, "gdp") < 0.0 < ends(squeezed, "unemployment")
    assert ends(squeezed, "gdp") < ends(doubted, "gdp") < 0.0 < ends(doubted, "unemployment")
    assert ends(weak, "unemployment") < 0.0 < ends(weak, "gdp")
    assert weak.inflation[0] > 0.0
    assert ends(squeezed, "debt") > 0.0 > ends(weak, "debt")


def test_an_easier_policy_rate_offsets_higher_yields() -> None:
    high = drivers(yields=np.array(0.01))
    eased = drivers(yields=np.array(0.01), rates=np.array([-0.005, 0.0]))
    other = drivers(yields=np.array(0.01), rates=np.array([0.0, -0.005]))
    alone = run(high, no_chance(), world(), rules())
    assert ends(run(eased, no_chance(), world(), rules()), "gdp") > ends(alone, "gdp")
    assert ends(run(other, no_chance(), world(), rules()), "gdp") == ends(alone, "gdp")


def test_the_premium_follows_debt_and_feeds_on_itself() -> None:
    moved = drivers(yields=np.array(0.01))
    without = run(moved, no_chance(), world(), rules(premium=0.0))
    found = run(moved, no_chance(), world(), rules(premium=0.03))
    ratio = np.asarray(found.debt_ratio - found.debt_ratio_base)
    assert np.asarray(found.premium) == pytest.approx(0.03 * np.append(0.0, ratio[:-1]))
    assert np.asarray(found.ten_year) == pytest.approx(0.01 + np.asarray(found.premium))
    assert not np.any(without.premium)
    assert ends(found, "interest") > ends(without, "interest") > 0.0
    assert ends(found, "gdp") < ends(without, "gdp")


def test_the_premium_ends_at_half_as_much_again_as_debt_was_ever_seen_to_rise() -> None:
    spiral = drivers(yields=np.array(0.2))
    found = run(spiral, no_chance(), world(), rules(premium=0.03, seen=0.1, reaction=0.0))
    ratio = np.asarray(found.debt_ratio - found.debt_ratio_base)
    assert ratio[-1] > 0.2
    premium = np.asarray(found.premium)
    assert np.all(np.diff(premium) >= 0.0)
    assert 0.03 * 0.1 < premium[-1] < 0.03 * 0.15


def test_deficits_add_up_to_debt_and_interest_alone_makes_them_without_answers() -> None:
    moved, chance = anything(7)
    found = run(moved, chance, world(), rules())
    assert np.cumsum(found.deficit) == pytest.approx(np.asarray(found.debt))
    silent = run(moved, chance, world(), rules(cyclical=0.0, reaction=0.0))
    assert np.array_equal(silent.deficit, silent.interest)


def test_a_reaction_pays_some_of_the_debt_back() -> None:
    moved = drivers(yields=np.array(0.01))
    left = [
        ends(run(moved, no_chance(), world(), rules(reaction=each)), "debt")
        for each in (0.0, 0.04, 0.08)
    ]
    assert left[0] > left[1] > left[2] > 0.0


def test_only_the_ten_year_yield_is_felt_but_every_tenor_is_paid() -> None:
    short = np.zeros((12, 9))
    short[:, 0] = 0.01
    found = run(drivers(yields=short), no_chance(), world(), rules(premium=0.0, cyclical=0.0))
    assert not np.any(found.gdp)
    assert np.all(found.interest > 0.0)
    assert TEN != 0


def test_trends_reach_back_before_the_opening() -> None:
    found = run(drivers(), no_chance(), world(), rules())
    ratio = np.append(world().past_ratio, found.debt_ratio_base)
    assert np.asarray(found.debt_trend_base) == pytest.approx(ratio[4:] - ratio[:-4])


def test_a_horizon_of_one_quarter_works() -> None:
    found = run(drivers(1, yields=np.array(0.01)), no_chance(1), world(1), rules())
    assert found.gdp.shape == (1,)
    assert jnp.isfinite(found.debt_trend).all()
    assert found.interest[0] > 0.0
