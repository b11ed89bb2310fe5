"""A policy rate goes part of the way against the pressure, and never below its floor."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.mechanisms.policy_rates import RateRule, rate_next

answering = jax.jit(
    lambda rate, x, floor, years, rule: rate_next(rate, x, floor=floor, years=years, rule=rule)
)


def moved(
    rate: float,
    pressure: float,
    *,
    floor: float = -1.0,
    years: float = 1 / 252,
    response: float = 0.3,
) -> float:
    rule = RateRule(response=jnp.asarray(response), speed=jnp.asarray(np.log(2.0) / 0.75))
    given = (jnp.asarray(each) for each in (rate, pressure, floor, years))
    return float(answering(*given, rule))


def test_a_rate_without_pressure_stays_exactly_where_it_is() -> None:
    assert moved(0.0, 0.0) == 0.0
    assert moved(0.0, 0.0, floor=0.0) == 0.0


def test_a_rate_goes_half_of_the_way_in_a_half_life_and_against_the_pressure() -> None:
    assert moved(0.0, 0.01, years=0.75) == pytest.approx(-0.0015)
    assert moved(0.0, -0.01, years=0.75) == pytest.approx(0.0015)
    assert moved(0.004, 0.01, years=0.75) == pytest.approx(-0.003 + 0.5 * 0.007)
    assert moved(0.0, 0.01, years=200.0) == pytest.approx(-0.003)


def test_a_rate_never_passes_its_floor() -> None:
    assert moved(0.0, 0.5, floor=-0.002, years=200.0) == pytest.approx(-0.002)
    assert moved(0.0, 0.5, floor=0.0) == 0.0
    assert moved(0.0, -0.5, floor=0.0) > 0.0


@settings(max_examples=50, deadline=None)
@given(
    st.floats(-0.05, 0.05),
    st.floats(-0.05, 0.05),
    st.floats(-0.05, 0.0),
    st.floats(1e-3, 1.0),
)
def test_two_half_steps_of_a_rate_are_one(
    rate: float, pressure: float, floor: float, years: float
) -> None:
    half = moved(rate, pressure, floor=floor, years=0.5 * years)
    twice = moved(half, pressure, floor=floor, years=0.5 * years)
    assert twice == pytest.approx(moved(rate, pressure, floor=floor, years=years), abs=1e-15)
