"""Emerging economies: stress needs a strong dollar or fear, and nothing in gives nothing out."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.economy.drivers import Drivers
from selloff.model.economy.emerging.crisis import (
    CrisisModel,
    Economies,
    chance,
    fundamentals,
    pressures,
    tightness,
    vulnerability,
)
from selloff.model.economy.emerging.economies import (
    EmergingPaths,
    EmergingRules,
    EmergingWorld,
    capital_tide,
    emerging_paths,
    world_index,
)
from twin.emerging_numpy import paths as plain_paths

CRISIS = CrisisModel(
    intercept=jnp.asarray(-3.0),
    slopes=jnp.array([0.25, 0.4, 0.35, 0.12, 0.1]),
    floating=jnp.asarray(0.5),
    world=jnp.array([0.75, 1.4, 0.7]),
    tight=jnp.array([0.02, 7.0]),
    unit=jnp.array([0.01, 0.1, 10.0]),
    seen=jnp.array([1.1, 1.2, 1.3]),
    over=jnp.asarray(0.5),
    year_spread=jnp.asarray(0.4),
    centre=jnp.array([2.0, 0.0, 0.06, 0.02, 0.4]),
    scale=jnp.array([0.75, 0.055, 0.05, 0.16, 0.2]),
    limits=jnp.array(
        [[-jnp.inf, -0.15, -0.02, -0.5, 0.0], [jnp.log(1e3), 0.15, jnp.log(1.4), 0.5, 2.0]]
    ),
)
RULES = EmergingRules(
    crisis=CRISIS,
    flow=jnp.asarray(1.3),
    relief=jnp.asarray(0.05),
    exposure=jnp.asarray(0.4),
    debt_cap=jnp.asarray(3.0),
    met=jnp.array([0.9, 0.6, 0.2]),
    spent=jnp.asarray(0.4),
)
WORLD = EmergingWorld(
    economies=Economies(
        reserves=jnp.array([0.3, 0.1, 0.05, 0.2]),
        current_account=jnp.array([0.05, -0.02, -0.06, -0.4]),
        inflation=jnp.array([0.02, 0.05, 0.6, -0.01]),
        appreciation=jnp.array([0.0, 0.1, -0.3, 0.8]),
        debt=jnp.array([0.2, 0.4, 0.6, 4.0]),
        regime=jnp.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]),
    ),
    treasuries=jnp.zeros(4),
    durations=jnp.zeros((4, 9)),
    march=jnp.zeros(4),
)
HOLDING = EmergingWorld(
    economies=WORLD.economies,
    treasuries=jnp.array([0.15, 0.02, 0.01, 0.2]),
    durations=jnp.tile(jnp.arange(9.0) / 8.0, (4, 1)).at[0].set(0.5),
    march=jnp.array([0.3, 0.04, 0.9, 0.1]),
)
UNSOLD = jnp.zeros((8, 2))
following = jax.jit(
    lambda drivers, vix: emerging_paths(drivers, vix, UNSOLD, world=WORLD, rules=RULES)
)
holding = jax.jit(
    lambda drivers, vix, spent=UNSOLD: emerging_paths(
        drivers, vix, spent, world=HOLDING, rules=RULES
    )
)
small = st.floats(-0.05, 0.05)


def drivers(ten_year: float | np.ndarray = 0.0, dollar: float | np.ndarray = 0.0) -> Drivers:
    shape = np.zeros(8)
    path = jnp.asarray(shape + ten_year)
    return Drivers(
        yields=jnp.zeros((8, 9)).at[:, 6].set(path),
        jgb=jnp.zeros(8),
        rates=jnp.zeros((8, 2)),
        log_fx=jnp.zeros((8, 4)),
        broad=jnp.asarray(shape + dollar),
        stress=jnp.zeros((8, 2)),
        spent=jnp.zeros((8, 2)),
        jgbs=jnp.zeros(8),
    )


def follow(ten_year: float = 0.0, dollar: float = 0.0, vix: float = 0.0) -> EmergingPaths:
    return following(drivers(ten_year, dollar), jnp.full(8, vix))


def test_nothing_in_nothing_out_exactly() -> None:
    found = follow()
    np.testing.assert_array_equal(found.flow_loss, 0.0)
    np.testing.assert_array_equal(found.crisis_prob, found.crisis_prob_base)


def test_yields_alone_do_no_harm() -> None:
    found = follow(ten_year=0.02)
    np.testing.assert_array_equal(found.flow_loss, 0.0)
    np.testing.assert_array_equal(found.crisis_prob, found.crisis_prob_base)


def test_higher_yields_take_from_reserves_held_in_treasuries() -> None:
    found = holding(drivers(ten_year=0.02), jnp.zeros(8))
    wanted = np.asarray(HOLDING.treasuries) * np.asarray(HOLDING.durations)[:, 6] * 0.02
    np.testing.assert_allclose(found.mark, wanted, rtol=1e-12)
    assert np.all(found.crisis_prob > found.crisis_prob_base)
    assert np.all(holding(drivers(ten_year=-0.02), jnp.zeros(8)).mark < 0.0)


def test_a_dollar_that_merely_falls_eases() -> None:
    for yields in (0.0, 0.02):
        found = follow(ten_year=yields, dollar=-0.05)
        assert np.all(found.flow_loss < 0.0)
        assert np.all(found.crisis_prob < found.crisis_prob_base)


@pytest.mark.parametrize("pressed", [{"dollar": 0.05}, {"vix": 10.0}])
def test_a_strong_dollar_or_fear_is_stress(pressed: dict[str, float]) -> None:
    found, worse = follow(**pressed), follow(ten_year=0.01, **pressed)
    assert np.all(found.crisis_prob > found.crisis_prob_base)
    assert np.all(worse.crisis_prob > found.crisis_prob)
    assert np.all(worse.flow_loss > 0.0)


def test_the_mean_economy_loses_what_the_world_bank_says_in_a_tight_world() -> None:
    found = follow(ten_year=0.01, dollar=0.05)
    assert float(found.flow_loss.mean()) == pytest.approx(0.013, rel=1e-12)


def test_tide_by_hand() -> None:
    half = capital_tide(
        jnp.array([0.01, 0.01, 0.0, -0.01]),
        jnp.array([0.01, -0.02, 0.0, 0.02]),
        vix=jnp.array([0.0, 3.5, 7.0, 0.0]),
        rules=RULES,
    )
    wanted = (1.3 * 0.01 * 0.5 + (1.3 * 0.01 * 0.5 - 0.05 * 0.02 * 0.5)) / 4.0
    assert float(half) == pytest.approx(wanted, rel=1e-12)


def test_pressures_by_hand() -> None:
    tight = jnp.array([0.02, 7.0])
    found = pressures(
        jnp.array([0.01, 0.01, -0.01]),
        jnp.array([0.01, -0.05, 0.05]),
        vix=jnp.array([0.0, -5.0, 0.0]),
        tight=tight,
        unit=CRISIS.unit,
    )
    np.testing.assert_allclose(found, [[0.5, 0.1, 0.0], [0.0, -0.5, -0.5], [0.0, 0.5, 0.0]])
    levels = tightness(jnp.array([0.02, 0.01]), jnp.array([7.0, 3.5]), tight)
    np.testing.assert_array_equal(levels, 1.0)


def test_a_change_that_stays_counts_in_one_year_only() -> None:
    level = jnp.full(8, 0.05)
    first, second = world_index(jnp.zeros(8), level, vix=jnp.zeros(8), crisis=CRISIS)
    assert float(first) == pytest.approx(1.4 * 0.5, rel=1e-12)
    assert float(second) == 0.0


def test_fundamentals_are_kept_within_limits_and_worse_is_more() -> None:
    rows = np.asarray(fundamentals(WORLD.economies, CRISIS.limits))
    np.testing.assert_allclose(rows[:, 0], -np.log([0.3, 0.1, 0.05, 0.2]))
    np.testing.assert_allclose(rows[:, 1], [-0.05, 0.02, 0.06, 0.15])
    assert rows[2, 2] == pytest.approx(np.log(1.4))
    assert rows[3, 3] == 0.5
    assert rows[3, 4] == 2.0


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("reserves", -0.02),
        ("current_account", -0.01),
        ("inflation", 0.01),
        ("appreciation", 0.01),
        ("debt", 0.05),
    ],
)
def test_each_fundamental_has_its_sign(name: str, change: float) -> None:
    worse = eqx.tree_at(
        lambda each: getattr(each, name), WORLD.economies, getattr(WORLD.economies, name) + change
    )
    before, after = vulnerability(WORLD.economies, CRISIS), vulnerability(worse, CRISIS)
    assert np.all(after[:2] > before[:2])


def test_chance_is_the_mean_over_the_luck_of_the_year() -> None:
    odds, spread = np.array([-4.0, -2.0, 0.0, 1.5]), 0.8
    luck = np.linspace(-9.0, 9.0, 20_001)
    density = np.exp(-0.5 * luck**2)
    wanted = [
        np.sum(density / (1.0 + np.exp(-(each + spread * luck)))) / density.sum() for each in odds
    ]
    crisis = eqx.tree_at(lambda each: each.year_spread, CRISIS, jnp.asarray(spread))
    np.testing.assert_allclose(chance(jnp.asarray(odds), crisis), wanted, atol=1e-6)
    without = eqx.tree_at(lambda each: each.year_spread, CRISIS, jnp.asarray(0.0))
    np.testing.assert_allclose(chance(jnp.asarray(odds), without), 1.0 / (1.0 + np.exp(-odds)))


def test_reserves_spent_raise_the_chance_only_where_they_are_spent() -> None:
    fixed = eqx.tree_at(lambda each: each.met, RULES, jnp.array([1.0, 0.0, 0.0]))
    kept = eqx.tree_at(lambda each: each.met, RULES, jnp.zeros(3))
    given = (drivers(0.01, 0.05), jnp.zeros(8), UNSOLD)
    spent, whole = (emerging_paths(*given, world=WORLD, rules=each) for each in (fixed, kept))
    assert spent.crisis_prob[0] > whole.crisis_prob[0]
    np.testing.assert_array_equal(spent.crisis_prob[1:], whole.crisis_prob[1:])


def test_dollars_sold_and_spent_are_gone_and_not_gone_twice() -> None:
    """Both motives take of reserves; what the outflow asks for is the same defence."""
    calm = holding(drivers(), jnp.zeros(8))
    np.testing.assert_array_equal(calm.defended, 0.0)
    for column in (0, 1):
        found = holding(drivers(), jnp.zeros(8), UNSOLD.at[:, column].set(0.5))
        part = 0.5 * np.asarray(HOLDING.march) if column == 0 else 0.5
        np.testing.assert_allclose(found.defended, part * np.asarray(HOLDING.treasuries))
        assert np.all(np.asarray(found.crisis_prob) > np.asarray(calm.crisis_prob))
    unmet = eqx.tree_at(lambda each: each.met, RULES, jnp.zeros(3))
    tide = (drivers(0.03, 0.05), jnp.full(8, 10.0), UNSOLD.at[:, 1].set(0.6))
    both, one = (emerging_paths(*tide, world=HOLDING, rules=each) for each in (RULES, unmet))
    met = np.asarray(both.flow_loss) * np.array([0.9, 0.6, 0.2, 0.2])
    sold_more = (met > 0.001) & (met < 0.6 * np.asarray(HOLDING.treasuries))
    assert sold_more.any()
    np.testing.assert_array_equal(both.crisis_prob[sold_more], one.crisis_prob[sold_more])


@settings(max_examples=30, deadline=None)
@given(
    ten=st.lists(small, min_size=8, max_size=8),
    dollar=st.lists(small, min_size=8, max_size=8),
    vix=st.lists(st.floats(-10.0, 40.0), min_size=8, max_size=8),
    sold=st.tuples(st.floats(0.0, 2.0), st.floats(0.0, 0.6)),
)
def test_the_plain_twin_agrees(
    ten: list[float], dollar: list[float], vix: list[float], sold: tuple[float, float]
) -> None:
    asked = drivers(np.array(ten), np.array(dollar))
    spent = np.outer(np.arange(1.0, 9.0) / 8.0, sold)
    found = holding(asked, jnp.asarray(vix), jnp.asarray(spent))
    plain = plain_paths(asked, vix, spent, HOLDING, RULES)
    for i, (lost, base, after, mark, defended) in enumerate(plain):
        assert float(found.defended[i]) == pytest.approx(defended, rel=1e-12, abs=1e-15)
        assert float(found.mark[i]) == pytest.approx(mark, rel=1e-12, abs=1e-15)
        assert float(found.flow_loss[i]) == pytest.approx(lost, rel=1e-12, abs=1e-15)
        assert float(found.crisis_prob_base[i]) == pytest.approx(base, rel=1e-12)
        assert float(found.crisis_prob[i]) == pytest.approx(after, rel=1e-12)
        assert 0.0 <= float(found.crisis_prob[i]) <= 1.0


def test_a_horizon_of_a_year_holds_its_last_quarter() -> None:
    short = jax.tree.map(lambda each: each[:4], drivers(0.01, 0.05))
    found = emerging_paths(short, jnp.full(4, 5.0), UNSOLD[:4], world=WORLD, rules=RULES)
    given = drivers(0.01, 0.05), jnp.full(8, 5.0), UNSOLD
    whole = emerging_paths(*given, world=WORLD, rules=RULES)
    np.testing.assert_array_equal(found.crisis_prob, whole.crisis_prob)
