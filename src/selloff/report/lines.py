"""Median lines and bands over any axis, as plotly traces."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.style import (
    LEGEND,
    NARROW,
    axis,
    day_words,
    folded,
    narrow_ticks,
    rounded,
    time_axis,
    time_position,
    tint,
)

Trace = dict[str, Any]


@dataclass(frozen=True)
class Along:
    """Places along the horizontal axis, a word for each, and the axis itself."""

    places: list[float | None]
    words: list[str]
    axis: dict[str, Any]
    narrow: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Scale:
    """How numbers of a unit are written: at the axis, after a number, and digits kept."""

    title: str
    unit: str
    decimals: int


SCALES: Final = {
    "bp": Scale("bp", "bp", 2),
    "percent": Scale("%", "%", 3),
    "percent of GDP": Scale("% of GDP", "%", 3),
    "fraction": Scale("%", "%", 3),
    "percentage points": Scale("percentage points", "pp", 3),
    "index points": Scale("points", " points", 2),
    "USD bn": Scale("USD bn", " USD bn", 2),
    "USD bn a year": Scale("USD bn a year", " USD bn a year", 2),
    "JPY tn": Scale("JPY tn", " JPY tn", 2),
}
"""By unit of the dataset."""


def along_days(day: NDArray[np.float64], last: float) -> Along:
    """Lay out business days, early ones drawn wider."""
    time = time_axis(last)
    words = day_words([float(one) for one in day])
    return Along(rounded(time_position(day), 4), words, time, narrow_ticks(time, NARROW))


def along_quarters(dataset: xr.Dataset) -> Along:
    """Lay out quarters at their ends."""
    years = np.asarray(dataset["quarter_years"].to_numpy(), dtype=np.float64)
    words = [str(one) for one in dataset["quarter_label"].to_numpy()]
    ends = [0.0, round(float(years[-1]), 4)]
    ruler = axis("Years since the start", range=ends, zeroline=False, nticks=7)
    return Along(rounded(years, 4), words, ruler, {"xaxis.nticks": 5})


def along_years(dataset: xr.Dataset) -> Along:
    """Lay out calendar years."""
    years = [int(one) for one in dataset["year"].to_numpy()]
    ruler = axis("", range=[years[0], years[-1]], zeroline=False, nticks=7)
    ruler["tickformat"] = "d"
    return Along([float(one) for one in years], [str(one) for one in years], ruler)


def fan_traces(
    along: Along, levels: NDArray[np.float64], scale: Scale, *, colour: str
) -> list[Trace]:
    """Draw a median with its 25-75 and 5-95% bands."""
    outer = band(along, levels[[0, 4]], scale, colour=tint(colour, 0.16))
    inner = band(along, levels[[1, 3]], scale, colour=tint(colour, 0.28))
    outer[1]["name"] = "5–95%"
    inner[1]["name"] = "25–75%"
    return [*outer, *inner, _median(along, levels, scale, colour=colour)]


def line_traces(
    along: Along, levels: NDArray[np.float64], scale: Scale, *, look: Sequence[str]
) -> list[Trace]:
    """Draw one of several medians in a chart, with its 5-95% band."""
    colour, dash, name = look
    traces = band(along, levels[[0, 4]], scale, colour=tint(colour, 0.15))
    traces[-1]["showlegend"] = False
    median = _median(along, levels, scale, colour=colour) | {"name": folded(name, LEGEND)}
    median["line"]["dash"] = dash
    return [*traces, median]


def band(along: Along, ends: NDArray[np.float64], scale: Scale, *, colour: str) -> list[Trace]:
    """Fill the room between a low and a high line."""
    low, high = (rounded(one, scale.decimals) for one in ends)
    edge: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": along.places,
        "hoverinfo": "skip",
        "line": {"width": 0},
    }
    return [
        {**edge, "y": low, "showlegend": False},
        {**edge, "y": high, "fill": "tonexty", "fillcolor": colour},
    ]


def _median(along: Along, levels: NDArray[np.float64], scale: Scale, *, colour: str) -> Trace:
    low, _, middle, _, high = (rounded(one, scale.decimals) for one in levels)
    shown = f":.{max(scale.decimals - 1, 0)}f"
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "Median",
        "x": along.places,
        "y": middle,
        "line": {"color": colour, "width": 2.5},
        "customdata": [list(one) for one in zip(along.words, low, high, strict=True)],
        "hovertemplate": f"%{{customdata[0]}}: %{{y{shown}}}{scale.unit} "
        f"(5–95%: %{{customdata[1]{shown}}} to %{{customdata[2]{shown}}})<extra></extra>",
    }
