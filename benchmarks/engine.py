"""How fast the engine is, warm, and how much faster than plain NumPy loops in the same run.

python benchmarks/engine.py [--draws 200 2000 10000]
"""

import argparse
import json
import os
import platform
import resource
import sys
import time
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import jax
import numpy as np

from selloff import pipeline
from selloff.engine import draw_normals
from selloff.scenario import load
from twin import engine_numpy as twin
from twin.arithmetic import fate, noise_path, plain
from twin.arithmetic import row as row_of

SCENARIO = "japan-dump"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, nargs="+", default=[200, 2_000, 10_000])
    sizes = parser.parse_args().draws
    began = time.perf_counter()
    ready = pipeline.prepare(load(SCENARIO))
    lowering = time.perf_counter() - began
    slow = twin_seconds(ready)
    print(
        f"{SCENARIO}, {ready.scenario.horizon_years:g} years, {ready.lowered.steps.days.size} steps"
    )
    print(f"{os.cpu_count()} cores, {platform.machine()}, jax {jax.__version__}")
    print(f"lowering {lowering:.2f} s; NumPy twin {slow:.3f} s a draw")
    heads = ("draws", "engine s", "total s", "ms a draw", "twin/engine", "peak GB")
    print(" ".join(f"{head:>11}" for head in heads))
    for n_draws in sizes:
        pipeline.run(ready, n_draws=min(n_draws, pipeline.CHUNK), attribution=False)
        answer = pipeline.run(ready, n_draws=n_draws, attribution=False)
        seconds = json.loads(answer.attrs["wall_seconds"])
        each = seconds["engine"] / n_draws
        print(
            f"{n_draws:>11} {seconds['engine']:>11.2f} {seconds['total']:>11.2f} "
            f"{1e3 * each:>11.3f} {slow / each:>11,.0f} {peak_gb():>11.2f}"
        )


def twin_seconds(ready: pipeline.Prepared) -> float:
    """Seconds the plain loops take for one draw, once its chance is drawn."""
    inputs = plain(ready.lowered.inputs)
    n_factors = inputs.market.shock.shape[-1]
    (row,) = draw_normals(0, [0], n_steps=inputs.clock.years.size, n_factors=n_factors)
    own = row_of(ready.lowered.draws, 0)
    began = time.perf_counter()
    noise, depth = noise_path(inputs.market, inputs.clock, own, row)
    sunspot, patience = fate(row)
    paths = SimpleNamespace(
        noise=noise[None],
        depth=depth[None],
        sunspot=np.array([sunspot]),
        patience=np.array([patience]),
    )
    twin.simulate(inputs, paths, ready.lowered.draws, draw=0)
    return time.perf_counter() - began


def peak_gb() -> float:
    """Largest memory of this process so far; Linux counts in KiB, macOS in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


if __name__ == "__main__":
    main()
