"""What is compiled: one set of programs for all questions of one shape."""

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
_OPTIONS: Final = (_EMITTERS, _EMITTERS, _ONE_THREAD)

Programs = Sequence[jax.stages.Compiled]
Arrays = tuple[Inputs, Draws]
World = tuple[Setting, Responses]


def programs(
    arrays: Arrays, world: World | None = None, *, n_draws: int, n_steps: int = 0
) -> Programs:
    """Have opening and stretch ready for a number of draws.

    With a world, have the closing too, with room for a number of steps.
    """
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
    """Have them ready once for all questions of one shape."""
    arrays, world = jax.tree.unflatten(tree, leaves)
    asked = _asked(arrays, world, *size)

    def make(wanted: Sequence[int]) -> Programs:
        return _compile(arrays, world, *size, wanted=wanted)

    if platform != PROCESSOR:
        return make(range(len(asked)))
    return kept_programs(asked, make)


def _asked(arrays: Arrays, world: World | None, n_draws: int, n_steps: int) -> list[str]:
    """Say what each program depends on: a stretch neither on the economy nor on the bank's rows."""
    inputs, bank = arrays
    row = jax.tree.map(lambda leaf: jax.ShapeDtypeStruct(leaf.shape[1:], leaf.dtype), bank)
    given: dict[str, Any] = {"open": (inputs, bank), "go on": (inputs, row)}
    if world is not None:
        given["close"] = inputs, bank, world, n_steps
    return [f"{name} {n_draws} {jax.tree.flatten(each)}" for name, each in given.items()]


@engine_settings()
def _compile(
    arrays: Arrays, world: World | None, n_draws: int, n_steps: int, *, wanted: Sequence[int]
) -> Programs:
    """Compile those that are wanted side by side."""
    traced = _trace(arrays, world, n_draws, n_steps)
    lowered = [traced[n].lower() for n in wanted]
    with ThreadPoolExecutor() as workers:
        return tuple(workers.map(_finish, lowered, [_OPTIONS[n] for n in wanted]))


def _trace(
    arrays: Arrays, world: World | None, n_draws: int, n_steps: int
) -> list[jax.stages.Traced]:
    """Each is given what comes out of the one before."""
    n_factors = arrays[0].market.shock.shape[-1]

    def floats(*shape: int) -> jax.ShapeDtypeStruct:
        return jax.ShapeDtypeStruct((n_draws, *shape), np.float64)

    rows, n_left = (jax.ShapeDtypeStruct(shape, np.int64) for shape in ((n_draws,), ()))
    opening = jax.jit(_open).trace(arrays, rows, floats(n_factors + 1))
    draws, at = opening.out_info
    given = arrays[0], draws
    onward = jax.jit(_go_on).trace(at, given, floats(STRETCH, n_factors + 1), n_left)
    if world is None:
        return [opening, onward]
    whole = jax.tree.map(lambda each: floats(n_steps, *each.shape[2:]), onward.out_info[1])
    luck = rows, floats(world[0].us.budget.gdp.shape[0], 3)
    return [opening, onward, jax.jit(_close).trace((at[0], whole), given, luck, world)]


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
