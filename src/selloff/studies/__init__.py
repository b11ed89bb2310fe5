"""Questions that need many runs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selloff.studies.calibration.bank import build_bank, describe, rebuild_bank

_FILES = dict.fromkeys(("build_bank", "describe", "rebuild_bank"), "calibration.bank")

__all__ = ["build_bank", "describe", "rebuild_bank"]


def __getattr__(name: str) -> Any:
    """Open a study only when asked for: converting an estimate loads no JAX."""
    if name not in _FILES:
        raise AttributeError(f"module 'selloff.studies' has no attribute '{name}'")
    return getattr(import_module(f"selloff.studies.{_FILES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
