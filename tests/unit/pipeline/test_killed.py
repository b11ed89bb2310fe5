"""Killed in the middle: what a worker or a client had finished is not lost, to the last bit."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from selloff.pipeline import Cut, Streamed, Streaming, pool_for, stream
from selloff.scenario import load

N = 200
CUT = Cut(chunk=10, piece=20, first=40, batch=20)
"""Ten batches."""
ASKED = {"schema_version": 1, "name": "now", "title": "Now", "horizon_years": 0.3} | {
    "sellers": [{"holder": "jpn", "sale_frac": 0.4}]
}
PROGRAM = f"""
from pathlib import Path
from sys import argv
from selloff.pipeline import Cut, Streaming, pool_for, stream
from selloff.scenario import load
if __name__ == "__main__":
    with pool_for(*argv[2:] or [None]) as pool:
        how = Streaming(Path(argv[1]), pool=pool, cut={CUT})
        stream(load({ASKED}), how, n_draws={N}, seed=3, attribution=False)
"""

pytestmark = [pytest.mark.slow, pytest.mark.nightly]


def streamed(folder: Path, *, progress: Any = None, **how: Any) -> Streamed:
    way = Streaming(folder, cut=CUT, **how)
    return stream(load(ASKED), way, n_draws=N, seed=3, attribution=False, progress=progress)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Streamed:
    return streamed(tmp_path_factory.mktemp("whole"))


def same(one: Streamed, two: Streamed) -> None:
    first, second = one.summary, two.summary
    assert first | {"wall_seconds": 0} == second | {"wall_seconds": 0}
    assert one.dataset.drop_attrs().identical(two.dataset.drop_attrs())


@pytest.mark.parametrize("n_workers", [1, 2])
def test_workers_come_to_the_same_and_leave(
    n_workers: int, whole: Streamed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: n_workers)
    monkeypatch.chdir(tmp_path)
    with pool_for("local") as pool:
        workers: dict[str, int] = pool.client.run(os.getpid)
        found = streamed(tmp_path / "batches", pool=pool)
    assert len(workers) == n_workers
    assert not any(map(psutil.pid_exists, workers.values()))
    assert [each.name for each in tmp_path.iterdir()] == ["batches"]
    same(whole, found)


@pytest.mark.parametrize("n_workers", [1, 2])
def test_a_killed_worker_is_made_good(
    n_workers: int, whole: Streamed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: n_workers)
    killed: list[int] = []
    with pool_for("local") as pool:
        workers: dict[str, int] = pool.client.run(os.getpid)

        def kill(done: int, _: int) -> None:
            """End a worker that has work, once a batch is there."""
            if done and not killed:
                busy = next(who for who, tasks in pool.client.processing().items() if tasks)
                killed.append(workers[busy])
                os.kill(workers[busy], signal.SIGKILL)

        found = streamed(tmp_path, pool=pool, progress=kill)
        after = set(pool.client.run(os.getpid).values())
    assert killed
    assert not after & set(killed)
    same(whole, found)


@pytest.mark.parametrize("where", [(), ("local",)])
def test_a_killed_client_goes_on(where: tuple[str, ...], whole: Streamed, tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path), *where])
    while not [*tmp_path.glob("*.batch")]:
        assert process.poll() is None
        time.sleep(0.05)
    workers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    assert len([*tmp_path.glob("*.batch")]) < N // CUT.batch
    done: list[int] = []
    found = streamed(tmp_path, resume=True, progress=lambda n, _: done.append(n))
    assert done[1] >= CUT.batch
    same(whole, found)
    assert not psutil.wait_procs(workers, timeout=60)[1]
