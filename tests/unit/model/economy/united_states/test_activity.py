"""Output, unemployment and inflation against closed forms."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.economy.united_states.activity import (
    UsEconomy,
    ahead,
    at_rest,
    economy_next,
    strain,
    tightness,
)
from us_specimens import activity

RULE = activity()
step = jax.jit(economy_next)


def after(quarters: int, tight: float, *, dollar: float = 0.0) -> list[UsEconomy]:
    state, path = at_rest(), []
    for _ in range(quarters):
        state = step(state, jnp.asarray(tight), jnp.asarray(dollar), rule=RULE)
        path.append(state)
    return path


def test_a_hump_and_a_return_as_the_closed_form_has_it() -> None:
    rho, k, c = 0.9, 0.08, 0.01
    gaps = np.array([float(each.gap) for each in after(60, c)])
    # Felt tightness decays at (1 - k) from the second quarter on; output is its smoothed sum.
    q = np.arange(60)
    closed = -c * (1.0 - rho) * (rho**q - (1.0 - k) ** q) / (rho - (1.0 - k))
    assert gaps == pytest.approx(closed, abs=1e-15)
    assert gaps[0] == 0.0
    assert gaps.argmin() == 11
    assert abs(gaps[-1]) < 0.1 * abs(gaps.min())


def test_in_the_long_run_nothing_is_left() -> None:
    last = after(800, 0.01)[-1]
    assert float(last.gap) == pytest.approx(0.0, abs=1e-9)
    assert float(last.unemployment) == pytest.approx(0.0, abs=1e-7)
    assert float(last.inflation) == pytest.approx(0.0, abs=1e-7)
    assert float(last.used_to) == pytest.approx(0.01)


def test_unemployment_starts_by_okun_and_tends_to_its_level() -> None:
    path = after(2, 0.01)
    assert float(path[1].unemployment) == pytest.approx(-0.45 * float(path[1].gap))
    state = UsEconomy(*(jnp.asarray(x) for x in (-0.01, 0.011, 0.0, 0.0, 0.0, 0.0, 0.0)))
    # On the law in levels only the change of output moves it.
    then = step(state, jnp.zeros(()), jnp.zeros(()), rule=RULE)
    moved = float(then.gap) + 0.01
    assert float(then.unemployment) == pytest.approx(0.011 - 0.45 * moved)


def test_a_stronger_dollar_lowers_prices_once_by_the_pass_through() -> None:
    rule = activity()
    quiet = rule.prices.__class__(rule.prices.persistence, jnp.zeros(()), rule.prices.pass_through)
    rule = rule.__class__(rule.demand, rule.labour, quiet)
    state = at_rest()
    for _ in range(200):
        state = step(state, jnp.zeros(()), jnp.asarray(0.1), rule=rule)
    assert float(state.prices) == pytest.approx(-0.04 * 0.1)
    assert float(state.inflation) == pytest.approx(0.0, abs=1e-12)


def test_steady_unemployment_lowers_inflation_by_the_slope() -> None:
    slack = UsEconomy(*(jnp.asarray(x) for x in (0.0, 0.01, -0.004, 0.0, 0.0, 0.0, 0.0)))
    then = step(slack, jnp.zeros(()), jnp.zeros(()), rule=RULE)
    assert float(then.inflation) == pytest.approx(-0.4 * 0.01)


def test_conditions_add_up() -> None:
    found = tightness(
        jnp.asarray(0.01), jnp.asarray(-0.02), RULE.demand, others=jnp.array([0.05, 0.03])
    )
    assert float(found) == pytest.approx(1.2 * 0.01 - 0.7 * 0.02 + 0.15 * 0.05 + 0.03)


def test_wider_spreads_lower_stocks_and_fear_all_cost_output() -> None:
    moved = jnp.array([[0.01, 0.0], [-0.1, 0.0], [20.0, 0.0]])
    for at, alone in enumerate((5.0 * 0.75 * 0.01, 0.16 * 0.1, 0.0004 * 20.0)):
        only = jnp.zeros((3, 2)).at[at].set(moved[at])
        assert strain(only, RULE.demand) == pytest.approx([alone, 0.0])
    assert float(strain(moved, RULE.demand)[0]) == pytest.approx(0.0375 + 0.016 + 0.008)


def test_days_of_a_quarter_make_the_quarter() -> None:
    n = 64
    start = UsEconomy(*(jnp.asarray(x) for x in (-0.01, 0.006, -0.003, 0.0, 0.02, 0.004, 0.0)))
    whole = step(start, jnp.asarray(0.02), jnp.zeros(()), rule=RULE)
    state = start
    for _ in range(n):
        state = step(state, jnp.asarray(0.02), jnp.zeros(()), rule=RULE, quarters=1.0 / n)
    # Conditions one has got used to move within the quarter, and so does unemployment.
    assert float(state.used_to) == pytest.approx(float(whole.used_to))
    assert float(state.gap) == pytest.approx(float(whole.gap), rel=0.01)
    assert float(state.unemployment) == pytest.approx(float(whole.unemployment), rel=0.01)
    assert float(state.inflation) == pytest.approx(float(whole.inflation), rel=0.02)


def test_output_ahead_is_that_of_conditions_that_stay() -> None:
    start = UsEconomy(*(jnp.asarray(x) for x in (-0.01, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)))
    found = ahead(start, jnp.asarray(2.0), RULE.demand, tight=jnp.asarray(0.05))
    assert float(found) == pytest.approx(0.81 * -0.01 - 0.19 * 0.05)
    assert float(ahead(start, jnp.zeros(()), RULE.demand, tight=jnp.asarray(9.0))) == -0.01
