"""The dollar curve before the sale, at the peak, a year on and at the end."""

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.estimate import quantiles
from selloff.report.lines import Along, Scale, band
from selloff.report.series import days, peak_steps, step_at
from selloff.report.style import FIRST, INK, QUIET, Figure, axis, frame, narrow_ticks, rounded, tint
from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR
from selloff.vocab.units import BP, PCT


def curve_levels(dataset: xr.Dataset) -> dict[str, NDArray[np.float64]]:
    """Work out the curve of each draw at the four moments.

    level = opening curve + effect of the sale against the baseline of the same draw.
    """
    opening = np.asarray(dataset["curve_par_yield"].to_numpy(), dtype=np.float64)
    delta = dataset["delta_par_yield"].transpose("draw", "step", "tenor").to_numpy()
    draws = np.arange(delta.shape[0])
    levels = {"before": opening, "peak": opening + delta[draws, peak_steps(dataset)] * (BP / PCT)}
    if days(dataset)[-1] > BUSINESS_DAYS_PER_YEAR:
        levels["year"] = opening + delta[:, step_at(dataset, BUSINESS_DAYS_PER_YEAR)] * (BP / PCT)
    levels["end"] = opening + delta[:, -1] * (BP / PCT)
    return levels


def curve_figure(dataset: xr.Dataset) -> Figure:
    """Draw the dollar par curve before the sale, at the peak, a year on and at the end."""
    tenor = rounded(dataset["tenor_years"].to_numpy(), 4)
    words = [str(one) for one in dataset["tenor"].to_numpy()]
    levels = curve_levels(dataset)
    ends = quantiles(levels["peak"])[[0, 4]]
    traces = band(Along(tenor, words, {}), ends, Scale("%", "%", 4), colour=tint(FIRST, 0.16))
    traces[1]["name"] = "Peak, 5–95%"
    looks = (
        ("before", "Before", {"color": INK, "width": 2, "dash": "dot"}),
        ("peak", "Peak", {"color": FIRST, "width": 3}),
        ("year", "A year on", {"color": FIRST, "width": 2, "dash": "dash"}),
        ("end", "At the horizon", {"color": QUIET, "width": 2}),
    )
    for moment, name, line in looks:
        if moment in levels:
            level = levels[moment] if moment == "before" else quantiles(levels[moment])[2]
            traces.append(_line(tenor, level, name=name, line=line, words=words))
    ticks = {"type": "log", "tickmode": "array", "tickvals": tenor, "ticktext": words}
    maturity = axis("Remaining maturity", showgrid=False, **ticks)
    narrow = narrow_ticks(maturity, ("3M", "1Y", "2Y", "5Y", "10Y", "30Y"))
    layout = frame(xaxis=maturity, yaxis=axis("Par yield, % a year"), meta={"narrow": narrow})
    return {"data": traces, "layout": layout}


def _line(
    tenor: list[float | None],
    level: NDArray[np.float64],
    *,
    name: str,
    line: dict[str, Any],
    words: list[str],
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": tenor,
        "y": rounded(level, 4),
        "name": name,
        "line": line,
        "customdata": words,
        "hovertemplate": "%{customdata}: %{y:.2f}%<extra>" + name + "</extra>",
    }
