"""Results laid out for other programs: tables for stress tests of banks, levels by quarter."""

from selloff.export.levels import levels_table, write_levels
from selloff.export.scenario_table import not_modelled, scenario_table, severity_rows
from selloff.export.severity import SEVERITIES, severe_paths, severity_problems
from selloff.export.spreadsheets import write_scenario_table

__all__ = [
    "SEVERITIES",
    "levels_table",
    "not_modelled",
    "scenario_table",
    "severe_paths",
    "severity_problems",
    "severity_rows",
    "write_levels",
    "write_scenario_table",
]
