"""Markets answer by the type of the shock; a unit of stress is the episode it is named after."""

from collections.abc import Callable
from functools import cache
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.economy.drivers import Drivers
from selloff.model.economy.markets.assets import (
    Answers,
    Expectations,
    MarketMoves,
    MarketResponses,
    Records,
    at_rest,
    episode_shocks,
    market_moves,
    read_yields,
    shocks,
)
from selloff.model.economy.markets.mortgage import Mortgage
from selloff.model.economy.markets.scarce import ScarceMarket
from selloff.vocab import MARKETS, SCARCE
from twin.markets_numpy import TYPES, markets

N, TENORS, TWO, TEN = 7, 9, 2, 6
YEARS = np.array([1 / 252] * 4 + [1 / 12] * 3)
GROWTH, POLICY, PREMIUM, YEN, DOLLAR = range(len(TYPES))
SQUEEZE, DOUBT = 0, 1
moving = jax.jit(market_moves)


def responses(seed: int = 0) -> MarketResponses:
    rng = np.random.default_rng(seed)

    def answers(k: int, size: float) -> Answers:
        slopes, stress = (size * rng.normal(size=(k, n)) for n in (5, 2))
        return Answers(jnp.asarray(slopes), jnp.asarray(stress))

    return MarketResponses(
        expectations=Expectations(jnp.asarray(0.15), jnp.asarray(0.4)),
        volatility=answers(2, 20.0),
        spreads=answers(2, 0.02),
        spread_volatility=jnp.asarray(rng.uniform(1e-5, 4e-4, (2, 2))),
        assets=answers(6, 0.1),
        episodes=jnp.asarray([[0.0016, 0.0064, -0.052, 0.058], [-0.0016, 0.0022, 0.062, -0.032]]),
        mortgage=Mortgage(jnp.asarray(0.85), jnp.asarray(67.0), jnp.asarray(5.5e-5)),
        gold=ScarceMarket(jnp.asarray(900.0), jnp.asarray(0.6), jnp.asarray(0.7)),
        bitcoin=ScarceMarket(jnp.asarray(80.0), jnp.asarray(0.5), jnp.asarray(1.5)),
        seen=Records(
            volatility=jnp.asarray([63.0, 178.0]),
            rates=jnp.asarray([0.0184, 0.0453, 0.1623]),
            assets=jnp.asarray([0.746, 0.871, 1.06, 1.33, 3.22, 2.1]),
        ),
        over=jnp.asarray(0.5),
    )


USUAL = responses()


def drivers(**given: Any) -> Drivers:
    """Nothing moves but what is given; a constant or one number a step."""
    at = {name: np.broadcast_to(value, (N,)) for name, value in given.items()}
    none = np.zeros(N)
    yields = np.zeros((N, TENORS))
    yields[:, TWO], yields[:, TEN] = at.get("two", none), at.get("ten", none)
    log_fx = np.zeros((N, 4))
    log_fx[:, 0] = at.get("yen", none)
    columns = {
        "yields": yields,
        "jgb": none,
        "rates": np.stack([at.get("rate", none), none], axis=1),
        "log_fx": log_fx,
        "broad": at.get("dollar", none),
        "stress": np.stack([at.get("squeeze", none), at.get("doubt", none)], axis=1),
        "spent": np.stack([at.get("gold", none), at.get("bitcoin", none)], axis=1),
        "jgbs": none,
    }
    return Drivers(**{name: jnp.asarray(value) for name, value in columns.items()})


def moves(growth: float = 0.0, *, rules: MarketResponses = USUAL, **given: Any) -> MarketMoves:
    found: MarketMoves = moving(drivers(**given), jnp.full(N, growth), jnp.asarray(YEARS), rules)
    return found


@cache
def random_drivers(seed: int) -> tuple[Drivers, np.ndarray]:
    rng = np.random.default_rng(seed)
    sizes = {"yields": 0.01, "rates": 0.01, "log_fx": 0.1, "broad": 0.05, "stress": 1.0}
    made = jax.tree.map(lambda x: np.zeros(x.shape), drivers())
    found = {
        name: jnp.asarray(s * rng.normal(size=getattr(made, name).shape))
        for name, s in sizes.items()
    }
    spent = np.cumsum(rng.uniform(0, 99, (N, 2)), axis=0)
    rest = {"spent": spent, "jgb": made.jgb, "jgbs": made.jgbs}
    return (
        Drivers(**found, **{name: jnp.asarray(each) for name, each in rest.items()}),
        0.01 * rng.normal(size=N),
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_plain_twin_agrees(seed: int) -> None:
    given, growth = random_drivers(seed)
    rules = responses(seed + 10)
    found = moving(given, jnp.asarray(growth), jnp.asarray(YEARS), rules)
    wanted = markets(jax.tree.map(np.asarray, given), growth, YEARS, rules)
    for name, values in wanted.items():
        np.testing.assert_allclose(getattr(found, name), values, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("seed", range(3))
def test_at_rest_is_stress_alone(seed: int) -> None:
    rules = responses(seed)
    # What is at rest is not levelled off: put the record far away.
    rules = eqx.tree_at(lambda r: r.seen, rules, jax.tree.map(lambda x: 1e9 * x, rules.seen))
    found = np.asarray(at_rest(rules))
    for at, one in enumerate(({"squeeze": 1.0}, {"doubt": 1.0})):
        given = jax.tree.map(np.asarray, drivers(**one))
        wanted = markets(given, np.zeros(N), YEARS, rules)
        picked = wanted["rates"][0, 1], wanted["assets"][0, 0], wanted["volatility"][0, 0]
        np.testing.assert_allclose(found[:, at], picked, rtol=1e-12)


def test_nothing_moves_without_a_cause() -> None:
    for each in jax.tree.leaves(moves()):
        np.testing.assert_array_equal(each, 0.0)


@pytest.mark.parametrize("which", [SQUEEZE, DOUBT])
def test_a_unit_of_stress_with_what_moved_then_is_the_episode(which: int) -> None:
    two, ten, yen, dollar = USUAL.episodes[which]
    name = ("squeeze", "doubt")[which]
    found = moves(two=two, ten=ten, yen=yen, dollar=dollar, **{name: 1.0})
    wanted = {
        "volatility": USUAL.volatility.by_stress[:, which],
        "assets": USUAL.assets.by_stress[:, which],
    }
    for group, values in wanted.items():
        np.testing.assert_allclose(getattr(found, group)[-1], values, rtol=1e-12)
    np.testing.assert_allclose(found.rates[-1, 1:], USUAL.spreads.by_stress[:, which], rtol=1e-12)


def test_what_moved_in_an_episode_is_not_counted_twice() -> None:
    """Stress without its yields is the episode less what those yields explain."""
    alone, both = moves(squeeze=1.0), moves(squeeze=1.0, ten=0.0064)
    premium = USUAL.assets.by_type[:, PREMIUM] * 0.0064
    np.testing.assert_allclose(both.assets[-1] - alone.assets[-1], premium, rtol=1e-10)


CAUSES: dict[str, tuple[int, Callable[[float], MarketMoves]]] = {
    "growth": (GROWTH, lambda size: moves(size)),
    "premium": (PREMIUM, lambda size: moves(ten=size)),
    "yen": (YEN, lambda size: moves(yen=size)),
    "dollar": (DOLLAR, lambda size: moves(dollar=size)),
}


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("size", [0.01, -0.02])
def test_each_type_acts_through_its_own_slope(cause: str, size: float) -> None:
    column, move = CAUSES[cause]
    found = move(size)
    volatility = USUAL.volatility.by_type[:, column] * size
    np.testing.assert_allclose(found.volatility[-1], volatility, rtol=1e-12)
    np.testing.assert_allclose(found.assets[-1], USUAL.assets.by_type[:, column] * size, rtol=1e-12)
    spreads = USUAL.spreads.by_type[:, column] * size + USUAL.spread_volatility @ volatility
    np.testing.assert_allclose(found.rates[-1, 1:], spreads, rtol=1e-12)


def read(rate: float, two: float, ten: float, **changes: float) -> np.ndarray:
    how = {"reversion": 0.15, "reading": 0.4} | changes
    expectations = Expectations(jnp.asarray(how["reversion"]), jnp.asarray(how["reading"]))
    found = read_yields(*(jnp.asarray([x]) for x in (rate, two, ten)), expectations)
    return np.asarray(found[0])


def means(speed: float) -> list[float]:
    """Averages of exp(-k t) over two and over ten years, by a fine sum."""
    return [
        float(np.exp(-speed * (np.arange(200_000) + 0.5) * years / 200_000).mean())
        for years in (2.0, 10.0)
    ]


def test_a_policy_rate_that_moves_the_curve_as_expected_leaves_no_premium() -> None:
    near, far = means(0.15)
    for reading in (0.0, 0.4, 1.0):
        policy, premium = read(0.01, 0.01 * near, 0.01 * far, reading=reading)
        assert policy == pytest.approx(0.01 * near, rel=1e-9)
        assert premium == pytest.approx(0.0, abs=1e-12)


def test_a_sale_that_lifts_the_two_year_yield_is_read_both_ways() -> None:
    near, far = means(0.15)
    np.testing.assert_allclose(read(0.0, 0.005, 0.01, reading=0.0), [0.0, 0.01], atol=1e-15)
    wanted = [0.005, 0.01 - 0.005 * far / near]
    np.testing.assert_allclose(read(0.0, 0.005, 0.01, reading=1.0), wanted, rtol=1e-9)


def test_a_rate_expected_to_last_moves_all_maturities_alike() -> None:
    policy, premium = read(0.01, 0.01, 0.01, reversion=1e-6)
    assert policy == pytest.approx(0.01, rel=1e-5)
    assert premium == pytest.approx(0.0, abs=1e-7)


def test_shocks_stand_in_the_order_of_the_slopes() -> None:
    given = drivers(ten=0.01, yen=0.2, dollar=-0.05)
    found = shocks(given, jnp.full(N, -0.005), USUAL.expectations)
    np.testing.assert_allclose(found[0], [-0.005, 0.0, 0.01, 0.2, -0.05], atol=1e-15)
    known = episode_shocks(USUAL)
    np.testing.assert_allclose(known[:, 3:], USUAL.episodes[:, 2:], rtol=1e-14)
    assert float(known[0, 0]) == 0.0


@settings(max_examples=25, deadline=None)
@given(st.floats(-3.0, 3.0), st.integers(0, 5))
def test_all_but_what_is_scarce_is_in_proportion(times: float, seed: int) -> None:
    given, growth = random_drivers(seed)
    given = eqx.tree_at(lambda d: d.spent, given, jnp.zeros((N, 2)))
    scaled = jax.tree.map(lambda x: times * x, given)
    years = jnp.asarray(YEARS)
    # All level off beyond their record: put that far away.
    straight = eqx.tree_at(lambda r: r.seen, USUAL, jax.tree.map(lambda x: 1e9 * x, USUAL.seen))
    one = moving(given, jnp.asarray(growth), years, straight)
    many = moving(scaled, jnp.asarray(times * growth), years, straight)
    for a, b in zip(jax.tree.leaves(one), jax.tree.leaves(many), strict=True):
        np.testing.assert_allclose(times * np.asarray(a), b, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("times", [-30.0, 30.0])
def test_nothing_ends_beyond_half_as_much_again_as_was_seen(times: float) -> None:
    given, growth = random_drivers(1)
    given = jax.tree.map(lambda x: times * x, given)
    given = eqx.tree_at(lambda d: d.spent, given, jnp.full((N, 2), 1e5))
    found = moving(given, jnp.asarray(times * growth), jnp.asarray(YEARS), USUAL)
    spreads = found.rates.at[:, 0].add(-given.yields[:, TEN])
    most = jax.tree.map(lambda x: 1.5 * np.asarray(x), USUAL.seen)
    moved = {"volatility": found.volatility, "rates": spreads, "assets": found.assets}
    for name, series in moved.items():
        reached = np.abs(np.asarray(series)).max(axis=0) / getattr(most, name)
        assert reached.max() <= 1.0 + 1e-12
        assert reached.max() > 0.99, name


@pytest.mark.parametrize("name", SCARCE)
def test_what_is_bought_moves_its_own_price_and_nothing_else(name: str) -> None:
    found, place = moves(**{name: np.linspace(10.0, 300.0, N)}), MARKETS.at(name)
    assert (np.diff(found.assets[:, place]) > 0.0).all()
    np.testing.assert_array_equal(np.delete(np.asarray(found.assets), place, axis=1), 0.0)
    np.testing.assert_array_equal(found.rates, 0.0)
    np.testing.assert_array_equal(found.volatility, 0.0)


def test_mortgages_lag_and_take_the_volatility_of_yields() -> None:
    found = moves(ten=0.01)
    move = found.volatility[:, 1]
    late = found.rates[:, 0] - 5.5e-5 * move
    assert 0.0 < float(late[0]) < 0.3 * 0.0085
    assert float(late[-1]) == pytest.approx(0.0085, rel=1e-4)
