"""Results laid out for other programs: tables for banks, levels, tidy tables, netCDF, IAMC."""

from typing import TYPE_CHECKING

from selloff.export.iamc import write_iamc
from selloff.export.levels import levels_table, write_levels
from selloff.export.netcdf import cf_dataset, write_netcdf
from selloff.export.scenario_table import not_modelled, scenario_table, severity_rows
from selloff.export.severity import SEVERITIES, severe_paths, severity_problems
from selloff.export.spreadsheets import scenario_workbook, write_scenario_table
from selloff.vocab import late

if TYPE_CHECKING:
    from selloff.export.parquet import write_parquet

__all__ = [
    "SEVERITIES",
    "cf_dataset",
    "levels_table",
    "not_modelled",
    "scenario_table",
    "scenario_workbook",
    "severe_paths",
    "severity_problems",
    "severity_rows",
    "write_iamc",
    "write_levels",
    "write_netcdf",
    "write_parquet",
    "write_scenario_table",
]

__getattr__ = late.open_late(__name__, {"write_parquet": "parquet"})
