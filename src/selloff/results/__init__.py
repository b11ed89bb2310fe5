"""The answer: dataset schema, files, identities and metrics; labelled arrays only."""

from selloff.results.economy import debt_rises
from selloff.results.files import load, save, save_summary
from selloff.results.identities import (
    TOLERANCE_USD_BN,
    check_identities,
    ledger_residuals,
    max_residual,
)
from selloff.results.metrics import (
    highest,
    horizon,
    largest_rise,
    lowest,
    metric_draws,
    read_series,
)
from selloff.results.quantiles import quantiles
from selloff.results.scenario_table import not_modelled, scenario_table, severity_rows
from selloff.results.schema import check_schema, is_priced
from selloff.results.severity import SEVERITIES, severe_paths, severity_problems
from selloff.results.spreadsheets import write_scenario_table
from selloff.results.summary import difference, summarise

__all__ = [
    "SEVERITIES",
    "TOLERANCE_USD_BN",
    "check_identities",
    "check_schema",
    "debt_rises",
    "difference",
    "highest",
    "horizon",
    "is_priced",
    "largest_rise",
    "ledger_residuals",
    "load",
    "lowest",
    "max_residual",
    "metric_draws",
    "not_modelled",
    "quantiles",
    "read_series",
    "save",
    "save_summary",
    "scenario_table",
    "severe_paths",
    "severity_problems",
    "severity_rows",
    "summarise",
    "write_scenario_table",
]
