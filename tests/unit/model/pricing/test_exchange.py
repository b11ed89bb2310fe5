import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.pricing.exchange import concave_flow, with_neighbours

UNIT = jnp.asarray([40.0, 160.0])
concave = jax.jit(concave_flow)
flows = st.floats(-5000.0, 5000.0)
powers = st.floats(0.5, 1.0)


def effective(flow: float, power: float) -> np.ndarray:
    return np.asarray(concave(jnp.full(2, flow), UNIT, jnp.asarray(power)))


@settings(max_examples=100, deadline=None)
@given(flows, powers)
def test_effective_flow_is_odd_and_never_larger_than_the_flow(flow: float, power: float) -> None:
    there, back = effective(flow, power), effective(-flow, power)
    np.testing.assert_array_equal(there, -back)
    assert np.all(np.abs(there) <= abs(flow) * (1.0 + 1e-12))


@settings(max_examples=100, deadline=None)
@given(flows, flows, powers)
def test_effective_flow_rises_with_the_flow(first: float, second: float, power: float) -> None:
    low, high = sorted((first, second))
    assert np.all(effective(low, power) <= effective(high, power) + 1e-9)


@pytest.mark.parametrize("power", [0.5, 0.8, 1.0])
def test_effective_flow_has_no_jump_at_the_unit_flow(power: float) -> None:
    below, above = effective(40.0 - 1e-9, power), effective(40.0 + 1e-9, power)
    assert below[0] == pytest.approx(40.0, abs=1e-8)
    assert above[0] == pytest.approx(below[0], abs=1e-8)


def test_flow_is_felt_in_full_below_the_unit_and_by_its_power_above() -> None:
    assert effective(30.0, 0.5).tolist() == [30.0, 30.0]
    assert effective(160.0, 0.5)[0] == pytest.approx(80.0)
    assert effective(-640.0, 0.5)[0] == pytest.approx(-160.0)
    assert effective(160.0, 0.5)[1] == pytest.approx(160.0)


def test_slope_is_finite_at_rest() -> None:
    slope = jax.grad(lambda x: concave_flow(x, UNIT, jnp.asarray(0.6)).sum())(jnp.zeros(2))
    assert np.isfinite(np.asarray(slope)).all()


def test_others_follow_what_is_bought_and_nobody_follows_himself() -> None:
    own, cross = jnp.asarray([0.02, 0.0, 0.01]), jnp.asarray([0.2, 0.1, 0.5])
    found = np.asarray(with_neighbours(own, cross))
    np.testing.assert_allclose(found, [0.02 + 0.2 * 0.01, 0.1 * 0.03, 0.01 + 0.5 * 0.02])


def test_nothing_bought_moves_nothing() -> None:
    nothing = jnp.zeros(3)
    np.testing.assert_array_equal(with_neighbours(nothing, jnp.full(3, 0.3)), nothing)
