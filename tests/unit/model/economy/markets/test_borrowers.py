"""A mortgage's payment and a wall of debt."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.economy.markets.borrowers import borrowers, monthly_payment, refinancing_cost
from twin import us_numpy
from us_specimens import mortgage

RULES = mortgage()
N = 16
pay = jax.jit(lambda delta: monthly_payment(delta, RULES))
refinance = jax.jit(lambda delta: refinancing_cost(delta, RULES))


@pytest.mark.parametrize("delta", [-0.02, 0.0, 0.001, 0.01, 0.05])
def test_the_payment_repays_the_loan_month_by_month(delta: float) -> None:
    found = float(pay(jnp.array([delta]))[0])
    assert found == pytest.approx(us_numpy.payment(delta, RULES), rel=1e-12)
    left = 325_000.0
    for _ in range(360):
        left = left * (1.0 + (0.065 + delta) / 12.0) - found
    assert left == pytest.approx(0.0, abs=1e-5)


def test_a_known_mortgage() -> None:
    # 325,000 USD at 6.5 percent for thirty years, from any table of annuities.
    assert float(pay(jnp.zeros(1))[0]) == pytest.approx(2054.22, abs=0.01)


def test_near_zero_the_payment_is_the_loan_over_its_months() -> None:
    assert float(pay(jnp.array([-0.5]))[0]) == pytest.approx(325_000.0 / 360.0, rel=1e-3)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_twin_adds_up_the_same_refinancing(seed: int) -> None:
    delta = 0.01 * np.random.default_rng(seed).standard_normal(N)
    found = np.asarray(refinance(jnp.asarray(delta)))
    again = us_numpy.refinancing(delta, RULES)
    assert found == pytest.approx(again, rel=1e-12, abs=1e-12 * np.abs(again).max())


def test_a_lasting_rise_costs_more_until_all_is_rolled() -> None:
    cost = np.asarray(refinance(jnp.full(N, 0.01)))
    whole = 0.01 * 950.0 * 1.5
    assert cost[:5] == pytest.approx(0.01 * 950.0 / 4.0 * (np.arange(5) + 0.5))
    assert cost[6:] == pytest.approx(np.full(N - 6, whole))


def test_one_dear_quarter_costs_its_life_and_no_longer() -> None:
    cost = np.asarray(refinance(jnp.zeros(N).at[2].set(0.01)))
    assert cost.sum() / 4.0 == pytest.approx(0.01 * 950.0 / 4.0 * 1.5)
    assert not cost[:2].any()
    assert not cost[9:].any()


def test_nothing_in_nothing_out_and_higher_rates_cost_more() -> None:
    calm = borrowers(jnp.zeros(N), jnp.zeros(N), RULES)
    assert not np.any(calm.payment)
    assert not np.any(calm.refinancing)
    dear = borrowers(jnp.full(N, 0.01), jnp.full(N, 0.01), RULES)
    dearer = borrowers(jnp.full(N, 0.02), jnp.full(N, 0.02), RULES)
    assert np.all(dear.payment > 0.0)
    assert np.all(dearer.payment > dear.payment)
    assert np.all(dearer.refinancing > dear.refinancing)
