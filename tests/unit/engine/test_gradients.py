"""Slopes of a run: forward, in reverse, and by finite differences."""

from functools import cache

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.engine import Draws, Inputs, Paths, simulate, stretches
from selloff.vocab import TENORS

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
DAYS = 30
DRAWS = 4
SCALED = ("sale", "wedge", "stress power")


@cache
def asked() -> tuple[Inputs, Draws, Paths]:
    ready = questions.lowered("everything")
    draws, paths = jax.tree.map(lambda leaf: leaf[:DRAWS], (ready.draws, questions.paths()))
    paths = jax.tree.map(lambda leaf: leaf[:, :DAYS] if leaf.ndim > 1 else leaf, paths)
    return stretches(ready.inputs, DAYS)[0], draws, paths


def mean_rise(by: jax.Array) -> jax.Array:
    """Mean rise of the 10-year over days and draws, by the factor on each of `SCALED` [bp]."""
    inputs, draws, paths = asked()
    sale, who = inputs.sale, draws.intermediaries
    inputs = eqx.tree_at(
        lambda i: (i.sale.scheduled, i.sale.programme),
        inputs,
        (sale.scheduled * by[0], sale.programme * by[0]),
    )
    draws = eqx.tree_at(
        lambda d: (d.intermediaries.wedge, d.intermediaries.stress_power),
        draws,
        (who.wedge * by[1], who.stress_power * by[2]),
    )
    found = simulate(inputs, paths, draws)
    return 1e4 * jnp.mean(found.prices[:, :, TENORS.at("10Y")])


def test_slopes_are_those_of_finite_differences() -> None:
    asked()  # before anything is traced
    value, one, step = jax.jit(mean_rise), jnp.ones(len(SCALED)), 1e-5
    apart = [value(one + step * each) - value(one - step * each) for each in jnp.eye(len(SCALED))]
    wanted = np.array(apart) / (2.0 * step)
    forward, backward = (np.asarray(jax.jit(f(mean_rise))(one)) for f in (jax.jacfwd, jax.grad))
    assert np.all(np.abs(wanted) > 0.0)
    np.testing.assert_allclose(forward, wanted, rtol=1e-4)
    np.testing.assert_allclose(backward, forward, rtol=1e-9)
