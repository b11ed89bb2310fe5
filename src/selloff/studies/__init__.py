"""Questions that need many runs: one package a study, each with one door."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def open_late(package: str, files: Mapping[str, str]) -> Callable[[str], Any]:
    """Open a file of a study only when a name in it is asked for: a door loads no JAX."""

    def find(name: str) -> Any:
        if name not in files:
            raise AttributeError(f"module '{package}' has no attribute '{name}'")
        return getattr(import_module(f"{package}.{files[name]}"), name)

    return find
