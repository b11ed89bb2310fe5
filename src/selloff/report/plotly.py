"""The charts of the page as plain plotly figures, for notebooks."""

from collections.abc import Callable
from typing import Any, Final

import xarray as xr

from selloff.charts import AnyChart
from selloff.report.facts import Facts
from selloff.report.page import drawn
from selloff.results import summarise

Figure = dict[str, Any]
Trace = dict[str, Any]

BLUE: Final = "#0b5394"
AMBER: Final = "#b5500a"
GREY: Final = "rgba(90,90,90,0.45)"
TONES: Final = {None: BLUE, 1: BLUE, 2: AMBER, 4: AMBER}
"""By tone of a point; others are grey."""
TINTS: Final = (
    ("p05", "p95", "rgba(11,83,148,0.16)"),
    ("p10", "p90", "rgba(11,83,148,0.16)"),
    ("p25", "p75", "rgba(11,83,148,0.28)"),
)
"""Bands that a fan can have: a draft has one of its own."""


def figures(dataset: xr.Dataset) -> dict[str, Figure]:
    """Draw the charts of one run as plotly figures, by name."""
    charts = (one.chart for one in drawn((Facts(dataset, summarise(dataset)),)))
    return {one.id: figure(one) for one in charts}


def figure(chart: AnyChart) -> Figure:
    """Turn one chart into a plotly figure."""
    plain = chart.model_dump()
    traces, layout = KINDS[chart.kind](plain)
    title = {"text": f"{plain['title']}<br><sup>{plain['subtitle']}</sup>"}
    return {"data": traces, "layout": {"title": title, "template": "plotly_white", **layout}}


def _axis(axis: Trace, unit: Trace) -> Figure:
    ruler: Figure = {"title": {"text": axis["title"]}}
    if axis["kind"] == "log":
        ruler["type"] = "log"
    return {"xaxis": ruler, "yaxis": {"title": {"text": unit["name"]}}}


def _fan(chart: Trace) -> tuple[list[Trace], Figure]:
    traces: list[Trace] = []
    for one in chart["series"]:
        bands = [] if one["ghost"] else [band for band in TINTS if one[band[0]] is not None]
        for low, high, tint in bands:
            edge = _line(chart, one[low], one["name"], width=0)
            traces += [edge, _line(chart, one[high], one["name"], width=0) | _filled(tint)]
        traces.append(_line(chart, one["p50"], one["name"], width=2))
    shapes = [_level(one["y"]) for one in chart["records"] if one["y"] is not None]
    return traces, _axis(chart["x"], chart["unit"]) | {"shapes": shapes}


def _line(chart: Trace, values: Any, name: str, *, width: int) -> Trace:
    return {
        "type": "scatter", "mode": "lines", "x": list(chart["x"]["values"]),
        "y": list(values), "name": name, "line": {"color": BLUE, "width": width},
        "showlegend": width > 0,
    }  # fmt: skip


def _filled(tint: str) -> Trace:
    return {"fill": "tonexty", "fillcolor": tint}


def _level(y: float) -> Trace:
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y}


def _relay(chart: Trace) -> tuple[list[Trace], Figure]:
    traces = [
        {
            "type": "scatter", "mode": "lines", "x": list(chart["x"]["values"]),
            "y": list(one["values"]), "name": one["name"], "stackgroup": "one",
        }
        for one in chart["parts"]
    ]  # fmt: skip
    return traces, _axis(chart["x"], chart["unit"])


def _waterfall(chart: Trace) -> tuple[list[Trace], Figure]:
    rows = chart["rows"]
    trace = {
        "type": "waterfall", "orientation": "h", "y": [one["name"] for one in rows],
        "x": [one["p50"] for one in rows],
        "measure": ["total" if one["total"] else "relative" for one in rows],
    }  # fmt: skip
    return [trace], {"yaxis": {"autorange": "reversed"}}


def _heat(chart: Trace) -> tuple[list[Trace], Figure]:
    x = chart["x"]
    trace = {
        "type": "heatmap", "x": list(x["words"] or x["values"]), "colorscale": "RdBu", "zmid": 0,
        "y": [one["name"] for one in chart["rows"]],
        "z": [list(one["values"]) for one in chart["rows"]],
    }  # fmt: skip
    across = {"title": {"text": x["title"]}} | ({"type": "category"} if x["words"] else {})
    return [trace], {"xaxis": across, "yaxis": {"type": "category", "autorange": "reversed"}}


def _scatter(chart: Trace) -> tuple[list[Trace], Figure]:
    points = chart["points"]
    trace = {
        "type": "scatter", "mode": "markers+text", "x": [one["x"] for one in points],
        "y": [one["y"] for one in points], "hovertext": [one["name"] for one in points],
        "text": [one["name"] if one["named"] else "" for one in points],
        "textposition": "top center",
        "marker": {"color": [TONES.get(one["tone"], GREY) for one in points]},
    }  # fmt: skip
    axes = _axis(chart["x"], chart["unit"])
    return [trace], axes | {"yaxis": {"title": {"text": chart["y_title"]}}}


def _dots(chart: Trace) -> tuple[list[Trace], Figure]:
    rows = chart["rows"]
    reach = {
        "type": "data", "symmetric": False,
        "array": [one["p95"] - one["p50"] for one in rows],
        "arrayminus": [one["p50"] - one["p05"] for one in rows],
    }  # fmt: skip
    trace = {
        "type": "scatter", "mode": "markers", "x": [one["p50"] for one in rows],
        "y": [one["name"] for one in rows], "error_x": reach, "marker": {"color": BLUE},
    }  # fmt: skip
    named = {"title": {"text": chart["unit"]["name"]}}
    return [trace], {"xaxis": named, "yaxis": {"autorange": "reversed"}}


def _dumbbell(chart: Trace) -> tuple[list[Trace], Figure]:
    found = [
        _dots(chart | {"rows": [{**one[side], "name": one["name"]} for one in chart["rows"]]})
        for side in ("a", "b")
    ]
    pairs = zip(found, chart["names"], (BLUE, AMBER), strict=True)
    traces = [one[0] | {"name": name, "marker": {"color": tint}} for (one, _), name, tint in pairs]
    return traces, found[0][1]


def _quantiles(chart: Trace) -> tuple[list[Trace], Figure]:
    trace = {"type": "histogram", "x": list(chart["values"]), "marker": {"color": BLUE}}
    return [trace], {"xaxis": {"title": {"text": chart["unit"]["name"]}}}


def _map(chart: Trace) -> tuple[list[Trace], Figure]:
    rows = chart["rows"]
    trace = {
        "type": "choropleth", "locations": [one["code"] for one in rows],
        "z": [one["p50"] for one in rows], "text": [one["name"] for one in rows],
        "colorscale": "RdBu", "reversescale": True, "zmid": 0,
    }  # fmt: skip
    return [trace], {}


KINDS: Final[dict[str, Callable[[Trace], tuple[list[Trace], Figure]]]] = {
    "fan": _fan, "relay": _relay, "waterfall": _waterfall, "heat": _heat, "dots": _dots,
    "dumbbell": _dumbbell, "quantiles": _quantiles, "map": _map, "scatter": _scatter,
}  # fmt: skip
