"""How the cost of a run grows with draws, steps, sellers and holders: exponents.

python benchmarks/growth.py [--rounds 3] [--json FILE]

Each question is asked once before it is timed, so nothing is compiled. Cost is seconds of the
processor, of several rounds the least; the exponent is the slope of log seconds on log size: 1 is
cost in proportion.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from selloff import pipeline
from selloff.scenario import parse

SIZES: Final = {
    "draws": (200, 400, 800, 1600),
    "steps": (0.5, 1.0, 10.0, 30.0),
    "sellers": (1, 2, 4, 8),
    "holders": ("2026-07", "2004-07", "2011-01", "2013-03"),
}
"""Sizes of each kind; steps by years of horizon, holders by vintages that know as many."""
SELLERS: Final = (
    "jpn_official",
    "chn_official",
    "gbr_private",
    "bel_private",
    "lux_private",
    "irl_private",
    "can_private",
    "fra_private",
)
DRAWS: Final = 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    found = {}
    for kind, sizes in SIZES.items():
        asked = {size: JOBS[kind](size) for size in sizes}
        for _, job in asked.values():
            job()
        seconds = [min(timed(job) for _ in range(given.rounds)) for _, job in asked.values()]
        counts = [count for count, _ in asked.values()]
        slope = float(np.polyfit(np.log(counts), np.log(seconds), 1)[0])
        found[kind] = {"sizes": counts, "cpu_seconds": seconds, "exponent": slope}
        rows = ", ".join(f"{n:g}: {s:.2f} s" for n, s in zip(counts, seconds, strict=True))
        print(f"{kind:8s} exponent {slope:5.2f}   {rows}", flush=True)
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


def timed(job: Callable[[], object]) -> float:
    """Seconds of the processor, of all threads."""
    began = time.process_time()
    job()
    return time.process_time() - began


Job = tuple[float, Callable[[], object]]


def simulated(ready: Any, n_draws: int) -> object:
    return pipeline.run(ready, n_draws=n_draws, attribution=False, chunk=pipeline.CHUNK)


def by_draws(n_draws: int) -> Job:
    ready = prepared()
    return n_draws, lambda: simulated(ready, n_draws)


def by_years(years: float) -> Job:
    """Steps as they count: days in the first year, months after it."""
    ready = prepared(years=years)
    n_steps = ready.lowered.steps.days.size
    return n_steps, lambda: simulated(ready, DRAWS)


def by_sellers(n_sellers: int) -> Job:
    """What a step does for a seller comes on top of what it does for all others."""
    ready = prepared(n_sellers=n_sellers)
    return n_sellers, lambda: simulated(ready, DRAWS)


def by_holders(vintage: str) -> Job:
    """Holders are shares of their group: they cost when an answer is collected, not in a step."""
    ready = prepared(vintage=vintage)
    n_holders = len(ready.world.holders)
    return n_holders, lambda: simulated(ready, DRAWS)


JOBS: Final[dict[str, Callable[..., Job]]] = {
    "draws": by_draws,
    "steps": by_years,
    "sellers": by_sellers,
    "holders": by_holders,
}


def prepared(*, n_sellers: int = 1, years: float = 10.0, vintage: str = "") -> pipeline.Prepared:
    sellers = [
        {"holder": holder, "sale_frac": 0.3, "proceeds": {"eur_cash": 1.0}}
        for holder in SELLERS[:n_sellers]
    ]
    question = {"schema_version": 1, "name": "growth", "title": "Growth", "sellers": sellers}
    question |= {"horizon_years": years} | ({"vintage": vintage} if vintage else {})
    return pipeline.prepare(parse(question))


if __name__ == "__main__":
    main()
