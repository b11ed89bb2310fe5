"""The one road from a scenario to a labelled result."""

from selloff.pipeline.environment import jax_settings
from selloff.pipeline.live import SHOWN, Draft, Live, measure, side_by_side, sketch
from selloff.pipeline.machine import (
    CHUNK,
    Arrays,
    Prepared,
    chance,
    chunk_for,
    gather,
)
from selloff.pipeline.provenance import parameter_rows
from selloff.pipeline.road import ATTRIBUTED, Progress, answer, ledger, prepare, run

__all__ = [
    "ATTRIBUTED",
    "CHUNK",
    "SHOWN",
    "Arrays",
    "Draft",
    "Live",
    "Prepared",
    "Progress",
    "answer",
    "chance",
    "chunk_for",
    "gather",
    "jax_settings",
    "ledger",
    "measure",
    "parameter_rows",
    "prepare",
    "run",
    "side_by_side",
    "sketch",
]
