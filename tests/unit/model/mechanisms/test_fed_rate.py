"""The Federal Reserve answers output, inflation and stress; markets price where it is heading."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.mechanisms.fed_rate import FedRateRule, priced_rate, rate_target

RULE = FedRateRule(
    **{
        name: jnp.asarray(value)
        for name, value in {
            "output": 1.0,
            "inflation": 1.5,
            "spread": 0.5,
            "outlook": 0.5,
            "speed": 0.65,
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
