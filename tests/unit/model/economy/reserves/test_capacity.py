"""The price of moving a programme: closed forms, limits, and the plain twin."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.economy.reserves.capacity import (
    CapacityRules,
    bond_rise,
    exchange_rise,
    gold_rise,
    move_price,
)
from selloff.model.economy.reserves.shares import ReserveWorld
from selloff.model.economy.reserves.tipping import EUR, GOLD, OTHER, USD
from twin.reserves_numpy import price_of_moving

WORLD = ReserveWorld(
    share=jnp.array([0.41, 0.15, 0.04, 0.03, 0.01, 0.28, 0.08]),
    total=jnp.asarray(18000.0),
    retired=jnp.zeros(6),
    free=jnp.array([27000.0, 1300.0, 3100.0, 2600.0, 2700.0, 25000.0, 3300.0]),
    unit_flow=jnp.array([0.01, 180.0, 45.0, 42.0, 200.0, 0.01, 95.0]),
    exchanged=jnp.array([0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0]),
    bond_yield=jnp.array([0.047, 0.03, 0.028, 0.05, 0.018, 0.0, 0.035]),
    duration=jnp.array([6.0, 7.0, 8.5, 8.0, 6.5, 0.0, 6.0]),
    tonne=jnp.asarray(0.14),
)
RULES = CapacityRules(
    bond=jnp.asarray(0.3),
    bond_pace=jnp.array([3.5, 0.8]),
    floor=jnp.asarray(-0.005),
    exchange=jnp.asarray(0.017),
    exchange_power=jnp.asarray(0.75),
    exchange_pace=jnp.array([1.1, 0.6]),
    growth=jnp.asarray(0.04),
    years=jnp.array([0.25, 10.0]),
    most=jnp.asarray(0.999),
    gold=jnp.asarray(0.00017),
    gold_pace=jnp.array([1.0, 0.4]),
)
pricing = jax.jit(move_price)


def price(amount: float, rules: CapacityRules = RULES) -> tuple[np.ndarray, np.ndarray]:
    fast, slow = pricing(jnp.asarray(amount), WORLD, rules)
    return np.asarray(fast), np.asarray(slow)


def test_nothing_moved_costs_nothing() -> None:
    for found in price(0.0):
        np.testing.assert_array_equal(found, np.zeros(7))


def test_more_costs_more_and_haste_costs_more() -> None:
    amounts = (1.0, 50.0, 300.0, 1100.0, 2000.0)
    fast, slow = (np.array(each) for each in zip(*map(price, amounts), strict=True))
    assert (np.diff(fast, axis=0) > 0.0).all()
    assert (np.diff(slow, axis=0) > 0.0).all()
    assert (fast > slow).all()
    assert (slow > 0.0).all()


def test_a_small_purchase_of_bonds_is_linear() -> None:
    """m pace A / free."""
    found = np.asarray(bond_rise(jnp.asarray(0.01), WORLD, RULES))
    for speed, (pace, grown) in enumerate(((3.5, 1.0), (0.8, np.exp(0.2)))):
        wanted = 0.3 * pace * 0.01 / (np.asarray(WORLD.free) * grown)
        wanted[GOLD] = 0.0
        np.testing.assert_allclose(found[speed], wanted, rtol=1e-4)


def test_bonds_rise_no_further_than_to_the_floor_of_their_yield() -> None:
    found = np.asarray(bond_rise(jnp.asarray(1e6), WORLD, RULES))
    top = np.array(WORLD.duration * (WORLD.bond_yield + 0.005))
    top[GOLD] = 0.0
    assert (found <= top + 1e-15).all()
    np.testing.assert_allclose(found[0, [1, 2, 4, 6]], top[[1, 2, 4, 6]], rtol=1e-6)


def test_a_bond_at_its_floor_has_nowhere_to_rise() -> None:
    low = eqx.tree_at(lambda w: w.bond_yield, WORLD, jnp.full(7, -0.02))
    found = np.asarray(bond_rise(jnp.asarray(500.0), low, RULES))
    np.testing.assert_array_equal(found, np.zeros((2, 7)))


def test_currencies_rise_by_the_flow_over_their_area() -> None:
    """beta pace (A / 1% of GDP), to the power eta beyond one; dollar and gold not at all."""
    found = np.asarray(exchange_rise(jnp.asarray(90.0), WORLD, RULES))
    assert found[0, EUR] == pytest.approx(0.017 * 1.1 * 0.5)
    large = np.asarray(exchange_rise(jnp.asarray(1100.0), WORLD, RULES))
    assert large[1, OTHER] == pytest.approx(0.017 * 0.6 * (1100.0 / 95.0 / np.exp(0.2)) ** 0.75)
    np.testing.assert_array_equal(large[:, [USD, GOLD]], np.zeros((2, 2)))


def test_gold_is_paid_for_along_its_own_price() -> None:
    """Spending p (e^{bT} - 1) / b buys T tonnes and leaves the price at e^{bT}."""
    tonnes = np.array([100.0, 2000.0, 7600.0])
    slope, start = 0.00017, 0.14
    spent = start * np.expm1(slope * tonnes) / slope
    for amount, bought in zip(spent, tonnes, strict=True):
        assert float(gold_rise(jnp.asarray(amount), WORLD, RULES)[0]) == pytest.approx(
            slope * bought
        )


def test_a_hundred_tonnes_cost_what_was_told() -> None:
    fast, _ = price(100.0 * 0.14)
    assert fast[GOLD] == pytest.approx(0.017, rel=0.01)


def test_deeper_markets_cost_less() -> None:
    wide = eqx.tree_at(lambda w: w.free, WORLD, 2.0 * WORLD.free)
    fast, _ = pricing(jnp.asarray(1100.0), wide, RULES)
    gap = np.asarray(fast) - price(1100.0)[0]
    assert (np.delete(gap, GOLD) < 0.0).all()


@pytest.mark.parametrize("seed", range(5))
def test_against_plain_numbers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    stretch = lambda x: x * jnp.array(rng.uniform(0.5, 1.8, x.shape))  # noqa: E731
    world = eqx.tree_at(lambda w: w.exchanged, jax.tree.map(stretch, WORLD), WORLD.exchanged)
    rules = eqx.tree_at(lambda r: r.most, jax.tree.map(stretch, RULES), RULES.most)
    amount = float(rng.uniform(10.0, 2500.0))
    for speed, found in enumerate(pricing(jnp.asarray(amount), world, rules)):
        wanted = price_of_moving(amount, world, rules, speed)
        np.testing.assert_allclose(found, wanted, rtol=1e-12)
