"""The slope of a parameter is the one that differentiating the program gives."""

from dataclasses import replace
from functools import cache

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.engine import Draws, draw_paths, simulate, stretches
from selloff.evidence import load_bank
from selloff.pipeline import chance, jax_settings, prepare
from selloff.scenario import load
from selloff.studies.sensitivity.points import SLOTS, Nudge
from selloff.studies.sensitivity.slopes import STEP
from selloff.vocab import TENORS

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
NAME = "dealer_capacity"
DAYS = 30
DRAWS = 4
SMALL = 1e-3


@cache
def drawn(step: float) -> Draws:
    """Parameters in the engine's terms, one of them off its median in every draw."""
    scenario, bank = load("japan-dump"), load_bank()
    values = Nudge(scenario.model_dump_json(), 0, bank.n_draws, (NAME,) * SLOTS, step).values()
    moved = replace(bank, draws={**bank.draws, **values})
    draws = prepare(scenario, bank=moved).lowered.draws
    return jax.tree.map(lambda leaf: jnp.asarray(leaf[:DRAWS]), draws)


def test_slopes_are_those_of_the_program() -> None:
    with jax_settings():
        inputs = prepare(load("japan-dump")).lowered.inputs
        normals = chance(inputs, 0, range(DRAWS))
        luck = jax.vmap(lambda z, d: draw_paths(z, inputs.clock, market=inputs.market, draw=d))
        paths = luck(jnp.asarray(normals), drawn(0.0))
        paths = jax.tree.map(lambda leaf: leaf[:, :DAYS] if leaf.ndim > 1 else leaf, paths)
        few = stretches(inputs, DAYS)[0]

        @jax.jit
        def peak(draws: Draws) -> jax.Array:
            rise = simulate(few, paths, draws).prices[:, :, TENORS.at("10Y")]
            return 1e4 * jnp.mean(jnp.max(rise, axis=1))

        def slope(step: float) -> float:
            return float(peak(drawn(step)) - peak(drawn(-step))) / (2.0 * step)

        way, rest = eqx.partition(drawn(0.0), eqx.is_inexact_array)
        ends = (eqx.filter(drawn(x), eqx.is_inexact_array) for x in (SMALL, -SMALL))
        turn = jax.tree.map(lambda up, down: (up - down) / (2.0 * SMALL), *ends)
        _, found = jax.jvp(lambda x: peak(eqx.combine(x, rest)), (way,), (turn,))
        assert abs(float(found)) > 1.0
        np.testing.assert_allclose(slope(SMALL), float(found), rtol=0.02)
        # The step of the study is larger: it reads across small kinks, and no other way.
        assert np.sign(slope(STEP)) == np.sign(float(found))
