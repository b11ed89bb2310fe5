"""Two runs side by side, and their difference draw by draw."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.estimate import TENTHS, from_draws, from_metric
from selloff.report.tables import METRIC_LABELS, Table
from selloff.results import metric_draws

Summary = Mapping[str, Any]

SHARED: Final = ("seed", "draws", "vintage")
"""What two runs must share for their draws to meet the same chance."""


def compare_table(datasets: Sequence[xr.Dataset], summaries: Sequence[Summary]) -> Table:
    """Set the headline metrics of two runs side by side."""
    apart = differences(*datasets)
    rows = []
    for name, label in METRIC_LABELS.items():
        sides = [from_metric(summary, name) for summary in summaries]
        if any(side.is_known for side in sides):
            gap = _gap(apart, name, sides[0].unit)
            rows.append((label, *(side.brief for side in sides), *([gap] if apart else [])))
    last = ("B less A, draw by draw",) if apart else ()
    return Table(("Median (5–95%)", "A", "B", *last), tuple(rows))


def differences(first: xr.Dataset, second: xr.Dataset) -> dict[str, NDArray[np.float64]]:
    """Take the second run less the first in each draw."""
    if any(first.attrs.get(key) != second.attrs.get(key) for key in SHARED):
        return {}
    here, there = metric_draws(first), metric_draws(second)
    return {name: there[name] - here[name] for name in here}


def _gap(apart: Mapping[str, NDArray[np.float64]], name: str, unit: str) -> str:
    points = "percentage points" if unit in TENTHS else unit
    return from_draws(apart[name], points).brief if name in apart else "–"
