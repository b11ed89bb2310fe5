"""The Federal Reserve answers output, inflation and stress; markets price where it is heading."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.model.economy.united_states.activity import at_rest
from selloff.model.mechanisms import Moment
from selloff.model.mechanisms.fed_rate import FedRateRule, FedView, priced_rate, rate_target
from selloff.vocab import PRICES

RULE = FedRateRule(
    **{
        name: jnp.asarray(value)
        for name, value in {
            "output": 1.0,
            "inflation": 1.5,
            "spread": 0.5,
            "outlook": 0.5,
            "speed": 0.65,
            "priced": 0.3,
        }.items()
    }
)
setting = jax.jit(lambda y, pi, e, floor: rate_target(y, pi, e, floor=floor, rule=RULE))


def target(
    output: float = 0.0, inflation: float = 0.0, premium: float = 0.0, floor: float = -1.0
) -> float:
    return float(setting(*(jnp.asarray(x) for x in (output, inflation, premium, floor))))


def priced(rate: float, heading: float, speed: float = 0.65) -> float:
    return float(priced_rate(*(jnp.asarray(x) for x in (rate, heading, speed))))


def test_the_rule_of_the_board() -> None:
    assert target(output=-0.01) == pytest.approx(-0.01)
    assert target(inflation=0.01) == pytest.approx(0.015)
    assert target(premium=0.01) == pytest.approx(-0.005)
    assert target(-0.01, -0.002, 0.008) == pytest.approx(-0.01 - 0.003 - 0.004)
    assert target() == 0.0


def test_the_floor_holds() -> None:
    assert target(output=-0.1, floor=-0.03) == -0.03
    assert target(output=-0.1, floor=0.0) == 0.0


def test_a_rate_that_is_where_it_heads_is_priced_as_it_is() -> None:
    assert priced(-0.01, -0.01) == pytest.approx(-0.01)


def test_the_front_end_moves_before_the_rate_does() -> None:
    # Mean over two years of a rate that goes to its target at the speed of the rule.
    days = np.linspace(0.0, 2.0, 20_001)
    path = -0.01 + 0.01 * np.exp(-0.65 * days)
    assert priced(0.0, -0.01) == pytest.approx(path.mean(), rel=1e-4)
    assert priced(0.0, -0.01) < -0.004


def test_yields_price_part_of_the_path_and_currencies_none_of_it() -> None:
    """The rate is at its baseline and about to be cut by a point."""
    n_prices, zero = PRICES.fx.stop, jnp.zeros(())
    us = questions.lowered("dump answered").draws.mechanisms
    fed = jax.tree.map(lambda leaf: leaf[0], next(each for each in us if each.name == "fed_rate"))
    fed = eqx.tree_at(lambda m: (m.rule, m.loadings), fed, (RULE, jnp.ones(n_prices)))
    view = FedView(at_rest(), zero, jnp.asarray(-0.01), jnp.zeros(2))
    unseen = object.__new__(Moment)
    moves = np.asarray(fed.press(view, unseen, jnp.zeros(2)))
    np.testing.assert_allclose(moves[PRICES.tenors], 0.3 * priced(0.0, -0.01))
    np.testing.assert_array_equal(moves[PRICES.fx], 0.0)
