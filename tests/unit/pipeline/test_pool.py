"""Results come in the order of their items, whoever works and whoever dies."""

import math
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from selloff.pipeline import pool, pool_for
from selloff.vocab import InputError, SelloffError


def test_this_process_works_in_order() -> None:
    with pool_for(None) as here:
        assert list(here.map(math.sqrt, [4.0, 9.0])) == [2.0, 3.0]
        assert list(here.each(math.sqrt, [4.0, 9.0])) == [(0, 2.0), (1, 3.0)]


@pytest.mark.slow
def test_the_work_of_a_killed_worker_is_done_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    flag = tmp_path / "killed"

    def square(item: int) -> int:
        if item == 3 and not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return item**2

    with pool_for("local") as workers:
        assert list(workers.map(square, range(9))) == [n**2 for n in range(9)]
    assert flag.exists()


def test_an_address_where_nobody_answers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PATIENCE", "300ms")
    with pytest.raises(InputError, match="none answers") as refused, pool_for("tcp://127.0.0.1:9"):
        pass
    assert refused.value.exit_code == 2


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"selloff\[cluster\]"), pool_for("local"):
        pass


SCHEDULER = """
from time import sleep
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sleep(600)
"""


@pytest.mark.slow
@pytest.mark.nightly
def test_a_scheduler_that_dies_is_said_to_have_gone(tmp_path: Path) -> None:
    script = tmp_path / "scheduler.py"
    script.write_text(SCHEDULER)
    process = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    workers = []
    try:
        with process.stdout as told:
            address = told.readline().strip()
        workers = psutil.Process(process.pid).children(recursive=True)
        with pool_for(address) as there:
            results = there.map(time.sleep, [0.0, 60.0, 60.0, 60.0])
            assert next(results) is None
            process.kill()
            with pytest.raises(SelloffError, match="the scheduler has gone") as gone:
                next(results)
        assert gone.value.exit_code == 1
    finally:
        process.kill()
        process.wait()
        for each in workers:
            with suppress(psutil.NoSuchProcess):
                each.kill()
