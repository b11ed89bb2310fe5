"""The engine on an accelerator beside two cores of the processor: seconds, and whether they agree.

taskset -c 0,1 python benchmarks/device.py [--device cuda] [--draws 10000 100000] [--same 2000]
"""

import argparse
import os
import time
from collections.abc import Iterator

import jax
import numpy as np

from selloff.bridge import Answer
from selloff.pipeline import Prepared, chunk_for, jax_settings, prepare
from selloff.pipeline.machine import Arm, Machine, n_workers
from selloff.results import metric_draws, variables_of_metrics
from selloff.scenario import load

SCENARIO = "japan-dump"
Numbers = dict[str, np.ndarray]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--draws", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--most", type=int, default=100_000, help="draws on the processor, at most")
    parser.add_argument("--same", type=int, default=10_000, help="draws to compare")
    given = parser.parse_args()
    with jax_settings():
        ready = prepare(load(SCENARIO))
        print(f"{SCENARIO}, {ready.scenario.horizon_years:g} years; jax {jax.__version__}")
        for name in ("cpu", given.device):
            on = jax.local_devices(backend=name)[0]
            print(f"{name}: {on.device_kind}")
        print(f"cores: {n_workers()}")
        print(f"{'device':>8} {'draws':>8} {'compile s':>10} {'engine s':>9} {'ms a draw':>10}")
        for n_draws in given.draws:
            for name in ("cpu", given.device)[n_draws > given.most :]:
                show(ready, name, n_draws)
        compare(*(numbers(ready, name, given.same) for name in ("cpu", given.device)))


def show(ready: Prepared, name: str, n_draws: int) -> None:
    began = time.perf_counter()
    machine = machine_on(ready, name, n_draws)
    machine.simulate(range(machine.chunk))  # the first call waits for memory
    compiled = time.perf_counter()
    done = sum(part.path.unsold.shape[0] for part in chunks(ready, machine, n_draws))
    seconds = time.perf_counter() - compiled
    assert done >= n_draws
    print(
        f"{name:>8} {n_draws:>8} {compiled - began:>10.1f} {seconds:>9.1f} "
        f"{1e3 * seconds / done:>10.3f}",
        flush=True,
    )


def machine_on(ready: Prepared, name: str, n_draws: int) -> Machine:
    os.environ["SELLOFF_DEVICE"] = name
    return Machine(ready, chunk_for(n_draws))


def chunks(ready: Prepared, machine: Machine, n_draws: int) -> Iterator:
    arm = Arm(ready.lowered.inputs.switches, n_draws)
    return (part for _, _, part in machine.chunks({"all": arm}))


def numbers(ready: Prepared, name: str, n_draws: int) -> Numbers:
    """Headline numbers of the first draws."""
    wanted = variables_of_metrics(ready.scenario.horizon_years)
    found = Answer(ready.lowered, ready.economics, ready.world, n_draws, wanted)
    start = 0
    for part in chunks(ready, machine_on(ready, name, n_draws), n_draws):
        found.add(start, part.path, part.economy)
        start += part.path.unsold.shape[0]
    return metric_draws(found.dataset({}))


def compare(ours: Numbers, theirs: Numbers) -> None:
    """Say how far apart the same draws are, in units of the metric's 5-95% range."""
    worst, quantiles = {}, {}
    for name, values in ours.items():
        low, high = np.nanpercentile(values, (5, 95))
        room = max(high - low, np.nanmax(np.abs(values)) * 1e-6, 1e-12)
        assert (np.isnan(values) == np.isnan(theirs[name])).all(), name
        worst[name] = np.nan_to_num(np.abs(values - theirs[name])) / room
        medians = np.nanpercentile(values, (5, 50, 95)), np.nanpercentile(theirs[name], (5, 50, 95))
        quantiles[name] = np.abs(medians[0] - medians[1]).max() / room
    apart = np.max(list(worst.values()), axis=0)
    print(f"{apart.size} same draws, difference over the 5-95% range of each headline number:")
    for limit in (1e-12, 1e-9, 1e-6, 1e-3):
        print(f"  draws with all numbers within {limit:g}: {(apart <= limit).mean():.2%}")
    name = max(quantiles, key=quantiles.__getitem__)
    print(f"  largest difference of a 5, 50 or 95% point: {quantiles[name]:.2g} ({name})")


if __name__ == "__main__":
    main()
