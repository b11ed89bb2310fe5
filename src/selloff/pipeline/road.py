"""The one road: scenario to arrays to trajectories to a labelled result."""

import json
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import jax
import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.bridge import Answer, economics, lift_ledger, lower, nested_arms
from selloff.data import DEFAULT_VINTAGE, vintage
from selloff.engine import Record, Switches, draw_rows
from selloff.evidence import Bank, load_bank
from selloff.pipeline.environment import jax_settings
from selloff.pipeline.machine import CHUNK, Arm, Chunk, Machine, Prepared, chunk_for
from selloff.pipeline.provenance import attributes
from selloff.pipeline.support import beyond, records, warnings
from selloff.results import (
    ByDraw,
    check_identities,
    check_schema,
    horizon,
    is_priced,
    metric_draws,
    variables_of_metrics,
)
from selloff.scenario import Scenario
from selloff.vocab import PARTS

Progress = Callable[[int, int], None]
Early = Callable[[xr.Dataset], None]
Numbers = NDArray[np.float64]
Levels = dict[str, dict[str, Numbers]]
ATTRIBUTED: Final = 400
"""Draws whose headline numbers are split by mechanism unless asked for more [count]."""


@jax_settings()
def prepare(
    scenario: Scenario, *, seed: int = 0, bank: Bank | None = None, first: int | None = None
) -> Prepared:
    """Gather world and parameters, those of the shipped bank or of another, and lower the question
    to arrays; if only for the `first` draws, prices are solved for no others."""
    world = vintage(scenario.vintage or DEFAULT_VINTAGE)
    bank = bank or load_bank()
    only = None if first is None else _rows_of(seed, first, bank.n_draws)
    lowered = lower(scenario, world, bank, only=only)
    return Prepared(scenario, world, bank, lowered, economics(lowered, world, bank), seed)


@lru_cache(maxsize=8)
def _rows_of(seed: int, first: int, n_rows: int) -> tuple[int, ...]:
    """Rows of the bank that the first draws of a seed take."""
    return tuple(np.unique(draw_rows(seed, range(first), n_rows=n_rows)).tolist())


def run(
    ready: Prepared,
    *,
    n_draws: int,
    attribution: bool | int = True,
    chunk: int | None = None,
    progress: Progress | None = None,
    early: Early | None = None,
) -> xr.Dataset:
    """Run a question and check the answer's identities; `early` hears it before its numbers are
    split by mechanism, which takes longer than the rest."""
    return answer(
        ready,
        n_draws=n_draws,
        attribution=attribution,
        chunk=chunk,
        progress=progress,
        early=early,
    )[0]


@jax_settings()
def answer(
    ready: Prepared,
    *,
    n_draws: int,
    attribution: bool | int = True,
    chunk: int | None = None,
    progress: Progress | None = None,
    early: Early | None = None,
) -> tuple[xr.Dataset, xr.Dataset]:
    """Run a question; hand back the result and the books of every named holder in a few draws."""
    began = time.perf_counter()
    machine = Machine(ready, chunk or chunk_for(n_draws))
    compiled = time.perf_counter()
    lowered, world = ready.lowered, ready.world
    n_split = min(ATTRIBUTED if attribution is True else int(attribution), n_draws)
    switches = _arms(ready) if n_split else {PARTS[-1]: lowered.inputs.switches}
    *before, last = switches
    arms = {last: Arm(switches[last], n_draws)}
    arms |= {arm: Arm(switches[arm], n_split) for arm in before}
    found = Answer(lowered, ready.economics, world, n_draws)
    levels: Levels = {arm: {} for arm in before}
    counted = Counted(progress, sum(arm.n_draws for arm in arms.values()))
    ds, books, simulated = xr.Dataset(), xr.Dataset(), compiled
    for name, start, part in machine.chunks(arms):
        if name != last:
            _split(levels[name], ready, part, start=start, n_draws=n_split)
        else:
            found.add(start, part.path, part.economy)
            if not start:
                books = _ledger(part.books, ready, list(range(min(n_draws, machine.n_books))))
            if start + machine.chunk >= n_draws:
                simulated = time.perf_counter()
                levels[last] = metric_draws(found.dataset({}))
                ds = _unsplit(found, ready, levels[last], n_split=n_split)
                if early is not None and before:
                    early(ds)
        counted.more(min(machine.chunk, arms[name].n_draws - start))
    ended = time.perf_counter()
    found.attribute(levels)
    ds = ds.assign(attribution_level=found.dataset({})["attribution_level"])
    seconds = {
        "total": time.perf_counter() - began,
        "compile": compiled - began,
        "engine": simulated - compiled,
        "attribution": ended - simulated,
    }
    ds.attrs["wall_seconds"] = json.dumps({k: round(v, 4) for k, v in seconds.items()})
    return ds, books


def _unsplit(
    found: Answer, ready: Prepared, numbers: dict[str, Numbers], *, n_split: int
) -> xr.Dataset:
    """Label and check an answer whose numbers are not split by mechanism yet: where it comes from,
    and what in it lies beyond anything observed."""
    n_draws = found.n_draws
    found.attribute({PARTS[-1]: numbers})
    ds = found.dataset(attributes(ready, n_draws) | {"attribution_draws": n_split})
    row = "draw", ready.rows(range(n_draws)), {"long_name": "Row of the bank of parameters"}
    each = {f"metric:{name}": draws for name, draws in numbers.items()} | recorded(ds, ready)
    ds.attrs.update(judged(each, is_priced(ds), years=horizon(ds)))
    return check_identities(check_schema(ds.assign_coords(parameter_row=row)))


def recorded(ds: xr.Dataset, ready: Prepared) -> dict[str, Numbers]:
    """Work out draw by draw what is held against records beside metrics."""
    flows = np.asarray(ready.lowered.inputs.outside.currency)
    return records(ds, flows=flows, gdp_usd_bn=ready.world.gdp_usd_bn)


def judged(each: ByDraw, priced: NDArray[np.bool_], *, years: float) -> dict[str, str]:
    """Write down what of an answer lies beyond anything observed."""
    told = warnings(each, priced, years=years)
    return {"warnings": json.dumps(told), "beyond": json.dumps(beyond(each, priced))}


def _arms(ready: Prepared) -> dict[str, Switches]:
    lowered = ready.lowered
    programme = np.asarray(lowered.inputs.sale.programme)
    return nested_arms(ready.scenario.reactions, lowered.rows, ready.world, programme=programme)


class Counted:
    """Counts draws over all arms for whoever watches."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0
        self.more(0)

    def more(self, n: int) -> None:
        """Count draws that are done."""
        self.done += n
        if self.progress is not None:
            self.progress(self.done, self.total)


def _split(
    levels: dict[str, Numbers], ready: Prepared, part: Chunk, *, start: int, n_draws: int
) -> None:
    """Take in the headline numbers of one chunk of an arm, by metric, one a draw."""
    n = min(part.path.unsold.shape[0], n_draws - start)
    wanted = variables_of_metrics(ready.scenario.horizon_years)
    answer = Answer(ready.lowered, ready.economics, ready.world, n, wanted)
    answer.add(0, part.path, part.economy)
    for name, values in metric_draws(answer.dataset({})).items():
        levels.setdefault(name, np.empty(n_draws))[start : start + n] = values


@jax_settings()
def ledger(ready: Prepared, draws: list[int], *, chunk: int | None = None) -> xr.Dataset:
    """Write out the books of every named holder for a few draws."""
    machine = Machine(ready, chunk or CHUNK)
    found = []
    for start in range(0, len(draws), machine.n_books):
        few = draws[start : start + machine.n_books]
        numbers = (few * machine.chunk)[: machine.chunk]
        found.append(_ledger(machine.simulate(numbers).books, ready, few))
    return xr.concat(found, dim="draw", combine_attrs="override", data_vars="all")


def _ledger(books: Record, ready: Prepared, draws: list[int]) -> xr.Dataset:
    few = jax.tree.map(lambda leaf: leaf[: len(draws)], books)
    rows = ready.rows(draws)
    return lift_ledger(few, ready.lowered, ready.world, draws=draws, rows=rows)
