"""Quarterly paths under the names of the Federal Reserve's supervisory scenarios."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from selloff.export.quarters import opening_level, quarter_dates, quarter_deviations
from selloff.export.scenario_names import ScenarioName, scenario_names
from selloff.export.severity import SEVERITIES, SeverePath, severe_paths
from selloff.results.schema import is_priced

Array = NDArray[np.float64]
MEDIAN: Final = "median"
BASELINE: Final = "baseline"


def scenario_table(ds: xr.Dataset, severities: Sequence[float] = SEVERITIES) -> pd.DataFrame:
    """Lay out a result as quarterly paths of chosen severity.

    Source: names of the 2025 supervisory scenarios, Federal Reserve Board, February 2025.
    """
    paths = severe_paths(ds, severities)
    rows = [int(np.flatnonzero(ds["draw"].values == path.draw)[0]) for path in paths]
    priced = is_priced(ds)
    dates = quarter_dates(ds)
    parts: dict[str, list[pd.DataFrame]] = {path.label: [] for path in paths} | {MEDIAN: []}
    for name in scenario_names():
        if not name.is_modelled:
            continue
        moves = quarter_deviations(ds, name)
        level = opening_level(ds, name)
        for path, row in zip(paths, rows, strict=True):
            parts[path.label].append(_rows(name, dates, moves[row], level))
        parts[MEDIAN].append(_rows(name, dates, np.median(moves[priced], axis=0), level))
    draws = {path.label: path.draw for path in paths}
    return _stacked(parts, str(ds.attrs["scenario_name"]), draws)


def not_modelled() -> pd.DataFrame:
    """List what the supervisory scenarios have and Selloff does not."""
    missing = [name for name in scenario_names() if not name.is_modelled]
    return pd.DataFrame(
        {
            "Table": [name.table for name in missing],
            "Variable": [name.name for name in missing],
            "Reason": [name.remark for name in missing],
        }
    )


def _rows(name: ScenarioName, dates: list[str], moves: Array, baseline: float) -> pd.DataFrame:
    is_share = name.change == "percent"
    level = baseline * (1.0 + moves / 100.0) if is_share else baseline + moves
    return pd.DataFrame(
        {
            "Date": dates,
            "Table": name.table,
            "Variable": name.name,
            "Deviation": moves,
            "Deviation unit": name.change,
            "Baseline": baseline,
            "Level": level,
            "Unit": name.unit,
        }
    )


def _stacked(
    parts: dict[str, list[pd.DataFrame]], scenario: str, draws: dict[str, int]
) -> pd.DataFrame:
    tables = []
    for label, found in parts.items():
        table = pd.concat(found, ignore_index=True)
        table.insert(0, "Scenario Name", f"{scenario} {label}")
        table.insert(1, "Severity", label)
        table.insert(2, "Draw", pd.array([draws.get(label)] * len(table), dtype="Int64"))
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def severity_rows(paths: Sequence[SeverePath]) -> list[dict[str, float | int | str]]:
    """Say of each path which draw it is."""
    return [
        {
            "severity": path.label,
            "percentile": path.percentile,
            "percentile_reached": path.reached,
            "draw": path.draw,
            **path.figures,
        }
        for path in paths
    ]
