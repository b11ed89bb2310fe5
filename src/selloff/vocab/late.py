"""Opening a room or a study late: a door loads nothing heavy."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def open_late(package: str, files: Mapping[str, str]) -> Callable[[str], Any]:
    """Open a file of a package only when a name in it is asked for."""

    def find(name: str) -> Any:
        if name not in files:
            raise AttributeError(f"module '{package}' has no attribute '{name}'")
        return getattr(import_module(f"{package}.{files[name]}"), name)

    return find
