"""Levered positions go fast and come back slowly."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import weibull_min

from selloff.model.mechanisms._stops import Stops, closed_next, stopped_share

CUT, REBUILD = np.log(2.0) * 252.0 / 5.0, np.log(2.0) / 0.25
stopping = jax.jit(stopped_share)
moving = jax.jit(
    lambda closed, target, years, stops: closed_next(closed, target, years=years, stops=stops)
)


def stops(**changes: float) -> Stops:
    usual = {
        "scale": 1.3,
        "power": 3.5,
        "most": 0.4,
        "cut_speed": CUT,
        "rebuild_speed": REBUILD,
    }
    return Stops(**{name: jnp.asarray(value) for name, value in (usual | changes).items()})


def share(distress: float, **changes: float) -> float:
    return float(stopping(jnp.asarray(distress), stops(**changes)))


def after(closed: float, target: float, years: float) -> float:
    given = (jnp.asarray(each) for each in (closed, target, years))
    return float(moving(*given, stops()))


def test_nothing_is_closed_without_distress() -> None:
    assert share(0.0) == 0.0
    assert share(-2.0) == 0.0


@pytest.mark.parametrize("distress", [0.05, 0.7, 1.0, 1.3, 2.6])
@pytest.mark.parametrize(("scale", "power"), [(1.3, 3.5), (0.08, 1.2)])
def test_the_share_closed_is_a_weibull_distribution(
    distress: float, scale: float, power: float
) -> None:
    wanted = 0.4 * weibull_min.cdf(distress, power, scale=scale)
    assert share(distress, scale=scale, power=power) == pytest.approx(wanted, rel=1e-12)


def test_at_the_scale_all_but_one_e_th_of_what_can_go_is_gone() -> None:
    assert share(1.3) == pytest.approx(0.4 * (1.0 - np.exp(-1.0)))
    assert share(1.3, power=1.2) == pytest.approx(share(1.3))


@settings(max_examples=50, deadline=None)
@given(st.floats(-1.0, 10.0), st.floats(-1.0, 10.0))
def test_more_distress_closes_more_up_to_the_limit(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert 0.0 <= share(low) <= share(high) <= 0.4


def test_a_late_starter_closes_less_below_the_scale_and_more_above() -> None:
    assert share(0.5, power=5.0) < share(0.5, power=2.0)
    assert share(2.0, power=5.0) > share(2.0, power=2.0)


def test_the_slope_is_finite_where_distress_begins() -> None:
    slope = jax.grad(lambda x: stopped_share(x, stops(power=1.2)))
    assert np.isfinite(float(slope(jnp.asarray(0.0))))
    assert float(slope(jnp.asarray(-1.0))) == 0.0


def test_positions_are_cut_in_days_and_rebuilt_in_months() -> None:
    assert after(0.0, 0.3, 5 / 252) == pytest.approx(0.15)
    assert after(0.3, 0.0, 0.25) == pytest.approx(0.15)
    assert after(0.3, 0.0, 5 / 252) > 0.28
    assert after(0.3, 0.1, 0.25) == pytest.approx(0.2)


def test_a_position_at_its_target_stays_exactly_there() -> None:
    assert after(0.0, 0.0, 1 / 252) == 0.0
    assert after(0.25, 0.25, 1 / 12) == 0.25


@settings(max_examples=50, deadline=None)
@given(st.floats(0.0, 0.4), st.floats(0.0, 0.4), st.floats(1e-3, 1.0))
def test_two_half_steps_are_one_and_never_pass_the_target(
    closed: float, target: float, years: float
) -> None:
    once = after(closed, target, years)
    twice = after(after(closed, target, 0.5 * years), target, 0.5 * years)
    assert twice == pytest.approx(once, abs=1e-14)
    assert min(closed, target) - 1e-15 <= once <= max(closed, target) + 1e-15
