"""Results laid out for other programs: tables for the stress tests of banks."""

from selloff.export.scenario_table import not_modelled, scenario_table, severity_rows
from selloff.export.severity import SEVERITIES, severe_paths, severity_problems
from selloff.export.spreadsheets import write_scenario_table

__all__ = [
    "SEVERITIES",
    "not_modelled",
    "scenario_table",
    "severe_paths",
    "severity_problems",
    "severity_rows",
    "write_scenario_table",
]
