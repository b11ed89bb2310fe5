"""Chunks of draws on their way through the market, stretch after stretch."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import jax
import numpy as np
from jaxtyping import Array, Int
from numpy.typing import NDArray

from selloff.engine import Draws, Inputs, Paths, Record, Standing, draw_normals, draw_paths
from selloff.pipeline.programs import STRETCH, Arrays, Programs


class Came(NamedTuple):
    """What a chunk of draws came to in the market."""

    draws: Draws
    end: Standing
    kept: dict[str, Any]
    books: Record


def walk_market(
    programs: Programs,
    arrays: tuple[Sequence[Inputs], Draws],
    rows: NDArray[np.int64],
    normals: NDArray[np.float64],
    *,
    steps: tuple[int, int],
) -> Came:
    """Take a chunk of draws through all stretches; keep its steps where there is room for more."""
    (cut, bank), (n_steps, room) = arrays, steps
    draws, at = programs[0]((cut[0], bank), rows, normals[:, 0])
    kept: dict[str, Any] = {}
    books = []
    for start, inputs in zip(range(0, n_steps, STRETCH), cut, strict=True):
        n_left = min(STRETCH, n_steps - start)
        given = normals[:, start + 1 : start + 1 + STRETCH]
        at, found, held = programs[1](at, (inputs, draws), given, np.asarray(n_left))
        kept = kept or jax.tree.map(lambda leaf: _empty(leaf, room), found)
        now = slice(start, start + n_left)
        jax.tree.map(lambda to, x, at=now: _copy(to, x, at), kept, found)
        books.append(jax.tree.map(lambda leaf, n=n_left: np.asarray(leaf)[:, :n], held))
    whole = jax.tree.map(lambda *x: np.concatenate(x, axis=1), *books)
    return Came(draws, at[0], kept, whole)


def _empty(like: Array, n_steps: int) -> NDArray[np.float64]:
    return np.zeros((like.shape[0], n_steps, *like.shape[2:]))


def _copy(to: NDArray[np.float64], found: Array, steps: slice) -> None:
    to[:, steps] = np.asarray(found)[:, : steps.stop - steps.start]


def chance(
    inputs: Inputs, seed: int, draws: Sequence[int], *, n_steps: int | None = None
) -> NDArray[np.float64]:
    """Draw the standard normals of each draw; those of more steps begin with those of fewer."""
    n_factors = inputs.market.shock.shape[-1]
    n_steps = inputs.clock.years.shape[0] if n_steps is None else n_steps
    return draw_normals(seed, draws, n_steps=n_steps, n_factors=n_factors)


def gather(arrays: Arrays, rows: Int[Array, " d"], normals: Array) -> tuple[Inputs, Paths, Draws]:
    """Give draws their rows of the bank and the paths that chance gives them."""
    inputs, bank = arrays
    draws = jax.tree.map(lambda leaf: leaf[rows], bank)
    paths = jax.vmap(
        lambda normal, draw: draw_paths(normal, inputs.clock, market=inputs.market, draw=draw)
    )(normals, draws)
    return inputs, paths, draws
