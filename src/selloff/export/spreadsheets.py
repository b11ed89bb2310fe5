"""Scenario tables as CSV files and one workbook."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd
import xarray as xr

from selloff.export.scenario_names import DOMESTIC, INTERNATIONAL, OWN
from selloff.export.scenario_notes import scenario_notes
from selloff.export.scenario_table import BASELINE, not_modelled, scenario_table
from selloff.export.severity import SEVERITIES, SeverePath, severe_paths
from selloff.export.workbooks import as_csv, as_workbook
from selloff.vocab import write_set

WORKBOOK: Final = "scenario_table.xlsx"
_TIDY: Final = "scenario_table.csv"
_KEYS: Final = ["Scenario Name", "Date"]


def write_scenario_table(
    ds: xr.Dataset, folder: Path, severities: Sequence[float] = SEVERITIES
) -> tuple[list[Path], list[SeverePath]]:
    """Write a scenario table as CSV files and a workbook of the same sheets."""
    paths = severe_paths(ds, severities)
    table = scenario_table(ds, severities)
    sheets = _with_notes(table, ds, paths)
    contents = {_file_name(title): as_csv(frame) for title, frame in sheets.items()}
    contents |= {_TIDY: as_csv(table), WORKBOOK: _workbook(sheets)}
    return write_set(folder, contents.items()), paths


def scenario_workbook(ds: xr.Dataset) -> bytes:
    """Lay a scenario table of the usual severities out as a workbook."""
    return _workbook(_with_notes(scenario_table(ds), ds, severe_paths(ds, SEVERITIES)))


def _with_notes(
    table: pd.DataFrame, ds: xr.Dataset, paths: list[SeverePath]
) -> dict[str, pd.DataFrame]:
    return scenario_sheets(table) | {"Notes": scenario_notes(ds, paths)}


def _workbook(sheets: dict[str, pd.DataFrame]) -> bytes:
    return as_workbook(sheets, "Selloff scenario table", frozen=_KEYS)


def scenario_sheets(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Turn a tidy scenario table into the sheets a bank reads, one column a variable.

    Source: layout of the 2025 supervisory scenarios, Federal Reserve Board.
    """
    moves = table.assign(
        Variable=table["Variable"]
        + ": deviation from your baseline ("
        + table["Deviation unit"]
        + ")"
    )
    is_own = table["Table"] == OWN
    return {
        "Domestic": _levels(table[table["Table"] == DOMESTIC]),
        "International": _levels(table[table["Table"] == INTERNATIONAL]),
        "Deviations": _wide(moves[~is_own], "Deviation"),
        "Also modelled": _wide(moves[is_own], "Deviation"),
        "Not modelled": not_modelled(),
    }


def _levels(table: pd.DataFrame) -> pd.DataFrame:
    """Baseline rows first, then the paths; variables without a level are left out."""
    known = table[table["Level"].notna()]
    if known.empty:
        return pd.DataFrame(columns=_KEYS)
    first = known[known["Severity"] == known["Severity"].iloc[0]]
    flat = first.assign(
        **{
            "Scenario Name": [
                f"{name.removesuffix(label)}{BASELINE}"
                for name, label in zip(first["Scenario Name"], first["Severity"], strict=True)
            ],
            "Level": first["Baseline"],
        }
    )
    return _wide(pd.concat([flat, known]), "Level")


def _wide(table: pd.DataFrame, value: str) -> pd.DataFrame:
    """One row a path and quarter, one column a variable, all in the order of the table."""
    wide = table.pivot_table(index=_KEYS, columns="Variable", values=value, sort=False)
    return wide.reset_index().rename_axis(columns=None)


def _file_name(title: str) -> str:
    return f"{title.lower().replace(' ', '_')}.csv"
