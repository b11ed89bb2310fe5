"""The compiled engine, fed chunk by chunk."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

import jax
import numpy as np
from numpy.typing import NDArray

from selloff.bridge import Economics, Lowered, timeline
from selloff.data import Vintage
from selloff.engine import (
    Record,
    Switches,
    Trajectory,
    Transmitted,
    cut_to,
    draw_budget_normals,
    draw_normals,
    draw_rows,
    joined,
    stretches,
    with_room,
)
from selloff.evidence import Bank
from selloff.pipeline.environment import PROCESSOR, cores, engine_platform, engine_settings
from selloff.pipeline.programs import N_BOOKS, STRETCH, programs
from selloff.pipeline.walking import chance, walk_market
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
        ready, rows = self.ready, self.ready.rows(numbers)
        cut = [replace(each, switches=switches or each.switches) for each in self.stretches]
        normals, budget = self._luck(tuple(numbers))
        arrays = cut, ready.lowered.draws
        came = walk_market(self.programs, arrays, rows, normals, steps=(self.n_steps, self.room))
        world = self.setting, ready.economics.responses
        ends, economy = self.programs[2](
            (came.end, came.kept), (cut[0], came.draws), (rows, budget), world
        )
        path = joined(jax.tree.map(lambda leaf: leaf[:, : self.n_steps], came.kept), ends)
        economy = cut_to(economy, n_steps=self.n_steps, n_quarters=self.n_quarters)
        return Chunk(path, economy, came.books)

    def _luck(self, numbers: tuple[int, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The normals of a chunk, in markets and in the federal budget."""
        n_factors = self.ready.lowered.inputs.market.shock.shape[-1]
        draw = _drawn_once if len(numbers) <= CHUNK else _drawn
        return draw(
            self.ready.seed, numbers, (len(self.stretches) * STRETCH, n_factors), self.quarters
        )

    @property
    def n_books(self) -> int:
        """Draws of a chunk whose books can be written out [count]."""
        return min(N_BOOKS, self.chunk)


def market_paths(
    lowered: Lowered, rows: NDArray[np.int64], *, seed: int
) -> dict[str, NDArray[np.float64]]:
    """Take the first draws, with their rows of the bank, through the market alone."""
    n_steps, n_draws = lowered.steps.days.size, rows.size
    chunk, cut = chunk_for(n_draws), stretches(lowered.inputs, STRETCH)
    ready = programs((cut[0], lowered.draws), n_draws=chunk)

    @engine_settings()
    def walk(start: int) -> dict[str, Any]:
        numbers = range(start, start + chunk)
        some = np.resize(rows[start : start + chunk], chunk)
        normals = chance(cut[0], seed, numbers, n_steps=len(cut) * STRETCH)
        came = walk_market(ready, (cut, lowered.draws), some, normals, steps=(n_steps, n_steps))
        reported = came.kept.pop("reported")
        return came.kept | reported

    with ThreadPoolExecutor(n_workers()) as workers:
        parts = list(workers.map(walk, range(0, n_draws, chunk)))
    return jax.tree.map(lambda *part: np.concatenate(part)[:n_draws], *parts)


def _done(name: str, start: int, part: Future[Chunk]) -> tuple[str, int, Chunk]:
    return name, start, part.result()


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
