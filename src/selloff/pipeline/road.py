"""The one road: scenario to arrays to trajectories to a labelled result."""

import json
import os
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jaxtyping import Array, Int
from numpy.typing import NDArray

from selloff.bridge import Answer, Lowered, lift_ledger, lower, nested_arms
from selloff.data import DEFAULT_VINTAGE, Vintage, provenance, vintage
from selloff.engine import (
    Draws,
    Inputs,
    Paths,
    Record,
    Switches,
    Trajectory,
    draw_normals,
    draw_paths,
    simulate,
    trace,
)
from selloff.evidence import Bank, limits, load_bank, parameters, scores_in_short
from selloff.results import METRICS, check_identities, check_schema, metric_draws
from selloff.scenario import Scenario
from selloff.vocab import PARTS

Progress = Callable[[int, int], None]
CHUNK = 500
"""Draws simulated together; results do not depend on it [count]."""
_EMITTERS: Final[dict[str, str | bool]] = {"xla_cpu_use_fusion_emitters": False}
"""A quarter faster on two cores than XLA's default; results differ by rounding."""
MAX_WORKERS = 8
"""Chunks simulated side by side at most, which bounds memory [count]."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """A question ready to be run, and re-run for single draws."""

    scenario: Scenario
    world: Vintage
    bank: Bank
    lowered: Lowered
    seed: int


def prepare(scenario: Scenario, *, seed: int = 0) -> Prepared:
    """Gather world and parameters, and lower the question to arrays.

    Arguments:
        scenario: the question.
        seed: of the random numbers [integer].

    Returns:
        What a run needs.

    Raises:
        VintageError: the snapshot has no such vintage.

    Source: HOUSE, one scenario end to end.
    """
    set_up_jax()
    world = vintage(scenario.vintage or DEFAULT_VINTAGE)
    bank = load_bank()
    return Prepared(scenario, world, bank, lower(scenario, world, bank), seed)


def run(
    ready: Prepared, *, n_draws: int, attribution: bool = True, progress: Progress | None = None
) -> xr.Dataset:
    """Run a question and check the answer's identities.

    Arguments:
        ready: the question.
        n_draws: draws [count].
        attribution: also run the arms that split headline numbers into parts [flag].
        progress: told how many draws are done, of how many, over all arms.

    Returns:
        A dataset that meets the schema.

    Raises:
        IdentityError: bonds or money appeared or vanished.

    Source: HOUSE, one scenario end to end.
    """
    began = time.perf_counter()
    machine = _Machine(ready, min(CHUNK, n_draws))
    compiled = time.perf_counter()
    lowered, world = ready.lowered, ready.world
    arms = _arms(ready) if attribution else {}
    *before, last = arms or {PARTS[-1]: lowered.inputs.switches}
    told = _Told(progress, n_draws * (1 + len(before)))
    answer = Answer(lowered, world, n_draws)
    for start, part in machine.chunks(lowered.inputs.switches, n_draws):
        answer.add(start, part)
        told.more(min(machine.chunk, n_draws - start))
    simulated = machine.seconds
    levels = {arm: _levels(machine, arms[arm], ready, n_draws=n_draws, told=told) for arm in before}
    levels[last] = metric_draws(answer.dataset({}))
    answer.attribute(levels)
    ds = answer.dataset(_attrs(ready, n_draws))
    ds = check_identities(check_schema(ds))
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


class _Machine:
    """The compiled engine, fed chunk by chunk; an arm differs in its switches alone."""

    def __init__(self, ready: Prepared, chunk: int) -> None:
        self.ready, self.chunk, self.seconds = ready, chunk, 0.0
        inputs, draws = ready.lowered.inputs, ready.lowered.draws
        luck = chance(inputs, ready.seed, range(chunk))
        self.compiled = _compiled(jax.jit(_chunk).lower((inputs, draws), *luck))

    def chunks(self, switches: Switches, n_draws: int) -> Iterator[tuple[int, Trajectory]]:
        """Simulate a wave of chunks side by side, hand them on, and go on."""
        inputs = replace(self.ready.lowered.inputs, switches=switches)

        def simulate_from(start: int) -> Trajectory:
            luck = chance(inputs, self.ready.seed, range(start, start + self.chunk))
            arrays = inputs, self.ready.lowered.draws
            return jax.block_until_ready(self.compiled(arrays, *luck))

        n_workers = min(os.cpu_count() or 1, MAX_WORKERS)
        starts = range(0, n_draws, self.chunk)
        with ThreadPoolExecutor(n_workers) as workers:
            for wave in (starts[i : i + n_workers] for i in range(0, len(starts), n_workers)):
                tick = time.perf_counter()
                parts = list(workers.map(simulate_from, wave))
                self.seconds += time.perf_counter() - tick
                yield from zip(wave, parts, strict=True)


def _compiled(lowered: jax.stages.Lowered) -> jax.stages.Compiled:
    """Compile with the emitters that suit a long scan of small steps, where XLA has a choice."""
    try:
        return lowered.compile(compiler_options=_EMITTERS)
    except jax.errors.JaxRuntimeError:
        return lowered.compile()


def _levels(
    machine: _Machine, switches: Switches, ready: Prepared, *, n_draws: int, told: _Told
) -> dict[str, NDArray[np.float64]]:
    """Headline numbers of one arm, by metric, one a draw."""
    found = {name: np.empty(n_draws) for name in METRICS}
    for start, part in machine.chunks(switches, n_draws):
        n = min(machine.chunk, n_draws - start)
        answer = Answer(ready.lowered, ready.world, n)
        answer.add(0, part)
        for name, values in metric_draws(answer.dataset({})).items():
            found[name][start : start + n] = values
        told.more(n)
    return found


def ledger(ready: Prepared, draws: list[int]) -> xr.Dataset:
    """Write out the books of every named holder for a few draws.

    Arguments:
        ready: the question that was run.
        draws: numbers of the draws [index].

    Returns:
        Books by draw, step, holder and bucket.

    Source: the same draws, from the same seed.
    """
    arrays = ready.lowered.inputs, ready.lowered.draws
    record = jax.jit(_trace)(arrays, *chance(ready.lowered.inputs, ready.seed, draws))
    return lift_ledger(record, ready.lowered, ready.world, draws=draws)


Arrays = tuple[Inputs, Draws]


def chance(inputs: Inputs, seed: int, draws: Sequence[int]) -> tuple[Int[Array, " d"], Array]:
    """Number the draws and give each its standard normals.

    Arguments:
        inputs: the arm.
        seed: of the random numbers [integer].
        draws: numbers of the draws [index].

    Returns:
        Numbers of the draws, and normals by draw, step and factor [standard deviations].

    Source: `engine.draw_normals`.
    """
    n_steps, n_factors = inputs.clock.years.shape[0], inputs.market.shock.shape[-1]
    normals = draw_normals(seed, draws, n_steps=n_steps, n_factors=n_factors)
    return jnp.asarray(draws), jnp.asarray(normals)


def _chunk(arrays: Arrays, index: Int[Array, " d"], normals: Array) -> Trajectory:
    return simulate(*gather(arrays, index, normals))


def _trace(arrays: Arrays, index: Int[Array, " d"], normals: Array) -> Record:
    return trace(*gather(arrays, index, normals))


def gather(arrays: Arrays, index: Int[Array, " d"], normals: Array) -> tuple[Inputs, Paths, Draws]:
    """Give draw d row d of the bank, over and over, and chance number d.

    Arguments:
        arrays: the arm, and parameters of every row of the bank.
        index: numbers of the draws [index].
        normals: their standard normals [standard deviations].

    Returns:
        The arm, and paths and parameters of each draw.

    Source: HOUSE; the same draw has the same chance in every arm.
    """
    inputs, bank = arrays
    row = index % bank.speed.shape[0]
    draws = jax.tree.map(lambda leaf: leaf[row], bank)
    paths = jax.vmap(
        lambda normal, draw: draw_paths(normal, inputs.clock, market=inputs.market, draw=draw)
    )(normals, draws)
    return inputs, paths, draws


def set_up_jax() -> None:
    """Turn on double precision and keep compiled programs in the user's cache.

    Source: HOUSE; the engine checks precision and never sets it.
    """
    jax.config.update("jax_enable_x64", True)
    if "JAX_COMPILATION_CACHE_DIR" in os.environ:
        return
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "selloff" / "jax"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    jax.config.update("jax_compilation_cache_dir", str(cache))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.5)


def _attrs(ready: Prepared, n_draws: int) -> dict[str, Any]:
    scenario = ready.scenario
    return {
        "title": scenario.title,
        "scenario_name": scenario.name,
        "scenario": scenario.model_dump_json(),
        "vintage": ready.world.id,
        "seed": ready.seed,
        "draws": n_draws,
        "horizon_years": scenario.horizon_years,
        "versions": json.dumps(_versions()),
        "sources": json.dumps(_sources(ready.world)),
        "parameters": json.dumps(_parameters(ready.bank)),
        "limits": json.dumps(limits()),
        "backtest": json.dumps(scores_in_short()),
        "warnings": json.dumps([]),
        "wall_seconds": json.dumps({}),
    }


def _versions() -> dict[str, str]:
    names = ("selloff", "jax", "jaxlib", "numpy", "xarray")
    return {name: version(name) for name in names} | {"python": platform.python_version()}


def _sources(world: Vintage) -> list[dict[str, str]]:
    tables = [
        {
            "what": row.table,
            "publisher": row.publisher,
            "series": row.series_ids,
            "as_of": f"to {row.last_date}",
            "standing": "data",
        }
        for row in provenance()
    ]
    seen = {
        (figure.name, figure.source): figure
        for figure in world.figures
        if figure.standing == "assumption"
    }
    assumed = [
        {
            "what": figure.name,
            "publisher": figure.source,
            "series": figure.note,
            "as_of": str(figure.as_of),
            "standing": "assumption",
        }
        for figure in seen.values()
    ]
    return tables + assumed


def _parameters(bank: Bank) -> list[dict[str, Any]]:
    """Every parameter with the range its draws have in the bank, or its row's where fixed."""
    rows = []
    for name, row in parameters().items():
        low, mid, high = row.p05, row.p50, row.p95
        if name in bank.draws and bank.draws[name].ndim == 1 and row.distribution != "constant":
            low, mid, high = (float(x) for x in np.percentile(bank.draws[name], [5, 50, 95]))
        spread = {"p05": low, "p50": mid, "p95": high}
        source = row.reason if row.source == "none" else f"{row.source}. {row.reason}"
        rows.append(row.as_row() | spread | {"source": source})
    return rows
