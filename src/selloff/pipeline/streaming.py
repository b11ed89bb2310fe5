"""Runs of any number of draws: each is looked at, counted and let go."""

import hashlib
import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.bridge import Answer
from selloff.pipeline.batches import Batch, Batches
from selloff.pipeline.environment import jax_settings
from selloff.pipeline.kept import maker_of_answers
from selloff.pipeline.machine import CHUNK, Arm, Machine, Prepared
from selloff.pipeline.pool import Here, Pool, other_version
from selloff.pipeline.provenance import attributes
from selloff.pipeline.road import ATTRIBUTED, Counted, Progress, answer, judged, prepare, recorded
from selloff.results import (
    Matrix,
    Spread,
    as_fans,
    as_json,
    as_netcdf,
    by_draw,
    check_identities,
    edges_of,
    horizon,
    is_priced,
    keep_draws,
    make_store,
    matrix,
    metric_draws,
    spread,
    summarise,
    tally,
)
from selloff.scenario import Scenario
from selloff.vocab import PARTS, Content, write_set

ABSENT: Final = (
    "the paths of single draws, unless they are kept",
    "the books of holders",
    "the report and its exports, which read whole paths",
)
"""What a streamed result does not hold."""


@dataclass(frozen=True)
class Cut:
    """How draws are cut; results do not depend on it, but for the edges between which they are
    counted."""

    chunk: int = CHUNK
    """Draws simulated together [count]."""
    piece: int = 500
    """Draws held at once, a multiple of the chunk [count]."""
    first: int = 2000
    """Draws among which the edges are chosen [count]."""
    batch: int = 5000
    """Draws given out and kept on the disk together, a multiple of the piece [count]."""


@dataclass(frozen=True)
class Errand:
    """A batch to be worked out, in text and numbers: any process can do it."""

    scenario: str
    seed: int
    cut: Cut
    key: str
    first: int
    n_draws: int
    kept: str = ""
    """Zarr store to write the draws to, if any."""
    side_by_side: int | None = None
    """Chunks simulated side by side; as many as there are cores if none [count]."""


@dataclass(frozen=True)
class Streaming:
    """Where and by whom a streamed run is worked out."""

    folder: Path
    """For finished batches, until the answer is saved."""
    resume: bool = False
    """Whether to go on from batches that are there."""
    keep: Path | None = None
    """Zarr store for all draws, if they are kept; every process that works must reach it."""
    pool: Pool = field(default_factory=Here)
    cut: Cut = Cut()


@dataclass(frozen=True, eq=False, repr=False)
class Streamed:
    """An answer of many draws: what is said of all of them, and none of their paths."""

    dataset: xr.Dataset
    """Quantiles of every path, by level."""
    summary: dict[str, Any]
    """As of a run with all draws in memory, to the last digit."""
    batches: Batches

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know before using the numbers."""
        return tuple(self.summary["warnings"])

    def save(self, folder: Path) -> list[Path]:
        """Write quantiles and summary, and let the batches go."""
        written = write_set(folder, self._contents())
        self.batches.clear()
        return written

    def _contents(self) -> Iterator[tuple[str, Content]]:
        yield "fans.nc", as_netcdf(self.dataset)
        yield "summary.json", as_json(self.summary)


def stream(
    scenario: Scenario,
    how: Streaming,
    *,
    n_draws: int,
    seed: int = 0,
    attribution: bool | int = True,
    progress: Progress | None = None,
) -> Streamed:
    """Run a question batch by batch; finished batches stay in the folder until the run has ended.

    Identities are checked on every draw as it passes.
    """
    began, cut = time.perf_counter(), replace(how.cut, first=min(how.cut.first, n_draws))
    text = scenario.model_dump_json()
    ready = _ready(text, seed)
    kept = str(how.keep.absolute()) if how.keep else ""
    key = question_key(text, seed, cut, ready) + (" kept" if kept else "")
    like, edges, mark = _opening(text, seed, cut)
    starts = range(0, n_draws, cut.batch)
    batches = Batches(how.folder, key, tuple(_numbers(like, ready)), len(starts))
    is_here = isinstance(how.pool, Here)
    beside = None if is_here else 1
    left = batches.left(resume=how.resume)
    if how.keep and len(left) == len(starts):
        make_store(how.keep, like, n_draws=n_draws, chunk=cut.chunk, piece=cut.piece)
    errands = [
        Errand(text, seed, cut, key, first, min(cut.batch, n_draws - first), kept, beside)
        for first in (starts[at] for at in left)
    ]
    counted = Counted(progress, n_draws)
    counted.more(n_draws - sum(each.n_draws for each in errands))
    work = partial(work_out, seen=counted.more) if is_here else work_out
    for at, batch in how.pool.each(work, errands):
        batches.put(left[at], batch)
        if not is_here:
            counted.more(errands[at].n_draws)
    simulated = time.perf_counter()
    n_split = min(ATTRIBUTED if attribution is True else int(attribution), n_draws)
    if n_split:
        like = answer(ready, n_draws=n_split, attribution=n_split, chunk=cut.chunk)[0]
    split = time.perf_counter()
    found = spread(edges, batches.counts(mark))
    attrs = attributes(ready, n_draws) | {"attribution_draws": n_split}
    priced = is_priced(like, batches["outcome"])
    attrs |= judged(batches, priced, years=horizon(like))
    ended = time.perf_counter()
    seconds = {
        "total": ended - began,
        "engine": simulated - began,
        "attribution": split - simulated,
    }
    attrs["wall_seconds"] = json.dumps({name: round(x, 4) for name, x in seconds.items()})
    return _said(found, batches, like.assign_attrs(attrs))


def _said(found: Spread, batches: Batches, like: xr.Dataset) -> Streamed:
    """Write a summary of all draws, and label their fans."""
    names = like["identity"].values.tolist()
    priced = is_priced(like, batches["outcome"])
    worst = [float(np.max(batches[f"identity:{name}"][priced], initial=0.0)) for name in names]
    rank_error = float(np.max(found.off_by, initial=0.0))
    ds = as_fans(found, like, {"streamed": json.dumps({"rank_error": rank_error})})
    ds["identity_residual"] = "identity", worst, like["identity_residual"].attrs
    about = {"fans_rank_error_at_most": rank_error, "does_not_hold": list(ABSENT)}
    return Streamed(ds, summarise(like, batches) | {"streamed": about}, batches)


def question_key(text: str, seed: int, cut: Cut, ready: Prepared) -> str:
    """Hash all that an answer depends on: question, cut, tables, code, libraries and device."""
    asked = f"{text} {seed} {cut} {ready.world.snapshot.digest} {maker_of_answers()}"
    return hashlib.sha256(asked.encode()).hexdigest()


def work_out(errand: Errand, *, seen: Callable[[int], None] | None = None) -> Batch:
    """Simulate a batch and keep what is said of it; `seen` hears of draws that are done."""
    text, seed, cut = errand.scenario, errand.seed, errand.cut
    ready = _ready(text, seed)
    if question_key(text, seed, cut, ready) != errand.key.removesuffix(" kept"):
        raise other_version()
    _, edges, mark = _opening(text, seed, cut)
    numbers, counts = [], np.zeros(edges.shape, np.int64)
    for ds in _pieces(ready, errand):
        numbers.append(np.stack([*_numbers(ds, ready).values()]))
        counts += tally(edges, matrix(ds))
        if errand.kept:
            keep_draws(Path(errand.kept), ds)
        if seen is not None:
            seen(ds.sizes["draw"])
    return Batch(np.concatenate(numbers, axis=1), counts, mark)


def _pieces(ready: Prepared, errand: Errand) -> Iterator[xr.Dataset]:
    """Simulate the draws of a batch, a piece at a time, and check the identities of each."""
    first, cut, lowered = errand.first, errand.cut, ready.lowered
    after = first + errand.n_draws
    arms = {PARTS[-1]: Arm(lowered.inputs.switches, errand.n_draws, first)}
    with jax_settings():
        chunks = Machine(ready, cut.chunk).chunks(arms, side_by_side=errand.side_by_side)
        for begins in range(first, after, cut.piece):
            ends = min(begins + cut.piece, after)
            found = Answer(lowered, ready.economics, ready.world, ends - begins)
            for _, start, chunk in islice(chunks, math.ceil(found.n_draws / cut.chunk)):
                found.add(start - begins, chunk.path, chunk.economy)
            yield _checked(found, ready, begins)


def _checked(found: Answer, ready: Prepared, begins: int) -> xr.Dataset:
    draws = np.arange(begins, begins + found.n_draws)
    found.attribute({PARTS[-1]: metric_draws(found.dataset({}))})
    rows = xr.DataArray(ready.rows(draws.tolist()), dims="draw")
    ds = found.dataset({}).assign_coords(draw=draws, parameter_row=rows)
    return check_identities(ds)


def _numbers(ds: xr.Dataset, ready: Prepared) -> dict[str, np.ndarray]:
    return by_draw(ds) | recorded(ds, ready)


@lru_cache(maxsize=2)
def _ready(text: str, seed: int) -> Prepared:
    return prepare(Scenario.model_validate_json(text), seed=seed)


@lru_cache(maxsize=2)
def _opening(text: str, seed: int, cut: Cut) -> tuple[xr.Dataset, Matrix, bytes]:
    """Simulate the first draws: one to label by, edges to count between, their mark."""
    like: xr.Dataset | None = None
    found: list[Matrix] = []
    for ds in _pieces(_ready(text, seed), Errand(text, seed, cut, "", 0, cut.first)):
        like = ds.isel(draw=slice(1)).copy(deep=True) if like is None else like
        found.append(matrix(ds))
    assert like is not None
    edges = edges_of(np.concatenate(found, axis=1))
    return like, edges, hashlib.sha256(edges.tobytes()).digest()
