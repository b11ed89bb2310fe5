"""Compiled programs kept in the user's cache: to load one takes a tenth of tracing it again."""

import hashlib
import os
import pickle
import platform
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import jax
from jax.experimental.serialize_executable import deserialize_and_load, serialize

from selloff.pipeline.environment import (
    PROCESSOR,
    cache_folder,
    compiled_afresh,
    engine_platform,
    thread_settings,
)
from selloff.vocab import OutputError, write_file

Compiled = jax.stages.Compiled
_PACKAGE: Final = Path(__file__).parents[1]
_TRACED: Final = ("vocab", "model", "engine", "pipeline")
"""Rooms whose code ends in programs; what others hand over is in the question."""
_ANSWERING: Final = (
    *("vocab", "scenario", "data", "model", "evidence"),
    *("engine", "results", "bridge", "pipeline"),
)
"""Rooms whose code and tables an answer depends on."""
_TRACERS: Final = ("jax", "jaxlib", "equinox", "lineax", "optimistix", "numpy")
_MOST: Final = 36
"""Programs that stay, the latest used [count]."""


def kept_programs(
    asked: Sequence[str], make: Callable[[Sequence[int]], Sequence[Compiled]]
) -> Sequence[Compiled]:
    """Load what was compiled for these shapes, code and machine; compile and keep the rest."""
    if (folder := cache_folder()) is None:
        return make(range(len(asked)))
    files = [folder.parent / "programs" / _key(one) for one in asked]
    with ThreadPoolExecutor() as workers:
        found = list(workers.map(_load, files))
    if missing := [n for n, program in enumerate(found) if program is None]:
        with compiled_afresh():
            made = make(missing)
        for n, program in zip(missing, made, strict=True):
            found[n] = program
            with suppress(Exception):
                _keep(files[n], program)
    return [program for program in found if program is not None]


def _key(asked: str) -> str:
    return hashlib.sha256(f"{asked} {_circumstances()}".encode()).hexdigest()


def _load(file: Path) -> Compiled | None:
    # Whatever ails a file of the cache, to compile again is the cure.
    with suppress(Exception):
        content = file.read_bytes()
        seal, packed = content[:32], content[32:]
        if hashlib.sha256(packed).digest() == seal:
            found = _unpack(pickle.loads(packed))
            os.utime(file)
            return found
    return None


def _keep(file: Path, made: Compiled) -> None:
    packed = pickle.dumps(_pack(made))
    with suppress(OutputError):
        write_file(file, hashlib.sha256(packed).digest() + packed)
    others = sorted(file.parent.iterdir(), key=lambda each: each.stat().st_mtime)
    for old in others[:-_MOST]:
        old.unlink(missing_ok=True)


def _pack(program: Compiled) -> tuple[bytes, Any, Any]:
    """Trees cannot be pickled; things of their shape can."""
    packed, taken, given = serialize(program)
    return packed, *(jax.tree.unflatten(tree, range(tree.num_leaves)) for tree in (taken, given))


@thread_settings()
def _unpack(packed: tuple[bytes, Any, Any]) -> Compiled:
    program, taken, given = packed
    shapes = jax.tree.structure(taken), jax.tree.structure(given)
    return deserialize_and_load(program, *shapes, jax.local_devices(backend=PROCESSOR)[0].client)


def code_of(rooms: tuple[str, ...]) -> str:
    """Hash the code and the tables of some rooms, and name the libraries they compute with."""
    held = hashlib.sha256()
    for room in rooms:
        for file in sorted((_PACKAGE / room).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                held.update(file.read_bytes())
    return " ".join([held.hexdigest(), *(version(name) for name in _TRACERS)])


def maker_of_answers() -> str:
    """Name what this process computes with: code, tables, libraries and device."""
    return f"{_code_of_answers()} {engine_platform()}"


@cache
def _code_of_answers() -> str:
    """Read once, whatever is installed while this process runs."""
    return code_of(_ANSWERING)


@cache
def _circumstances() -> str:
    """All that a program depends on beside the question: code, libraries, processor, flags."""
    return " ".join([code_of(_TRACED), _processor(), os.environ.get("XLA_FLAGS", "")])


def _processor() -> str:
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        return " ".join(sorted({x for x in lines if x.startswith(("flags", "model name", "Feat"))}))
    return f"{platform.machine()} {platform.processor()}"
