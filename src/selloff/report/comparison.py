"""Two runs side by side, and their difference draw by draw."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.estimate import TENTHS, from_draws, from_metric
from selloff.report.tables import Table
from selloff.results import metric_draws
from selloff.vocab import metrics_at

Summary = Mapping[str, Any]

SHARED: Final = ("seed", "draws", "vintage")
"""What two runs must share for their draws to meet the same chance."""


def compare_table(datasets: Sequence[xr.Dataset], summaries: Sequence[Summary]) -> Table:
    """Set the headline metrics of two runs side by side."""
    apart = differences(*datasets)
    rows = []
    years = [float(summary["horizon_years"]) for summary in summaries]
    for name, metric in metrics_at(*years).items():
        sides = [from_metric(summary, name) for summary in summaries]
        if any(side.is_known for side in sides):
            gap = _gap(apart, name, metric.unit)
            rows.append(
                (metric.title(*years), *(side.brief for side in sides), *([gap] if apart else []))
            )
    last = ("B less A, draw by draw",) if apart else ()
    return Table(("Median (5–95%)", "A", "B", *last), tuple(rows))


def differences(first: xr.Dataset, second: xr.Dataset) -> dict[str, NDArray[np.float64]]:
    """Take the second run less the first in each draw."""
    if any(first.attrs.get(key) != second.attrs.get(key) for key in SHARED):
        return {}
    here, there = metric_draws(first), metric_draws(second)
    return {name: there[name] - here[name] for name in here if name in there}


def _gap(apart: Mapping[str, NDArray[np.float64]], name: str, unit: str) -> str:
    points = "percentage points" if unit in TENTHS else unit
    return from_draws(apart[name], points).brief if name in apart else "–"
