"""How long one command takes, from nothing and again, beside another version in the same run.

python benchmarks/command.py [--peer CHECKOUT] [--draws 2000] [--rounds 3]

Seconds of a machine mean little: each is also given in loads. A load is the time of twenty products
of two 1500 x 1500 float64 matrices, taken before and after every command.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).parents[1]
START = "from selloff.apps.cli import main; main()"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", type=Path, help="checkout of another version")
    parser.add_argument("--draws", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    versions = {"this version": HERE} | ({"peer": asked.peer} if asked.peer else {})
    kinds = [(name, split) for split in (False, True) for name in versions]
    found: dict[tuple[str, bool, str], list[tuple[float, float]]] = {}
    for _ in range(asked.rounds):
        for name, split in kinds:
            with tempfile.TemporaryDirectory() as folder:
                for when in ("from nothing", "again"):
                    taken = timed(versions[name], Path(folder), asked.draws, is_split=split)
                    found.setdefault((name, split, when), []).append(taken)
    print(f"japan-dump, {asked.draws:,} draws, whole command, median of {asked.rounds}")
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for (name, split, when), each in sorted(found.items(), key=lambda row: row[0][1:]):
        seconds, loads = (statistics.median(column) for column in zip(*each, strict=True))
        kind = "with attribution" if split else "no attribution"
        print(f"{name:>14} {kind:>17} {when:>13} {seconds:>7.1f} s {loads:>6.1f} loads")


def timed(version: Path, folder: Path, draws: int, *, is_split: bool) -> tuple[float, float]:
    """Seconds of a command, and the same in loads."""
    arguments = ["run", "japan-dump", "--draws", str(draws), "--out", str(folder / "out")]
    if not is_split:
        arguments.append("--no-attribution")
    environment = os.environ | {
        "PYTHONPATH": str(version / "src"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    before = load()
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", START, *arguments],
        env=environment,
        check=True,
        capture_output=True,
    )
    seconds = time.perf_counter() - began
    return seconds, seconds / statistics.mean((before, load()))


def load() -> float:
    """Seconds of the fixed load."""
    matrix = np.random.default_rng(0).standard_normal((1500, 1500))
    began = time.perf_counter()
    for _ in range(20):
        matrix @ matrix
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
