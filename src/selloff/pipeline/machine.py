"""The compiled engine, fed chunk by chunk."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, NamedTuple

import jax
import numpy as np
from jaxtyping import Array, Int
from numpy.typing import NDArray

from selloff.bridge import Economics, Lowered, timeline
from selloff.data import Vintage
from selloff.engine import (
    Draws,
    Inputs,
    Paths,
    Record,
    Switches,
    Trajectory,
    Transmitted,
    cut_to,
    draw_budget_normals,
    draw_normals,
    draw_paths,
    draw_rows,
    joined,
    stretches,
    with_room,
)
from selloff.evidence import Bank
from selloff.pipeline.environment import PROCESSOR, cores, engine_platform, engine_settings
from selloff.pipeline.programs import N_BOOKS, STRETCH, programs
from selloff.scenario import Scenario

CHUNK: Final = 100
"""Draws simulated together; results do not depend on it [count]."""
_FEW: Final = 10
"""Draws of a chunk where no more are asked for: programs are compiled for two sizes [count]."""
_DEVICE_CHUNK: Final = 10_000
"""Draws simulated together at most on an accelerator, which takes as long for one [count]."""
_MAX_WORKERS: Final = 8
"""Chunks simulated side by side at most, which bounds memory [count]."""
_ROOMS: Final = (10, 20, 30, 50)
"""Horizons that programs of the economy have room for [years]."""

Arrays = tuple[Inputs, Draws]


class Chunk(NamedTuple):
    """What a chunk of draws came to."""

    path: Trajectory
    economy: Transmitted
    books: Record
    """All that every step of the first draws leaves behind."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """A question ready to be run, and re-run for single draws."""

    scenario: Scenario
    world: Vintage
    bank: Bank
    lowered: Lowered
    economics: Economics
    seed: int

    def rows(self, numbers: Sequence[int]) -> NDArray[np.int64]:
        """Rows of the bank that draws take their parameters from."""
        return draw_rows(self.seed, numbers, n_rows=self.bank.n_draws)


def chunk_for(n_draws: int) -> int:
    """Choose how many draws are simulated together."""
    if engine_platform() != PROCESSOR:
        return min(n_draws, _DEVICE_CHUNK)
    return CHUNK if n_draws > _FEW else _FEW


def n_workers() -> int:
    """Choose how many chunks are simulated side by side; an accelerator takes one at a time."""
    return min(cores(), _MAX_WORKERS) if engine_platform() == PROCESSOR else 1


class Arm(NamedTuple):
    """One arm of a run."""

    switches: Switches
    n_draws: int
    first: int = 0
    """Number of its first draw, a multiple of the chunk."""


class Machine:
    """The compiled engine, fed chunk by chunk; an arm differs in its switches alone."""

    def __init__(self, ready: Prepared, chunk: int) -> None:
        self.ready, self.chunk = ready, chunk
        self.n_steps = ready.lowered.steps.days.size
        self.n_quarters = ready.economics.setting.calendar.quarter_end.size
        room = next(each for each in _ROOMS if ready.scenario.horizon_years <= each)
        self.room, self.quarters = timeline(room).days.size, 4 * room
        self.setting = with_room(ready.economics.setting, room, self.room)
        self.stretches = stretches(ready.lowered.inputs, STRETCH)
        self.programs = programs(
            (self.stretches[0], ready.lowered.draws),
            (self.setting, ready.economics.responses),
            n_draws=chunk,
            n_steps=self.room,
        )

    def chunks(
        self, arms: Mapping[str, Arm], *, side_by_side: int | None = None
    ) -> Iterator[tuple[str, int, Chunk]]:
        """Simulate chunks of arm after arm side by side, and hand them on while the next ones run.

        With a chunk come the name of its arm and the number of its first draw.
        """
        side_by_side = side_by_side or n_workers()
        waiting: deque[tuple[str, int, Future[Chunk]]] = deque()
        with ThreadPoolExecutor(side_by_side) as workers:
            for name, (switches, n_draws, first) in arms.items():
                for start in range(first, first + n_draws, self.chunk):
                    numbers = range(start, start + self.chunk)
                    part = workers.submit(self.simulate, numbers, switches)
                    waiting.append((name, start, part))
                    if len(waiting) > side_by_side:
                        yield _done(*waiting.popleft())
            while waiting:
                yield _done(*waiting.popleft())

    @engine_settings()
    def simulate(self, numbers: Sequence[int], switches: Switches | None = None) -> Chunk:
        """Take a chunk of draws through all stretches, and then the economy."""
        ready, opening, onward, closing = self.ready, *self.programs
        bank, responses = ready.lowered.draws, ready.economics.responses
        rows = ready.rows(numbers)
        normals, budget = self._luck(tuple(numbers))
        cut = [replace(each, switches=switches or each.switches) for each in self.stretches]
        draws, at = opening((cut[0], bank), rows, normals[:, 0])
        kept, books = None, []
        for start, inputs in zip(range(0, self.n_steps, STRETCH), cut, strict=True):
            n_left = min(STRETCH, self.n_steps - start)
            given = normals[:, start + 1 : start + 1 + STRETCH]
            at, found, held = onward(at, (inputs, draws), given, np.asarray(n_left))
            kept = kept or jax.tree.map(self._empty, found)
            steps = slice(start, start + n_left)
            jax.tree.map(lambda to, x, at=steps: _copy(to, x, at), kept, found)
            books.append(jax.tree.map(lambda leaf, n=n_left: np.asarray(leaf)[:, :n], held))
        world = self.setting, responses
        ends, economy = closing((at[0], kept), (cut[0], draws), (rows, budget), world)
        path = joined(jax.tree.map(lambda leaf: leaf[:, : self.n_steps], kept), ends)
        economy = cut_to(economy, n_steps=self.n_steps, n_quarters=self.n_quarters)
        return Chunk(path, economy, jax.tree.map(lambda *x: np.concatenate(x, axis=1), *books))

    def _luck(self, numbers: tuple[int, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The normals of a chunk, in markets and in the federal budget."""
        n_factors = self.ready.lowered.inputs.market.shock.shape[-1]
        draw = _drawn_once if len(numbers) <= CHUNK else _drawn
        return draw(self.ready.seed, numbers, (self._whole, n_factors), self.quarters)

    @property
    def n_books(self) -> int:
        """Draws of a chunk whose books can be written out [count]."""
        return min(N_BOOKS, self.chunk)

    def _empty(self, like: Array) -> NDArray[np.float64]:
        return np.zeros((like.shape[0], self.room, *like.shape[2:]))

    @property
    def _whole(self) -> int:
        return len(self.stretches) * STRETCH


def _done(name: str, start: int, part: Future[Chunk]) -> tuple[str, int, Chunk]:
    return name, start, part.result()


def _copy(to: NDArray[np.float64], found: Array, steps: slice) -> None:
    to[:, steps] = np.asarray(found)[:, : steps.stop - steps.start]


def _drawn(
    seed: int, numbers: tuple[int, ...], size: tuple[int, int], n_quarters: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    normals = draw_normals(seed, numbers, n_steps=size[0], n_factors=size[1])
    budget = draw_budget_normals(seed, numbers, n_quarters=n_quarters)
    for each in (normals, budget):
        each.flags.writeable = False
    return normals, budget


_drawn_once = lru_cache(maxsize=8)(_drawn)
"""Every arm and every question of a seed meets the same chance."""


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
