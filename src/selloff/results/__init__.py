"""The answer: dataset schema, files, identities and metrics; labelled arrays only."""

from selloff.results.economy import ECONOMY_METRICS, debt_rises
from selloff.results.files import as_json, as_netcdf, load, save
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
    "ECONOMY_METRICS",
    "METRICS",
    "TOLERANCE_USD_BN",
    "as_json",
    "as_netcdf",
    "check_identities",
    "check_schema",
    "debt_rises",
    "difference",
    "largest_rise",
    "ledger_residuals",
    "load",
    "max_residual",
    "metric_draws",
    "save",
    "summarise",
]
