"""Levels by quarter, with percentiles: what the sale makes of the numbers people know."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from selloff.export.quarters import quarter_dates
from selloff.export.scenario_notes import provenance
from selloff.export.workbooks import as_csv, as_workbook
from selloff.results import baseline_of, change_of, is_priced, quantiles
from selloff.vocab import Level, levels, write_set

PERCENTILES: Final = (5, 25, 50, 75, 95)
_KEYS: Final = ["Variable", "Unit", "Path"]
_READING: Final = {
    "Levels": "The level without the sale plus the change. Without the sale a number stays where "
    "it opens; federal debt and interest follow the middle of their own path. The chance by "
    "which everything moves without the sale is left out, and so is what extra federal debt adds "
    "to yields, which the scenario table counts.",
    "Changes": "Against the baseline of the same draw, in which nobody sells and no shock comes.",
    "Paths": "Percentiles over all draws with prices, by variable and quarter: 50% is the median. "
    "A path is of no single draw; the scenario table holds whole draws.",
    "Quarters": "Of 63 business days counted from the opening. Yields, rates, prices, spreads and "
    "holdings are of the last day; GDP, unemployment, inflation, debt and interest of the quarter.",
    "Baseline is 100": "A result knows no level of it: 101 is one percent above the baseline.",
    "No level": "A result knows no opening spread, volatility, unemployment or inflation. Only the "
    "changes are there: put them on your own level.",
}


def levels_table(ds: xr.Dataset) -> pd.DataFrame:
    """Lay out levels and changes, one row a variable, percentile and quarter."""
    rows = [part for row in levels().values() for part in _rows(ds, row)]
    return pd.concat(rows, ignore_index=True)


def write_levels(ds: xr.Dataset, folder: Path) -> list[Path]:
    """Write levels by quarter as a CSV file and a workbook."""
    table = levels_table(ds)
    notes = list((provenance(ds) | _READING).items())
    sheets = levels_sheets(table) | {"Notes": pd.DataFrame(notes, columns=["Topic", "Note"])}
    book = as_workbook(sheets, "Selloff levels by quarter", frozen=_KEYS)
    return write_set(folder, {"levels.csv": as_csv(table), "levels.xlsx": book}.items())


def levels_sheets(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Turn the tidy table into the sheets a desk reads: quarters from left to right."""
    paths = table.assign(Path=table["Percentile"].astype(str) + "%")
    without = paths[paths["Percentile"] == PERCENTILES[0]]
    without = without.assign(Path="no sale", Level=without["Baseline"])
    moves = paths.assign(Unit=paths["Change unit"])
    return {
        "Levels": _wide(pd.concat([without, paths]).dropna(subset="Level"), "Level"),
        "Changes": _wide(moves, "Change"),
    }


def _rows(ds: xr.Dataset, row: Level) -> Iterator[pd.DataFrame]:
    dates, base = quarter_dates(ds), baseline_of(ds, row)
    changes = change_of(ds, row)[is_priced(ds)]
    found = quantiles(changes, [each / 100.0 for each in PERCENTILES])
    for percentile, change in zip(PERCENTILES, found, strict=True):
        yield pd.DataFrame(
            {
                "Date": dates,
                "Variable": row.label,
                "Percentile": percentile,
                "Level": row.add(base, change),
                "Unit": row.unit,
                "Change": change,
                "Change unit": row.change_unit,
                "Baseline": np.broadcast_to(base, change.shape),
            }
        )


def _wide(table: pd.DataFrame, value: str) -> pd.DataFrame:
    """One row a variable and path, one column a quarter, all in the order of the table."""
    order = list(dict.fromkeys(table["Variable"]))
    wide = table.pivot_table(index=_KEYS, columns="Date", values=value, sort=False)
    wide = wide.reindex(order, level="Variable").reset_index()
    return wide.rename_axis(columns=None)
