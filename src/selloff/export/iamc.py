"""Levels in the format of the Integrated Assessment Modeling Consortium, for pyam and its kin."""

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from selloff.export.levels import levels_table
from selloff.export.scenario_notes import provenance
from selloff.export.workbooks import as_csv
from selloff.results import quarter_steps
from selloff.vocab import levels, rows_of, write_set

INDEX: Final = ["model", "scenario", "region", "variable", "unit"]
"""Columns that name a series."""
WITHOUT: Final = "no sale"
_MIDDLE: Final = 50


def write_iamc(ds: xr.Dataset, folder: Path) -> list[Path]:
    """Write levels by quarter, one row a number, and by year, one row a series."""
    quarters = iamc_quarters(ds)
    tables = {"iamc_quarters.csv": quarters, "iamc_years.csv": iamc_years(quarters)}
    return write_set(folder, ((name, as_csv(each)) for name, each in tables.items()))


def iamc_quarters(ds: xr.Dataset) -> pd.DataFrame:
    """Lay levels out in long form; what has no level is a change against no sale."""
    table = levels_table(ds)
    dates = ds["date"].values[quarter_steps(ds)].astype("datetime64[D]")
    by_label = {row.label: name for name, row in levels().items()}
    names = pd.DataFrame([iamc_names()[by_label[label]] for label in table["Variable"]])
    time = np.tile(dates.astype(str), len(table) // dates.size)
    found = names.assign(
        model=f"Selloff {provenance(ds)['Selloff version']}",
        scenario=str(ds.attrs["scenario_name"]),
        time=time,
        value=table["Level"].fillna(table["Change"]),
    )
    middle = table["Percentile"] == _MIDDLE
    without = found.assign(
        scenario=f"{ds.attrs['scenario_name']} {WITHOUT}", value=table["Baseline"].fillna(0.0)
    )[middle]
    tails = table["Percentile"].map("|{:.1f}th Percentile".format).where(~middle, "")
    whole = pd.concat([found.assign(variable=found["variable"] + tails), without])
    return whole[[*INDEX, "time", "value"]].reset_index(drop=True)


def iamc_years(quarters: pd.DataFrame) -> pd.DataFrame:
    """Take the last quarter that ends in each year; years from left to right."""
    last = quarters.assign(year=quarters["time"].str[:4]).drop_duplicates(
        [*INDEX, "year"], keep="last"
    )
    wide = last.pivot_table(index=INDEX, columns="year", values="value", sort=False)
    return wide.reset_index().rename_axis(columns=None)


@cache
def iamc_names() -> dict[str, dict[str, str]]:
    """Read the names of variables and regions, by level."""
    return {row.pop("level"): row for row in rows_of("export", "iamc_names")}
