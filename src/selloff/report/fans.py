"""Fan charts: the median and the 5-95 and 25-75% bands over time."""

from collections.abc import Sequence
from typing import Any, Final

import xarray as xr

from selloff.report.lines import Along, along_days, fan_traces, line_traces
from selloff.report.series import SERIES, Pick, Series, fan, is_still, thinned
from selloff.report.style import FIRST, INK, SECOND, THIRD, Figure, axis, frame, note

ACTORS: Final = {
    "followed": (SECOND, "dash"),
    "forced": (THIRD, "dot"),
    "fed": (FIRST, "solid"),
}
"""Who sells and buys of their own accord: colour and dash by series."""


def fan_figure(dataset: xr.Dataset, name: str) -> Figure:
    """Draw one number over time against the baseline of the same draw."""
    return series_figure(dataset, SERIES[name])


def dealer_figure(dataset: xr.Dataset) -> Figure:
    """Draw the share of dealer capacity in use over time."""
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
    figure["layout"]["annotations"] = [note("full", x=1, xanchor="right", y=100, yanchor="bottom")]
    return figure


def reactions_figure(dataset: xr.Dataset) -> Figure:
    """Draw who sold and bought of their own accord over time."""
    shown = [name for name in ACTORS if not is_still(dataset, name)] or list(ACTORS)
    sides = [(dataset, SERIES[name], *ACTORS[name], SERIES[name].title) for name in shown]
    return _together(sides)


def compare_fan_figure(
    first: xr.Dataset, second: xr.Dataset, *, name: str, labels: tuple[str, str]
) -> Figure:
    """Draw one number over time for two scenarios in one chart."""
    series = SERIES[name]
    return _together(
        [
            (first, series, FIRST, "solid", labels[0]),
            (second, series, SECOND, "dash", labels[1]),
        ]
    )


def series_figure(dataset: xr.Dataset, series: Series, pick: Pick = thinned) -> Figure:
    """Draw one series over time."""
    day, levels = fan(dataset, series, pick)
    along = along_days(day, float(day[-1]))
    traces = fan_traces(along, levels, series.scale, colour=FIRST)
    return {"data": traces, "layout": _frame(along, series)}


def _together(sides: Sequence[tuple[xr.Dataset, Series, str, str, str]]) -> Figure:
    """Several fans in one chart: of each its data, colour, dash and name in the legend."""
    fans = [fan(dataset, series) for dataset, series, *_ in sides]
    last = max(float(day[-1]) for day, _ in fans)
    traces: list[dict[str, Any]] = []
    for (_, series, *look), (day, levels) in zip(sides, fans, strict=True):
        traces += line_traces(along_days(day, last), levels, series.scale, look=look)
    return {"data": traces, "layout": _frame(along_days(fans[0][0], last), sides[0][1])}


def _frame(along: Along, series: Series) -> dict[str, Any]:
    return frame(xaxis=along.axis, yaxis=axis(series.axis_title), meta={"narrow": along.narrow})
