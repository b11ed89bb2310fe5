"""Many questions of one study: each is asked once, and kept for whoever goes on later."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from selloff.data import DEFAULT_VINTAGE, vintage
from selloff.pipeline import Here, Pool, maker_of_answers, measure, other_version
from selloff.scenario import Scenario
from selloff.vocab import write_file

Numbers = dict[str, NDArray[np.float64]]
"""Headline numbers by metric, one a draw."""
Progress = Callable[[int, int], None]
T = TypeVar("T")
R = TypeVar("R")


def counted(
    pool: Pool | None, by: Callable[[T], R], items: Collection[T], progress: Progress | None
) -> Iterator[R]:
    """Give what a pool makes of each item, in order, and tell how many are done."""
    for done, made in enumerate((pool or Here()).map(by, items), start=1):
        if progress is not None:
            progress(done, len(items))
        yield made


class Keyed(Hashable, Protocol):
    """A question that names all its answer depends on."""

    @property
    def key(self) -> str:
        """Name it."""
        ...


@dataclass(frozen=True)
class Query:
    """A question in words that another process can read."""

    scenario: str
    """The scenario as JSON."""
    draws: int
    seed: int

    @property
    def key(self) -> str:
        """Name all that the answer depends on."""
        return key_of(self.scenario, self)


def key_of(scenario: str, asked: object) -> str:
    """Name all that an answer depends on: what is asked, books, tables, code and device."""
    world = vintage(Scenario.model_validate_json(scenario).vintage or DEFAULT_VINTAGE)
    told = f"{asked} {world.snapshot.digest} {maker_of_answers()}"
    return hashlib.sha256(told.encode()).hexdigest()


def answer_query(query: Query) -> Numbers:
    """Run one question."""
    scenario = Scenario.model_validate_json(query.scenario)
    return measure(scenario, n_draws=query.draws, seed=query.seed)


def _alike(by: Callable[[Any], Numbers], told: tuple[Keyed, str]) -> Numbers:
    """Answer a question where it is the one that was asked: of the same books, code and tables."""
    asked, key = told
    if asked.key != key:
        raise other_version()
    return by(asked)


class Measurer:
    """Asks question after question of the same draws: what differs is the question alone.

    With a folder every answer is kept there; who starts again with that folder goes on.
    """

    def __init__(
        self,
        *,
        draws: int,
        seed: int = 0,
        folder: Path | None = None,
        pool: Pool | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.draws, self.seed, self.folder = draws, seed, folder
        self.pool, self.progress = pool or Here(), progress
        self.n_asked = 0
        """Questions asked so far, those answered from the folder among them [count]."""

    def ask(self, scenarios: Sequence[Scenario]) -> list[Numbers]:
        """Answer questions in their order; one that comes twice is run once."""
        return self.answer(
            [Query(each.model_dump_json(), self.draws, self.seed) for each in scenarios],
            answer_query,
        )

    def answer(self, asked: Sequence[Keyed], by: Callable[[Any], Numbers]) -> list[Numbers]:
        """Answer questions of any kind, each by a function that another process can load."""
        # A key can take as long as making its points: each is worked out once.
        keys = {each: each.key for each in dict.fromkeys(asked)}
        found = {each: kept for each, key in keys.items() if (kept := self._kept(key)) is not None}
        missing = [each for each in keys.items() if each[0] not in found]
        self._count(len(found), len(keys))
        answers = self.pool.map(partial(_alike, by), missing)
        for (one, key), numbers in zip(missing, answers, strict=True):
            found[one] = numbers
            self._keep(key, numbers)
            self._count(len(found), len(keys))
        self.n_asked += len(asked)
        return [found[each] for each in asked]

    def _kept(self, key: str) -> Numbers | None:
        """Read an answer; one that is damaged is asked again."""
        if self.folder is None:
            return None
        with (
            suppress(OSError, ValueError, EOFError, zipfile.BadZipFile),
            np.load(self.folder / f"{key}.npz", allow_pickle=False) as file,
        ):
            return dict(file)
        return None

    def _keep(self, key: str, numbers: Numbers) -> None:
        if self.folder is not None:
            packed = io.BytesIO()
            np.savez(packed, **numbers)  # type: ignore[arg-type]  # names of arrays, not options
            write_file(self.folder / f"{key}.npz", packed.getvalue())

    def _count(self, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(done, total)
