"""The one road: scenario to arrays to trajectories to a labelled result."""

import json
import time
from collections.abc import Callable

import jax
import numpy as np
import xarray as xr
from jaxtyping import Array, Int
from numpy.typing import NDArray

from selloff.bridge import Answer, economics, lift_ledger, lower, nested_arms
from selloff.data import DEFAULT_VINTAGE, vintage
from selloff.engine import Record, Switches, trace
from selloff.evidence import load_bank
from selloff.pipeline import machine as engine_room
from selloff.pipeline.environment import jax_settings
from selloff.pipeline.machine import Arrays, Machine, Prepared, chance, gather
from selloff.pipeline.provenance import attributes
from selloff.pipeline.support import warnings
from selloff.results import check_identities, check_schema, metric_draws
from selloff.scenario import Scenario
from selloff.vocab import PARTS

Progress = Callable[[int, int], None]


@jax_settings()
def prepare(scenario: Scenario, *, seed: int = 0) -> Prepared:
    """Gather world and parameters, and lower the question to arrays."""
    world = vintage(scenario.vintage or DEFAULT_VINTAGE)
    bank = load_bank()
    lowered = lower(scenario, world, bank)
    return Prepared(scenario, world, bank, lowered, economics(lowered, world, bank), seed)


@jax_settings()
def run(
    ready: Prepared, *, n_draws: int, attribution: bool = True, progress: Progress | None = None
) -> xr.Dataset:
    """Run a question and check the answer's identities."""
    began = time.perf_counter()
    machine = Machine(ready, min(engine_room.CHUNK, n_draws))
    compiled = time.perf_counter()
    lowered, world = ready.lowered, ready.world
    arms = _arms(ready) if attribution else {}
    *before, last = arms or {PARTS[-1]: lowered.inputs.switches}
    told = _Told(progress, n_draws * (1 + len(before)))
    told.more(0)
    answer = Answer(lowered, ready.economics, world, n_draws)
    for start, part in machine.chunks(lowered.inputs.switches, n_draws):
        answer.add(start, *part)
        told.more(min(machine.chunk, n_draws - start))
    simulated = machine.seconds
    levels = {arm: _levels(machine, arms[arm], ready, n_draws=n_draws, told=told) for arm in before}
    levels[last] = metric_draws(answer.dataset({}))
    answer.attribute(levels)
    ds = answer.dataset(attributes(ready, n_draws))
    ds = check_identities(check_schema(ds))
    flows = np.asarray(lowered.inputs.outside.currency)
    ds.attrs["warnings"] = json.dumps(warnings(ds, flows=flows, gdp_usd_bn=world.gdp_usd_bn))
    seconds = {
        "total": time.perf_counter() - began,
        "compile": compiled - began,
        "engine": simulated,
        "attribution": machine.seconds - simulated,
    }
    ds.attrs["wall_seconds"] = json.dumps({k: round(v, 4) for k, v in seconds.items()})
    return ds


def _arms(ready: Prepared) -> dict[str, Switches]:
    lowered = ready.lowered
    programme = np.asarray(lowered.inputs.sale.programme)
    return nested_arms(ready.scenario.reactions, lowered.rows, ready.world, programme=programme)


class _Told:
    """Counts draws over all arms for whoever watches."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def more(self, n: int) -> None:
        self.done += n
        if self.progress is not None:
            self.progress(self.done, self.total)


def _levels(
    machine: Machine, switches: Switches, ready: Prepared, *, n_draws: int, told: _Told
) -> dict[str, NDArray[np.float64]]:
    """Headline numbers of one arm, by metric, one a draw."""
    found: dict[str, NDArray[np.float64]] = {}
    for start, part in machine.chunks(switches, n_draws):
        n = min(machine.chunk, n_draws - start)
        answer = Answer(ready.lowered, ready.economics, ready.world, n)
        answer.add(0, *part)
        for name, values in metric_draws(answer.dataset({})).items():
            found.setdefault(name, np.empty(n_draws))[start : start + n] = values
        told.more(n)
    return found


@jax_settings()
def ledger(ready: Prepared, draws: list[int]) -> xr.Dataset:
    """Write out the books of every named holder for a few draws."""
    arrays = ready.lowered.inputs, ready.lowered.draws
    record = jax.jit(_trace)(arrays, *chance(ready.lowered.inputs, ready.seed, draws))
    return lift_ledger(record, ready.lowered, ready.world, draws=draws)


def _trace(arrays: Arrays, index: Int[Array, " d"], normals: Array) -> Record:
    return trace(*gather(arrays, index, normals))
