"""JAX as Selloff needs it, for the time of a call; what the user set holds again after it."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import jax
from jax.experimental.compilation_cache.compilation_cache import reset_cache

from selloff.vocab import InputError, OutputError, user_cache_folder

_TURN: Final = threading.RLock()
_DEVICE: Final = "SELLOFF_DEVICE"
PROCESSOR: Final = "cpu"
_CACHE: Final = "jax_compilation_cache_dir"
_processes: Final[list[int]] = []
"""The process that has run Selloff, once it has."""


@contextmanager
def jax_settings() -> Iterator[None]:
    """Run in double precision and keep compiled programs in the user's cache.

    Threads take turns: on two cores XLA can wait for itself for ever when two call it at once.
    """
    _refuse_fork()
    with _TURN:
        _refuse_settings()
        if not _processes:
            _processes.append(os.getpid())
        with thread_settings(), _kept_programs():
            yield


@contextmanager
def thread_settings() -> Iterator[None]:
    """Set what holds for one thread; every thread that helps in a run enters it."""
    with (
        jax.default_device(jax.local_devices(backend=PROCESSOR)[0]),
        jax.enable_x64(True),
        jax.numpy_dtype_promotion("standard"),
        jax.numpy_rank_promotion("allow"),
        jax.debug_nans(False),
        jax.debug_infs(False),
        jax.transfer_guard("allow"),
    ):
        yield


@contextmanager
def engine_settings() -> Iterator[None]:
    """Set what holds for a thread that compiles or runs the engine, on the device it runs on."""
    with thread_settings(), jax.default_device(jax.local_devices(backend=engine_platform())[0]):
        yield


def engine_platform() -> str:
    """Name the platform that simulates: the processor, unless SELLOFF_DEVICE asks for another."""
    asked = os.environ.get(_DEVICE) or PROCESSOR
    try:
        jax.local_devices(backend=asked)
    except RuntimeError:
        raise _refused(
            _DEVICE,
            f"'{asked}', of which JAX finds none",
            allowed="cpu, or cuda where the machine has one",
            remedy="Unset it, or install the driver and `pip install 'selloff[cuda]'`.",
        ) from None
    return asked


def cores() -> int:
    """Count the cores this process may use, which a container can have fewer of than there are."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cache_folder() -> Path | None:
    """Find the user's folder for compiled programs; none where it cannot be written to."""
    try:
        folder = user_cache_folder() / "jax"
        if not folder.is_absolute():
            return None
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, OutputError):
        return None
    return folder if os.access(folder, os.W_OK) else None


@contextmanager
def _kept_programs() -> Iterator[None]:
    """Keep compiled programs, unless the user already keeps them somewhere."""
    folder = None if _setting(_CACHE) else cache_folder()
    if folder is None:
        yield
        return
    # Lowering a question takes a hundred small programs: together they cost more than a large one.
    with _changed({_CACHE: str(folder), "jax_persistent_cache_min_compile_time_secs": 0.0}):
        yield


@contextmanager
def compiled_afresh() -> Iterator[None]:
    """Compile without JAX's own cache: what comes out of it cannot be written out again whole."""
    with _changed({"jax_enable_compilation_cache": False}):
        yield


@contextmanager
def _changed(ours: dict[str, Any]) -> Iterator[None]:
    before = {name: _setting(name) for name in ours}
    try:
        _set(ours)
        yield
    finally:
        _set(before)


def _setting(name: str) -> Any:
    return getattr(jax.config, name)


def _set(settings: dict[str, Any]) -> None:
    for name, value in settings.items():
        jax.config.update(name, value)
    reset_cache()  # JAX asks for its folder once and then no more


def _refuse_fork() -> None:
    if _processes and _processes != [os.getpid()]:
        raise _refused(
            "this process",
            "a fork of one that has run Selloff, in which JAX would wait for ever",
            allowed="a process of its own",
            remedy="Start it with multiprocessing.get_context('spawn').",
        )


def _refuse_settings() -> None:
    if _setting("jax_disable_jit"):
        raise _refused("JAX_DISABLE_JIT", "1, with which a run would take days", allowed="0")
    if reason := _wrong_flags(os.environ.get("XLA_FLAGS", "")):
        raise _refused("XLA_FLAGS", reason, allowed="flags that XLA knows")
    try:
        jax.local_devices(backend=PROCESSOR)
    except (RuntimeError, AssertionError):
        given = f"'{_setting('jax_platforms')}'"
        raise _refused("JAX_PLATFORMS", given, allowed="cpu, alone or with others") from None


@cache
def _wrong_flags(flags: str) -> str:
    """Try flags in another process: XLA ends the one in which it meets a flag it does not know."""
    if not flags or not sys.executable:
        return ""
    command = [sys.executable, "-c", "import jax; jax.devices()"]
    environment = os.environ | {"JAX_PLATFORMS": "cpu"}
    tried = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if tried.returncode == 0:
        return ""
    words = [line for line in tried.stderr.splitlines() if "XLA_FLAGS" in line]
    return words[-1].partition("] ")[2] if words else f"'{flags}'"


def _refused(where: str, given: str, *, allowed: str, remedy: str = "") -> InputError:
    remedy = remedy or f"Unset {where}."
    return InputError.of(where, given=given, allowed=allowed, remedy=remedy)
