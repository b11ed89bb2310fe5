"""What a bank must know of a scenario table, in rows."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from selloff.export.scenario_names import ScenarioName, labels, scenario_names
from selloff.export.severity import SeverePath
from selloff.results.schema import is_priced

_READING: Final = {
    "Names": "Headers of the Federal Reserve's 2025 supervisory scenarios (tables 3A and 3B). This "
    "is no supervisory scenario and nothing in it comes from the Federal Reserve.",
    "Domestic, International": "Levels: the opening level held flat, plus the deviation. Given "
    "where the result knows a level; rows named 'baseline' hold it alone. The chance by which "
    "rates and currencies move without the sale is left out.",
    "Deviations": "What the sale and the answers to it add to a baseline in which nobody sells and "
    "no shock comes, in the same draw. Put them on your own baseline: add percentage points and "
    "index points; multiply by (1 + percent / 100). Every modelled variable is there.",
    "Growth": "At an annual rate. Exactly, (1 + your growth / 100) * (1 + deviation / 100) - 1; "
    "adding the two is off by your growth times the deviation.",
    "Also modelled": "Deviations of variables that the supervisory scenarios do not have. Levels, "
    "where the result knows one, stand in scenario_table.csv.",
    "Not modelled": "Left out, each with the reason; nothing is filled in.",
    "Quarters": "Of 63 business days counted from the opening, which need not be the first day of "
    "a calendar quarter. Yields and rates are means of the quarter, exchange rates and prices of "
    "assets those of its last day, the VIX and the MOVE the largest rise within it.",
    "Severity": "S90 is the whole draw at the 90th percentile of severity, so that its variables "
    "belong together. Severity is the mean of a draw's ranks by peak 10-year yield, lowest GDP, "
    "lowest S&P 500 and peak high-yield spread, with equal weights. It orders whole draws: a "
    "single variable may be worse on a milder path.",
    "Median": "By variable and quarter over all priced draws; its variables belong to no one draw.",
}


def scenario_notes(ds: xr.Dataset, paths: Sequence[SeverePath]) -> pd.DataFrame:
    """Say where a scenario table comes from and how to read it."""
    rows = list(provenance(ds).items())
    rows += [(f"Path {path.label}", _in_words(path)) for path in paths]
    rows += list(_READING.items())
    rows += [(name.name, _made(name)) for name in scenario_names() if name.is_modelled]
    rows += list(_records(ds))
    for topic, attribute in (("Warning", "warnings"), ("Limit", "limits")):
        rows += [(topic, str(text)) for text in json.loads(ds.attrs[attribute])]
    return pd.DataFrame(rows, columns=["Topic", "Note"])


def _records(ds: xr.Dataset) -> Iterator[tuple[str, str]]:
    """Headline numbers that go beyond their record, with the record and its source."""
    for name, found in json.loads(ds.attrs.get("beyond", "{}")).items():
        yield f"Beyond the record: {name}", f"{found['text']}; {found['record']['source']}"


def provenance(ds: xr.Dataset) -> dict[str, str]:
    """Say where a table comes from."""
    attrs = ds.attrs
    versions = json.loads(attrs["versions"])
    return {
        "Scenario": f"{attrs['scenario_name']}: {attrs['title']}",
        "Selloff version": str(versions.get("selloff", "not stated in the result")),
        "Vintage": str(attrs["vintage"]),
        "Seed": str(int(attrs["seed"])),
        "Draws": f"{int(attrs['draws'])}, of which {int(np.sum(is_priced(ds)))} have prices",
        "Horizon": f"{float(attrs['horizon_years']):g} years",
    }


def _in_words(path: SeverePath) -> str:
    figures = path.figures
    return (
        f"Draw {path.draw}, at percentile {path.reached:.2f} of severity (asked: "
        f"{path.percentile:g}). Peak 10-year yield {figures['us_10y_peak_bp']:+.0f} bp, lowest GDP "
        f"{figures['us_gdp_trough_pct']:+.2f} percent, lowest S&P 500 "
        f"{figures['sp500_trough_pct']:+.1f} percent, peak high-yield spread "
        f"{figures['hy_oas_peak_bp']:+.0f} bp, each against the baseline on its worst day."
    )


def _made(name: ScenarioName) -> str:
    given = "Level and deviation." if name.baseline else "Deviation only."
    return (
        " ".join(part for part in (given, f"Deviation in {name.change}.", name.remark) if part)
        + f" From {name.variable}{_picked(name)}."
    )


def _picked(name: ScenarioName) -> str:
    return "".join(f" ({label})" for label in labels(name.where).values())
