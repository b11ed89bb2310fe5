"""Gold that is bought becomes dearer, and ever fewer tonnes for a dollar."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.economy.markets.scarce import ScarceMarket, scarce_price

DEPTH = 900.0
pricing = jax.jit(scarce_price)


def price(bought: np.ndarray, years: np.ndarray, *, lasting: float = 0.6) -> np.ndarray:
    market = ScarceMarket(jnp.asarray(DEPTH), jnp.asarray(lasting), jnp.asarray(np.log(2.0)))
    return np.asarray(pricing(jnp.asarray(bought), jnp.asarray(years), market))


def test_nothing_bought_moves_nothing() -> None:
    np.testing.assert_array_equal(price(np.zeros(9), np.full(9, 0.1)), 0.0)


def test_an_effect_that_stays_is_the_same_for_every_tonne() -> None:
    """Buy tonne by tonne at the price of the moment: log price rises by eta a tonne."""
    eta, opening = 1e-4, DEPTH * 1e-4
    spent, log = 0.0, 0.0
    for _ in range(20_000):
        spent += 0.1 * opening * np.exp(log + 0.05 * eta)
        log += 0.1 * eta
    found = price(np.array([spent]), np.array([0.5]), lasting=1.0)
    assert found[0] == pytest.approx(log, rel=1e-9)


def test_the_depth_is_what_doubles_the_price() -> None:
    assert np.exp(price(np.array([DEPTH]), np.array([0.5]), lasting=1.0)[0]) == pytest.approx(2.0)


def test_what_does_not_stay_dies_away() -> None:
    years = np.concatenate([[1e-6], np.full(60, 1.0)])
    found = price(np.full(61, 90.0), years)
    assert found[0] == pytest.approx(np.log1p(0.1), rel=1e-5)
    assert found[1] == pytest.approx(np.log1p(0.1 * (0.6 + 0.4 * 0.5)), rel=1e-5)
    assert found[-1] == pytest.approx(np.log1p(0.06), rel=1e-9)
    assert (np.diff(found[:30]) < 0.0).all()


@settings(max_examples=40, deadline=None)
@given(st.floats(1.0, 2000.0), st.floats(0.0, 1.0), st.floats(1.01, 4.0))
def test_more_gold_is_dearer_but_less_than_in_proportion(
    bought: float, lasting: float, times: float
) -> None:
    years = np.array([0.25])
    one, more = (price(np.array([b]), years, lasting=lasting)[0] for b in (bought, times * bought))
    assert one < more < times * one
