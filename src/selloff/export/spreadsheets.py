"""Scenario tables as CSV files and one workbook."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pandas as pd
import xarray as xr
from xlsxwriter import Workbook

from selloff.export.scenario_names import DOMESTIC, INTERNATIONAL, OWN
from selloff.export.scenario_notes import scenario_notes
from selloff.export.scenario_table import BASELINE, not_modelled, scenario_table
from selloff.export.severity import SEVERITIES, SeverePath, severe_paths
from selloff.vocab import write_set

WORKBOOK: Final = "scenario_table.xlsx"
_TIDY: Final = "scenario_table.csv"
_DIGITS: Final = 4
_KEYS: Final = ["Scenario Name", "Date"]
_TEXT_WIDTHS: Final = {"Scenario Name": 28, "Topic": 44, "Note": 110, "Variable": 62, "Reason": 90}


def write_scenario_table(
    ds: xr.Dataset, folder: Path, severities: Sequence[float] = SEVERITIES
) -> tuple[list[Path], list[SeverePath]]:
    """Write a scenario table as CSV files and a workbook of the same sheets."""
    paths = severe_paths(ds, severities)
    table = scenario_table(ds, severities)
    sheets = scenario_sheets(table) | {"Notes": scenario_notes(ds, paths)}
    contents = {_file_name(title): _csv(frame) for title, frame in sheets.items()}
    contents |= {_TIDY: _csv(table), WORKBOOK: _workbook(sheets)}
    return write_set(folder, contents.items()), paths


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


def _csv(frame: pd.DataFrame) -> bytes:
    """Text in UTF-8; four decimals, and no minus before a zero."""
    numbers = frame.select_dtypes("float").columns
    rounded = frame.assign(**{name: frame[name].round(_DIGITS) + 0.0 for name in numbers})
    text: str = rounded.to_csv(index=False, lineterminator="\n")
    return text.encode()


def _workbook(sheets: dict[str, pd.DataFrame]) -> bytes:
    memory = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(memory, options) as book:
        book.set_properties({"title": "Selloff scenario table", "comments": "See the sheet Notes."})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        words = book.add_format({"text_wrap": True, "valign": "top"})
        digits = book.add_format({"num_format": "0.000"})
        for title, frame in sheets.items():
            _fill(book.add_worksheet(title), frame, head=head, words=words, digits=digits)
    return memory.getvalue()


def _fill(sheet: Any, frame: pd.DataFrame, *, head: Any, words: Any, digits: Any) -> None:
    has_paths = list(frame.columns[:2]) == _KEYS
    sheet.freeze_panes(1, 2 if has_paths else 0)
    for place, name in enumerate(frame.columns):
        is_text = not pd.api.types.is_numeric_dtype(frame[name])
        sheet.set_column(place, place, _TEXT_WIDTHS.get(name, 14 if is_text else 20))
        sheet.write_string(0, place, name, head)
        for row, value in enumerate(frame[name].tolist(), start=1):
            if is_text:
                sheet.write_string(row, place, str(value), words)
            elif pd.notna(value):
                sheet.write_number(row, place, value, digits)
