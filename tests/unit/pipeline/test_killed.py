"""Killed in the middle: what a worker or a client had finished is not lost, to the last bit."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import xarray as xr

from selloff.results import load_any

COMMAND = (
    *(sys.executable, "-m", "selloff", "run", "japan-dump", "--stream", "--no-attribution"),
    *("--horizon-years", "0.3", "--draws", "12000", "--seed", "4", "--json"),
)
"""Three batches."""

pytestmark = [pytest.mark.slow, pytest.mark.nightly]


def answer(folder: Path) -> tuple[dict[str, Any], xr.Dataset]:
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    del summary["wall_seconds"]
    return summary, load_any(folder / "fans.nc").drop_attrs()


def run(folder: Path, *more: str) -> None:
    subprocess.run([*COMMAND, "--out", str(folder), *more], check=True, capture_output=True)


def started(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """A run that has finished a batch and not its last."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*COMMAND, "--out", str(folder), *more], **quiet)
    while not [*folder.glob("batches/*.batch")]:
        assert process.poll() is None
        time.sleep(0.05)
    return process


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], xr.Dataset]:
    folder = tmp_path_factory.mktemp("whole")
    run(folder)
    return answer(folder)


def same(folder: Path, whole: tuple[dict[str, Any], xr.Dataset]) -> None:
    summary, fans = answer(folder)
    assert summary == whole[0]
    assert fans.identical(whole[1])
    assert not (folder / "batches").exists()


def test_a_killed_client_goes_on(whole: tuple[dict[str, Any], xr.Dataset], tmp_path: Path) -> None:
    process = started(tmp_path)
    process.kill()
    process.wait()
    assert not (tmp_path / "summary.json").exists()
    run(tmp_path, "--resume", str(tmp_path / "batches"))
    same(tmp_path, whole)


def test_a_killed_worker_is_made_good(
    whole: tuple[dict[str, Any], xr.Dataset], tmp_path: Path
) -> None:
    process = started(tmp_path, "--cluster", "local")
    (worker, *_) = workers_of(process.pid)
    os.kill(worker, signal.SIGKILL)
    assert process.wait() == 0
    same(tmp_path, whole)


def workers_of(pid: int) -> list[int]:
    """Processes that Dask spawned to work, youngest first; the first child keeps track of them."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            words = status.with_name("cmdline").read_text()
        except OSError:
            continue
        if parent == pid and "spawn_main" in words:
            found.append(int(status.parent.name))
    return sorted(found, reverse=True)
