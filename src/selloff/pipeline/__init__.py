"""The one road from a scenario to a labelled result."""

from selloff.pipeline.environment import jax_settings
from selloff.pipeline.kept import maker_of_answers
from selloff.pipeline.live import SHOWN, Draft, Live, measure, side_by_side, sketch
from selloff.pipeline.machine import CHUNK, Prepared, chunk_for, market_paths
from selloff.pipeline.pool import Here, Pool, other_version, pool_for
from selloff.pipeline.programs import Arrays
from selloff.pipeline.provenance import parameter_rows
from selloff.pipeline.road import ATTRIBUTED, Early, Progress, answer, ledger, prepare, run
from selloff.pipeline.streaming import Cut, Streamed, Streaming, stream
from selloff.pipeline.walking import chance, gather

__all__ = [
    "ATTRIBUTED",
    "CHUNK",
    "SHOWN",
    "Arrays",
    "Cut",
    "Draft",
    "Early",
    "Here",
    "Live",
    "Pool",
    "Prepared",
    "Progress",
    "Streamed",
    "Streaming",
    "answer",
    "chance",
    "chunk_for",
    "gather",
    "jax_settings",
    "ledger",
    "maker_of_answers",
    "market_paths",
    "measure",
    "other_version",
    "parameter_rows",
    "pool_for",
    "prepare",
    "run",
    "side_by_side",
    "sketch",
    "stream",
]
