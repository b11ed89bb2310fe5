"""The one road from a scenario to a labelled result."""

from selloff.pipeline.environment import jax_settings
from selloff.pipeline.machine import (
    CHUNK,
    Arrays,
    Prepared,
    chance,
    gather,
)
from selloff.pipeline.road import Progress, ledger, prepare, run

__all__ = [
    "CHUNK",
    "Arrays",
    "Prepared",
    "Progress",
    "chance",
    "gather",
    "jax_settings",
    "ledger",
    "prepare",
    "run",
]
