"""Responses follow their slope as far as anything was seen, and end at half as much again."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.economy.support import bend
from twin.arithmetic import bent

SEEN = np.array([2.0, 60.0])
bending = jax.jit(lambda values: bend(values, jnp.asarray(SEEN), jnp.asarray(0.5)))


def test_within_the_record_nothing_changes() -> None:
    values = np.array([[0.0, -60.0], [1.5, 3.0], [-2.0, 60.0]])
    np.testing.assert_array_equal(bending(jnp.asarray(values)), values)


def test_nothing_goes_beyond_one_and_a_half_times_the_record() -> None:
    found = np.asarray(bending(jnp.asarray([[2.2, 70.0], [20.0, -600.0], [1e6, -1e6]])))
    assert np.all(np.abs(found) <= 1.5 * SEEN)
    assert np.all(np.abs(found) > SEEN)
    np.testing.assert_allclose(found[2], [3.0, -90.0])


@pytest.mark.parametrize("x", [-300.0, -61.0, 0.0, 59.0, 61.0, 100.0])
def test_the_plain_twin_agrees(x: float) -> None:
    found = float(bending(jnp.asarray([[0.0, x]]))[0, 1])
    assert found == pytest.approx(bent(x, 60.0, 0.5), rel=1e-13)


def test_the_slope_has_no_kink() -> None:
    slope = jax.grad(lambda x: bend(x[None], jnp.asarray([60.0]), jnp.asarray(0.5))[0])
    assert float(slope(jnp.asarray(59.999))) == pytest.approx(1.0)
    assert float(slope(jnp.asarray(60.001))) == pytest.approx(1.0, abs=1e-3)
