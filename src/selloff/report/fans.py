"""Fan charts: the median and the 5-95 and 25-75% bands over time."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.series import SERIES, Series, fan, is_still
from selloff.report.style import (
    FIRST,
    INK,
    LEGEND,
    NARROW,
    SECOND,
    THIRD,
    Figure,
    axis,
    day_words,
    folded,
    frame,
    narrow_ticks,
    rounded,
    time_axis,
    time_position,
    tint,
)

ACTORS: Final = {
    "followed": (SECOND, "dash"),
    "forced": (THIRD, "dot"),
    "fed": (FIRST, "solid"),
}
"""Who sells and buys of their own accord: colour and dash by series."""


def fan_figure(dataset: xr.Dataset, name: str) -> Figure:
    """Draw one number over time against the baseline of the same draw.

    Arguments:
        dataset: a result dataset [schema of vocab].
        name: one of the keys of `series.SERIES` [text].

    Returns:
        Median with 25-75 and 5-95% bands [unit of the series].

    Source: see `series.fan`.
    """
    series = SERIES[name]
    day, levels = fan(dataset, series)
    layout = _frame(float(day[-1]), series)
    return {"data": _fan_traces(day, levels, series, colour=FIRST), "layout": layout}


def dealer_figure(dataset: xr.Dataset) -> Figure:
    """Draw the share of dealer capacity in use over time.

    Arguments:
        dataset: a result dataset [schema of vocab].

    Returns:
        Median with 25-75 and 5-95% bands, and a line where capacity is full [percent].

    Source: variable dealer_use.
    """
    figure = fan_figure(dataset, "dealer_use")
    figure["layout"]["yaxis"]["rangemode"] = "tozero"
    figure["layout"]["shapes"] = [
        {
            "type": "line",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": 100,
            "y1": 100,
            "line": {"color": INK, "width": 1, "dash": "dash"},
        }
    ]
    figure["layout"]["annotations"] = [
        {
            "xref": "paper",
            "x": 1,
            "xanchor": "right",
            "y": 100,
            "yanchor": "bottom",
            "text": "full",
            "showarrow": False,
            "font": {"size": 12, "color": INK},
        }
    ]
    return figure


def reactions_figure(dataset: xr.Dataset) -> Figure:
    """Draw who sold and bought of their own accord over time.

    Arguments:
        dataset: a result dataset [schema of vocab].

    Returns:
        Medians with 5-95% bands: followers' sales so far, levered funds' forced sales and what
        the Federal Reserve holds; whoever stands still is left out [USD bn].

    Source: variables followed_face, forced_face and absorbed_face.
    """
    shown = [name for name in ACTORS if not is_still(dataset, name)] or list(ACTORS)
    sides = [(dataset, SERIES[name], *ACTORS[name], SERIES[name].title) for name in shown]
    return _together(sides)


def compare_fan_figure(
    first: xr.Dataset, second: xr.Dataset, *, name: str, labels: tuple[str, str]
) -> Figure:
    """Draw one number over time for two scenarios in one chart.

    Arguments:
        first: the main result dataset [schema of vocab].
        second: the one beside it [schema of vocab].
        name: one of the keys of `series.SERIES` [text].
        labels: what to call each in the legend [text].

    Returns:
        Medians with 5-95% bands [unit of the series].

    Source: see `series.fan`.
    """
    series = SERIES[name]
    return _together(
        [
            (first, series, FIRST, "solid", labels[0]),
            (second, series, SECOND, "dash", labels[1]),
        ]
    )


def _together(sides: Sequence[tuple[xr.Dataset, Series, str, str, str]]) -> Figure:
    """Several fans in one chart: of each its data, colour, dash and name in the legend."""
    traces: list[dict[str, Any]] = []
    last = 0.0
    for dataset, series, colour, dash, label in sides:
        day, levels = fan(dataset, series)
        last = max(last, float(day[-1]))
        x = rounded(time_position(day), 4)
        traces += _band(x, levels[0], levels[4], series=series, colour=tint(colour, 0.15))
        traces[-1]["showlegend"] = False
        traces.append(_median(day, levels, series, colour=colour) | {"name": folded(label, LEGEND)})
        traces[-1]["line"]["dash"] = dash
    return {"data": traces, "layout": _frame(last, sides[0][1])}


def _frame(last_day: float, series: Series) -> dict[str, Any]:
    time = time_axis(last_day)
    narrow = narrow_ticks(time, NARROW)
    return frame(xaxis=time, yaxis=axis(series.axis_title), meta={"narrow": narrow})


def _fan_traces(
    day: NDArray[np.float64], levels: NDArray[np.float64], series: Series, *, colour: str
) -> list[dict[str, Any]]:
    x = rounded(time_position(day), 4)
    outer = _band(x, levels[0], levels[4], series=series, colour=tint(colour, 0.16))
    inner = _band(x, levels[1], levels[3], series=series, colour=tint(colour, 0.28))
    outer[1]["name"] = "5–95%"
    inner[1]["name"] = "25–75%"
    return [*outer, *inner, _median(day, levels, series, colour=colour)]


def _band(
    x: list[float | None],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    *,
    series: Series,
    colour: str,
) -> list[dict[str, Any]]:
    edge = {"type": "scatter", "mode": "lines", "x": x, "hoverinfo": "skip", "line": {"width": 0}}
    return [
        {**edge, "y": rounded(low, series.decimals), "showlegend": False},
        {**edge, "y": rounded(high, series.decimals), "fill": "tonexty", "fillcolor": colour},
    ]


def _median(
    day: NDArray[np.float64], levels: NDArray[np.float64], series: Series, *, colour: str
) -> dict[str, Any]:
    ends = zip(
        day_words([float(one) for one in day]),
        rounded(levels[0], series.decimals),
        rounded(levels[4], series.decimals),
        strict=True,
    )
    unit = series.unit
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "Median",
        "x": rounded(time_position(day), 4),
        "y": rounded(levels[2], series.decimals),
        "line": {"color": colour, "width": 2.5},
        "customdata": [list(one) for one in ends],
        "hovertemplate": f"%{{customdata[0]}}: %{{y:.1f}}{unit} "
        f"(5–95%: %{{customdata[1]:.1f}} to %{{customdata[2]:.1f}})<extra></extra>",
    }
