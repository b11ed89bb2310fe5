"""The one road from a scenario to a labelled result."""

from selloff.pipeline.machine import (
    CHUNK,
    Arrays,
    Prepared,
    chance,
    gather,
    rows_for,
    set_up_jax,
)
from selloff.pipeline.road import ATTRIBUTED, Progress, answer, ledger, prepare, run

__all__ = [
    "ATTRIBUTED",
    "CHUNK",
    "Arrays",
    "Prepared",
    "Progress",
    "answer",
    "chance",
    "gather",
    "ledger",
    "prepare",
    "rows_for",
    "run",
    "set_up_jax",
]
