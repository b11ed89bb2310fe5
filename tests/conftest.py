"""Run every test in double precision, with the shapes and types of the equations checked."""

import gc
import os
import sys
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import Any

# Workers of pytest share the cores; threads of their own make small matrices crawl.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import jax
import pytest
from jaxtyping import install_import_hook
from xdist.scheduler import LoadFileScheduling

# JAX clears up at every collection of garbage, and to trace a program sets off thousands of them.
gc.set_threshold(50_000, 20, 20)
jax.config.update("jax_enable_x64", True)
install_import_hook(["selloff.model", "selloff.engine"], "beartype.beartype")
sys.path.insert(0, str(Path(__file__).parent))
QUESTIONS = "questions"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def pytest_configure(config: pytest.Config) -> None:
    """Workers and commands share compiled programs; they see nothing that the user has fetched."""
    cache = config.rootpath / ".pytest_cache" / "programs"
    os.environ["XDG_CACHE_HOME"] = str(cache)
    os.environ["XDG_DATA_HOME"] = str(config.rootpath / ".pytest_cache" / "fetched-nothing")
    jax.config.update("jax_compilation_cache_dir", str(cache / "selloff" / "jax"))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)


class Together(LoadFileScheduling):
    """Deal files out to workers; those that ask the engine the same questions go to one worker.

    It traces and compiles the program of those questions once; two workers would do it twice.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return QUESTIONS if asks(self.config.rootpath / file) else file


@cache
def asks(file: Path) -> bool:
    return f"import {QUESTIONS}\n" in file.read_text(encoding="utf-8")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Every other worker reads files from the last to the first: what one has compiled by the time
    they meet the other does not compile again."""
    report = yield
    if isinstance(collector, pytest.Directory) and WORKER[-1] in "13579":
        report.result.reverse()
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest share of the work comes first, so that no worker is left with it in the end."""
    items.sort(key=lambda item: (not asks(item.path), item.path))
