"""What is compiled: one set of programs for all questions with as many sellers."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, Final

import jax
import numpy as np
from jaxtyping import Array, Float, Int

from selloff.engine import (
    Draws,
    Ends,
    Inputs,
    Luck,
    Record,
    Responses,
    Setting,
    Standing,
    Transmitted,
    arrive,
    depart,
    joined,
    open_luck,
    proceed,
    transmit,
)
from selloff.pipeline.environment import PROCESSOR, engine_platform, engine_settings
from selloff.pipeline.kept import kept_programs

STRETCH: Final = 36
"""Steps that one call of a program takes [count]."""
N_BOOKS: Final = 2
"""Draws of a chunk whose every step is kept whole [count]."""
_EMITTERS: Final[dict[str, str | bool]] = {"xla_cpu_use_fusion_emitters": False}
"""A quarter faster on two cores than XLA's default; results differ by rounding."""
_ONE_THREAD = _EMITTERS | {"xla_cpu_multi_thread_eigen": False}
"""Sums in one order always: the same seed gives the same answer to the last digit."""

Programs = Sequence[jax.stages.Compiled]
Arrays = tuple[Inputs, Draws]
World = tuple[Setting, Responses]


def programs(arrays: Arrays, world: World, *, n_draws: int, n_steps: int) -> Programs:
    """Compile for a number of draws and, in the economy, for room for a number of steps."""
    leaves, tree = jax.tree.flatten((arrays, world))
    shapes = tuple(jax.ShapeDtypeStruct(leaf.shape, leaf.dtype) for leaf in leaves)
    return _compiled(tree, shapes, (n_draws, n_steps), engine_platform())


@lru_cache(maxsize=8)
def _compiled(
    tree: jax.tree_util.PyTreeDef,
    leaves: tuple[jax.ShapeDtypeStruct, ...],
    size: tuple[int, int],
    platform: str,
) -> Programs:
    """Have opening, stretch and closing ready once for all questions of one shape."""
    if platform != PROCESSOR:
        return _compile(tree, leaves, *size)
    asked = f"{tree} {leaves} {size[0]} {size[1]}"
    return kept_programs(asked, lambda: _compile(tree, leaves, *size))


@engine_settings()
def _compile(
    tree: jax.tree_util.PyTreeDef,
    leaves: tuple[jax.ShapeDtypeStruct, ...],
    n_draws: int,
    n_steps: int,
) -> Programs:
    """Compile the three side by side."""
    arrays, world = jax.tree.unflatten(tree, leaves)
    n_quarters, n_factors = world[0].us.budget.gdp.shape[0], arrays[0].market.shock.shape[-1]

    def floats(*shape: int) -> jax.ShapeDtypeStruct:
        return jax.ShapeDtypeStruct((n_draws, *shape), np.float64)

    rows = jax.ShapeDtypeStruct((n_draws,), np.int64)
    first = arrays, rows, floats(n_factors + 1)
    draws, at = jax.eval_shape(_open, *first)
    n_left = jax.ShapeDtypeStruct((), np.int64)
    second = at, (arrays[0], draws), floats(STRETCH, n_factors + 1), n_left
    _, kept, _ = jax.eval_shape(_go_on, *second)
    whole = jax.tree.map(lambda each: floats(n_steps, *each.shape[2:]), kept)
    third = (at[0], whole), (arrays[0], draws), (rows, floats(n_quarters, 3)), world
    lowered = [
        jax.jit(function).lower(*given)
        for function, given in ((_open, first), (_go_on, second), (_close, third))
    ]
    with ThreadPoolExecutor() as workers:
        return tuple(workers.map(_finish, lowered, (_EMITTERS, _EMITTERS, _ONE_THREAD)))


@engine_settings()
def _finish(lowered: jax.stages.Lowered, options: dict[str, str | bool]) -> jax.stages.Compiled:
    """Compile with the options that suit a program, where XLA knows them."""
    try:
        return lowered.compile(compiler_options=options)
    except jax.errors.JaxRuntimeError:
        return lowered.compile()


def _open(
    arrays: Arrays, rows: Int[Array, " d"], normals: Float[Array, "d f"]
) -> tuple[Draws, tuple[Standing, Luck]]:
    inputs, bank = arrays
    draws = jax.tree.map(lambda leaf: leaf[rows], bank)
    return draws, (depart(inputs, draws), jax.vmap(open_luck)(normals, draws))


def _go_on(
    at: tuple[Standing, Luck],
    arrays: Arrays,
    normals: Float[Array, "d t f"],
    n_left: Int[Array, ""],
) -> tuple[tuple[Standing, Luck], dict[str, Any], Record]:
    inputs, draws = arrays
    return proceed(at, inputs, normals, draws, n_left=n_left, n_books=N_BOOKS)


def _close(
    came: tuple[Standing, dict[str, Any]],
    arrays: Arrays,
    luck: tuple[Int[Array, " d"], Float[Array, "d q 3"]],
    world: World,
) -> tuple[Ends, Transmitted]:
    (end, kept), (rows, budget), (setting, bank) = came, luck, world
    ends = arrive(end, *arrays)
    responses = jax.tree.map(lambda leaf: leaf[rows], bank)
    return ends, transmit(joined(kept, ends), budget, setting, responses)
