"""The answer: dataset schema, files, identities and metrics; labelled arrays only."""

from selloff.results.files import load, save, save_summary
from selloff.results.identities import (
    TOLERANCE_USD_BN,
    check_identities,
    ledger_residuals,
    max_residual,
)
from selloff.results.metrics import METRICS, largest_rise, metric_draws
from selloff.results.schema import check_schema
from selloff.results.summary import difference, summarise

__all__ = [
    "METRICS",
    "TOLERANCE_USD_BN",
    "check_identities",
    "check_schema",
    "difference",
    "largest_rise",
    "ledger_residuals",
    "load",
    "max_residual",
    "metric_draws",
    "save",
    "save_summary",
    "summarise",
]
