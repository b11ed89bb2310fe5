"""The one road from a scenario to a labelled result."""

from selloff.pipeline.machine import (
    CHUNK,
    Arrays,
    Prepared,
    chance,
    gather,
    set_up_jax,
)
from selloff.pipeline.road import Progress, ledger, prepare, run

__all__ = [
    "CHUNK",
    "Arrays",
    "Prepared",
    "Progress",
    "chance",
    "gather",
    "ledger",
    "prepare",
    "run",
    "set_up_jax",
]
