"""How long a warm question takes in one process, from scenario to fans and headline numbers.

python benchmarks/live.py [--draws 100 200] [--rounds 5]

Seconds of a machine mean little: each is also given in loads, as in `command.py`. Processor seconds
are those of all threads.
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator

from command import load as fixed_load

from selloff.pipeline import Live
from selloff.scenario import Scenario, load

SCENARIO = "japan-dump"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, nargs="+", default=[100, 200])
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    print(f"{SCENARIO}, {os.cpu_count()} cores, median of {asked.rounds} questions")
    print(f"{'draws':>6} {'what changes':>13} {'seconds':>8} {'processor':>10} {'loads':>6}")
    for draws in asked.draws:
        live = Live(draws=draws)
        live.ask(load(SCENARIO))
        for what, questions in (("amount", _amounts), ("pace", _paces)):
            taken = [_timed(live, question) for question in questions(asked.rounds)]
            wall, processor, loads = (statistics.median(x) for x in zip(*taken, strict=True))
            print(f"{draws:>6} {what:>13} {wall:>8.2f} {processor:>10.2f} {loads:>6.2f}")


def _timed(live: Live, question: Scenario) -> tuple[float, float, float]:
    """Seconds, processor seconds, and seconds in loads."""
    before = fixed_load()
    began, worked = time.perf_counter(), time.process_time()
    live.ask(question)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    return seconds, work, seconds / statistics.mean((before, fixed_load()))


def _amounts(n: int) -> Iterator[Scenario]:
    yield from (_asked(sale_frac=0.2 + 0.5 * i / n) for i in range(n))


def _paces(n: int) -> Iterator[Scenario]:
    yield from (_asked(pace={"kind": "linear", "years": 0.3 + i / n}) for i in range(n))


def _asked(**changes: object) -> Scenario:
    """The preset with one seller's plan changed."""
    plain = load(SCENARIO).model_dump(mode="json")
    plain["sellers"][0] |= changes
    return load(plain)


if __name__ == "__main__":
    main()
