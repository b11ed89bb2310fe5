"""Numbers by quarter: small charts, charts with and without, and rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import xarray as xr

from selloff.report.charts import BANDS, Chart
from selloff.report.estimate import Estimate, from_draws, quantiles
from selloff.report.lines import SCALES, Along, along_quarters, fan_traces, line_traces
from selloff.report.paths import Draws, at_year, cell, extremes, path, swing
from selloff.report.section import Block
from selloff.report.style import FIRST, SECOND, Figure, axis, frame, shrunk
from selloff.report.tables import Table

WITH: Final = (FIRST, "solid", "This scenario")
WITHOUT: Final = (SECOND, "dash", "Baseline")
HEIGHT: Final = 340
"""Height of a chart with a legend [pixels]."""
TIMES: Final = ((1.0, "A year on"), (5.0, "Five years on"))


@dataclass(frozen=True)
class Quarterly:
    """One number by quarter: where it is kept and what a reader calls it."""

    variable: str
    name: str
    unit: str


def small_chart(dataset: xr.Dataset, one: Quarterly) -> Chart:
    """Draw one number by quarter as one of many small charts."""
    chart = fan_chart(dataset, one, path(dataset, one.variable))
    return replace(chart, figure=shrunk(chart.figure))


def fan_chart(dataset: xr.Dataset, one: Quarterly, values: Draws) -> Chart:
    """Draw a number by quarter that is given draw by draw."""
    along, scale = along_quarters(dataset), SCALES[one.unit]
    traces = fan_traces(along, quantiles(values), scale, colour=FIRST)
    layout = _frame(along, scale.title) | {"showlegend": False}
    caption = f"Against baseline: {swing(values, one.unit)}."
    return Chart(one.variable, one.name, caption, {"data": traces, "layout": layout})


def both_chart(dataset: xr.Dataset, one: Quarterly, caption: str) -> Chart:
    """Draw a level as it is and in the baseline of the same draws."""
    along, scale = along_quarters(dataset), SCALES[one.unit]
    factor = 100.0 if one.unit == "fraction" else 1.0
    traces = []
    for name, look in ((f"{one.variable}_base", WITHOUT), (one.variable, WITH)):
        levels = factor * quantiles(path(dataset, name))
        traces += line_traces(along, levels, scale, look=look)
    layout = _frame(along, scale.title)
    return Chart(one.variable, one.name, caption, {"data": traces, "layout": layout})


def moments_row(dataset: xr.Dataset, one: Quarterly) -> tuple[str, ...]:
    """Write one row: highest, lowest, and at the times the run reaches."""
    values = path(dataset, one.variable)
    numbers = (*extremes(values, one.unit), *at_times(dataset, values, one.unit))
    return (one.name, *(cell(number) for number in numbers))


def overview(
    dataset: xr.Dataset, charts: Sequence[Quarterly], rows: Sequence[Quarterly] = ()
) -> tuple[Block, Block]:
    """Open a section: small charts, and a table of their moments, or of other rows."""
    table = tuple(moments_row(dataset, one) for one in rows or charts)
    head = ("Against baseline: median (5–95%)", "Highest", "Lowest", *times_head(dataset))
    return (
        Block(
            words=f"{BANDS} By quarter and against baseline, over the years since the start.",
            charts=tuple(small_chart(dataset, one) for one in charts),
            is_small=True,
        ),
        Block(table=Table(head, table)),
    )


def at_times(dataset: xr.Dataset, values: Draws, unit: str) -> list[Estimate]:
    """Summarise a path at the times the run reaches, the horizon last."""
    shown = [at_year(dataset, values, years) for years, _ in _times(dataset)]
    return [from_draws(one, unit) for one in (*shown, values[:, -1])]


def times_head(dataset: xr.Dataset) -> tuple[str, ...]:
    """Name the times the run reaches."""
    return (*(word for _, word in _times(dataset)), "At the horizon")


def first_year(dataset: xr.Dataset) -> tuple[int, str]:
    """Find the quarter that ends a year on, or the last where the run is shorter."""
    ends = np.asarray(dataset["quarter_years"].to_numpy(), dtype=np.float64)
    at = int(np.searchsorted(ends, 1.0 - 1e-6))
    return (at, "A year on") if at < ends.size else (ends.size - 1, "At the horizon")


def _times(dataset: xr.Dataset) -> list[tuple[float, str]]:
    last = float(np.asarray(dataset["quarter_years"].to_numpy())[-1])
    return [(years, word) for years, word in TIMES if years < last - 1e-6]


def _frame(along: Along, title: str) -> Figure:
    ruler = {"xaxis": along.axis, "yaxis": axis(title)}
    return frame(height=HEIGHT, meta={"narrow": along.narrow}, **ruler)
