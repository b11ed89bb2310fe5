"""The compiled engine, fed chunk by chunk."""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import jax
import jax.numpy as jnp
from jaxtyping import Array, Int

from selloff.bridge import Economics, Lowered
from selloff.data import Vintage
from selloff.engine import (
    Draws,
    Inputs,
    Paths,
    Responses,
    Setting,
    Switches,
    Trajectory,
    Transmitted,
    draw_budget_normals,
    draw_normals,
    draw_paths,
    simulate,
    transmit,
)
from selloff.evidence import Bank
from selloff.pipeline.environment import thread_settings
from selloff.scenario import Scenario

CHUNK = 500
"""Draws simulated together; results do not depend on it [count]."""
_EMITTERS: Final[dict[str, str | bool]] = {"xla_cpu_use_fusion_emitters": False}
"""A quarter faster on two cores than XLA's default; results differ by rounding."""
_ONE_THREAD = _EMITTERS | {"xla_cpu_multi_thread_eigen": False}
"""Sums in one order always: the same seed gives the same answer to the last digit."""
MAX_WORKERS = 8
"""Chunks simulated side by side at most, which bounds memory [count]."""

Arrays = tuple[Inputs, Draws]
World = tuple[Array, Array, tuple[Setting, Responses]]
"""Numbers of the draws, luck of the budget; the economy as it opens and parameters of the bank."""
Part = tuple[Trajectory, Transmitted]


@dataclass(frozen=True, eq=False)
class Prepared:
    """A question ready to be run, and re-run for single draws."""

    scenario: Scenario
    world: Vintage
    bank: Bank
    lowered: Lowered
    economics: Economics
    seed: int


class Machine:
    """The compiled engine, fed chunk by chunk; an arm differs in its switches alone."""

    def __init__(self, ready: Prepared, chunk: int) -> None:
        self.ready, self.chunk, self.seconds = ready, chunk, 0.0
        arrays = ready.lowered.inputs, ready.lowered.draws
        luck = chance(arrays[0], ready.seed, range(chunk))
        asked = jax.eval_shape(lambda *given: given, (arrays, *luck), self._world(range(chunk)))
        leaves, tree = jax.tree.flatten(asked)
        self.markets, self.economy = _programs(tree, tuple(leaves))

    def _world(self, numbers: range) -> World:
        asked = self.ready.economics
        n_quarters = asked.setting.calendar.quarter_end.size
        budget = draw_budget_normals(self.ready.seed, numbers, n_quarters=n_quarters)
        return jnp.asarray(numbers), jnp.asarray(budget), (asked.setting, asked.responses)

    def chunks(self, switches: Switches, n_draws: int) -> Iterator[tuple[int, Part]]:
        """Simulate a wave of chunks side by side, hand them on, and go on."""
        inputs = replace(self.ready.lowered.inputs, switches=switches)

        @thread_settings()
        def simulate_from(start: int) -> Part:
            numbers = range(start, start + self.chunk)
            luck = chance(inputs, self.ready.seed, numbers)
            path = self.markets((inputs, self.ready.lowered.draws), *luck)
            return jax.block_until_ready((path, self.economy(path, *self._world(numbers))))

        n_workers = min(os.cpu_count() or 1, MAX_WORKERS)
        starts = range(0, n_draws, self.chunk)
        with ThreadPoolExecutor(n_workers) as workers:
            for wave in (starts[i : i + n_workers] for i in range(0, len(starts), n_workers)):
                tick = time.perf_counter()
                parts = list(workers.map(simulate_from, wave))
                self.seconds += time.perf_counter() - tick
                yield from zip(wave, parts, strict=True)


@lru_cache(maxsize=8)
def _programs(
    tree: jax.tree_util.PyTreeDef, leaves: tuple[jax.ShapeDtypeStruct, ...]
) -> tuple[jax.stages.Compiled, jax.stages.Compiled]:
    """Compile markets and economy side by side, once for all questions of the same shapes."""
    given, world = jax.tree.unflatten(tree, leaves)
    path = jax.eval_shape(_simulate, *given)
    lowered = jax.jit(_simulate).lower(*given), jax.jit(_transmit).lower(path, *world)
    with ThreadPoolExecutor() as workers:
        markets, economy = workers.map(_compiled, lowered, (_EMITTERS, _ONE_THREAD))
    return markets, economy


@thread_settings()
def _compiled(lowered: jax.stages.Lowered, options: dict[str, str | bool]) -> jax.stages.Compiled:
    """Compile with the options that suit a program, where XLA knows them."""
    try:
        return lowered.compile(compiler_options=options)
    except jax.errors.JaxRuntimeError:
        return lowered.compile()


def chance(inputs: Inputs, seed: int, draws: Sequence[int]) -> tuple[Int[Array, " d"], Array]:
    """Number the draws and give each its standard normals."""
    n_steps, n_factors = inputs.clock.years.shape[0], inputs.market.shock.shape[-1]
    normals = draw_normals(seed, draws, n_steps=n_steps, n_factors=n_factors)
    return jnp.asarray(draws), jnp.asarray(normals)


def _simulate(arrays: Arrays, index: Int[Array, " d"], normals: Array) -> Trajectory:
    return simulate(*gather(arrays, index, normals))


def _transmit(
    path: Trajectory, index: Int[Array, " d"], budget: Array, world: tuple[Setting, Responses]
) -> Transmitted:
    setting, bank = world
    n_rows = jax.tree.leaves(bank)[0].shape[0]
    return transmit(path, budget, setting, jax.tree.map(lambda leaf: leaf[index % n_rows], bank))


def gather(arrays: Arrays, index: Int[Array, " d"], normals: Array) -> tuple[Inputs, Paths, Draws]:
    """Give draw d row d of the bank, over and over, and chance number d."""
    inputs, bank = arrays
    row = index % bank.speed.shape[0]
    draws = jax.tree.map(lambda leaf: leaf[row], bank)
    paths = jax.vmap(
        lambda normal, draw: draw_paths(normal, inputs.clock, market=inputs.market, draw=draw)
    )(normals, draws)
    return inputs, paths, draws
