"""Event trees along the baseline: the state of each draw, and the chances that follow from it."""

from collections.abc import Sequence

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array as JaxArray
from jaxtyping import Float

from selloff.data import yen_trend
from selloff.engine import Draws, Inputs, simulate
from selloff.evidence import fixed
from selloff.model.triggers import (
    Tree,
    Triggers,
    chance_of_any,
    grow_tree,
    step_hazards,
    trend_gap,
)
from selloff.pipeline import CHUNK, Prepared, chance, gather
from selloff.vocab import BUSINESS_DAYS_PER_YEAR


class Yen(eqx.Module):
    """The dollar in yen against its own trend."""

    gap: Float[JaxArray, ""]
    """Above its trend when the books open [log]."""
    limit: Float[JaxArray, ""]
    """Largest distance that counts [log]."""
    half_life: Float[JaxArray, ""]
    """Memory of the trend [years]."""


def yen_state(ready: Prepared) -> Yen:
    """Find how weak the yen is when the books open."""
    memory, limit = (fixed(name) for name in ("yen_trend_memory", "yen_round_gap_limit"))
    gap = -yen_trend(ready.world.date, ready.world.snapshot, memory_days=memory)
    years = memory / BUSINESS_DAYS_PER_YEAR
    return Yen(jnp.asarray(gap), jnp.asarray(limit), jnp.asarray(years))


def grow_trees(
    ready: Prepared, yen: Yen, set_off: Triggers, *, years: Sequence[int], n_draws: int
) -> tuple[Tree, Float[JaxArray, "d h k"]]:
    """Grow the tree of every draw along its own baseline, a chunk at a time."""
    lowered = ready.lowered
    ends = np.cumsum(np.asarray(lowered.inputs.clock.years))
    at = jnp.asarray([int(np.argmin(np.abs(ends - year))) for year in years])
    grow = jax.jit(_grow_chunk)
    numbers = [range(n, min(n + CHUNK, n_draws)) for n in range(0, n_draws, CHUNK)]
    parts = [
        grow(
            (lowered.inputs, lowered.draws),
            (yen, set_off, at),
            jnp.asarray(ready.rows(few)),
            chance(lowered.inputs, ready.seed, few),
        )
        for few in numbers
    ]
    return jax.tree.map(lambda *leaves: jnp.concatenate(leaves), *parts)


def _grow_chunk(
    arrays: tuple[Inputs, Draws],
    given: tuple[Yen, Triggers, JaxArray],
    rows: JaxArray,
    normals: JaxArray,
) -> tuple[Tree, JaxArray]:
    inputs, paths, draws = gather(arrays, rows, normals)
    yen, set_off, at = given
    found = simulate(inputs, paths, draws)
    own = jax.tree.map(lambda leaf: leaf[rows], set_off)

    def one(log_yen: JaxArray, ten_year: JaxArray, mine: Triggers) -> tuple[Tree, JaxArray]:
        opening = -inputs.market.log_fx[0]
        years = inputs.clock.years
        gap = trend_gap(-log_yen, opening - yen.gap, years=years, half_life=yen.half_life)
        nothing = jnp.zeros_like(gap)
        weak = jnp.minimum(gap, yen.limit) - jnp.minimum(yen.gap, yen.limit)
        ends = jnp.stack([weak, nothing, ten_year - inputs.market.ten_year[0], nothing], axis=1)
        # A step begins where the last one ended, the first where the books opened.
        begins = jnp.concatenate([jnp.zeros_like(ends[:1]), ends[:-1]])
        hazards = step_hazards(begins, years, mine)
        kept = grow_tree(hazards, mine), chance_of_any(hazards)
        return jax.tree.map(lambda leaf: leaf[at], kept)

    return jax.vmap(one)(found.base_log_fx[..., 0], found.base_ten_year[..., 0], own)
