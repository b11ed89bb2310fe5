"""All charts of a report, with the words that say what to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import xarray as xr

from selloff.report.bars import buyers_figure, compare_bill_figure, seller_bill_figure
from selloff.report.curves import curve_figure
from selloff.report.ending import is_answered
from selloff.report.fans import (
    ACTORS,
    compare_fan_figure,
    dealer_figure,
    fan_figure,
    reactions_figure,
)
from selloff.report.holders import buyers_by_group
from selloff.report.question import is_nothing_sold, title
from selloff.report.series import is_still
from selloff.report.style import Figure

BANDS = "Line: median draw. Dark band: half of all draws. Light band: 5–95% of draws."


@dataclass(frozen=True)
class Chart:
    """One chart of the page."""

    id: str
    heading: str
    caption: str
    figure: Figure


WORDS: Final = (
    (
        "us_10y",
        "The US 10-year yield",
        f"{BANDS} A hump is pressure on dealers that fades as slower buyers arrive; what is left "
        "at the right is the lasting effect. The peak in the text is the highest point of each "
        "draw, so its median lies above the line: draws peak on different days.",
    ),
    (
        "curve",
        "The US yield curve",
        "Lines: median draw. The gap between the dotted line and the thick one is the effect at "
        "the peak, taken in each draw on the day its 10-year stands highest. Levels are the "
        "opening curve plus the effect of the sale; what rates would have done anyway is left out.",
    ),
    (
        "usdjpy",
        "The dollar in yen",
        f"{BANDS} Below zero the dollar is weaker and the yen stronger than in the baseline.",
    ),
    (
        "usd_broad",
        "The broad dollar",
        f"{BANDS} The dollar against the currencies of its trading partners; below zero it is "
        "weaker than in the baseline.",
    ),
    (
        "reactions",
        "Who sold and bought of their own accord",
        "Lines: median draw. Bands: 5–95% of draws. Followers' sales add up; forced sales fall "
        "again as levered funds buy back; the Federal Reserve's line falls as it sells or lets "
        "bonds run off. A median line can lie at zero where fewer than half of the draws see any.",
    ),
    (
        "dealers",
        "The dealers' books",
        f"{BANDS} Near the dashed line dealers charge steeply for room, and at it planned "
        "sales have to wait; what others must sell can push dealers beyond it. Below zero dealers "
        "are net short: they have sold more than they took.",
    ),
    (
        "buyers",
        "Who bought",
        "Face bought by the horizon; below zero, sold. Bars: median draw. Whiskers: 5–95% of "
        "draws. Every bond sold has a named buyer; medians need not add up, each draw does.",
    ),
    (
        "seller_bill",
        "The sellers' own bill",
        "Bars: median draw. Whiskers: 5–95% of draws. The losses have a scale of their own.",
    ),
)
"""Charts of one run in the order of the page: name, heading, what to see."""


def charts(dataset: xr.Dataset) -> list[Chart]:
    """Draw the charts of one run."""
    if not is_answered(dataset).any():
        return []
    draw = {
        "us_10y": lambda: fan_figure(dataset, "us_10y"),
        "curve": lambda: curve_figure(dataset),
        "usdjpy": lambda: fan_figure(dataset, "usdjpy"),
        "usd_broad": lambda: fan_figure(dataset, "usd_broad"),
        "reactions": lambda: reactions_figure(dataset),
        "dealers": lambda: dealer_figure(dataset),
        "buyers": lambda: buyers_figure(dataset),
        "seller_bill": lambda: seller_bill_figure(dataset),
    }
    hidden = _empty(dataset)
    return [Chart(*words, draw[words[0]]()) for words in WORDS if words[0] not in hidden]


def _empty(dataset: xr.Dataset) -> set[str]:
    """Charts with nothing to show."""
    hidden = set()
    if is_nothing_sold(dataset):
        hidden.add("seller_bill")
    if all(one.is_nil for _, one in buyers_by_group(dataset)):
        hidden.add("buyers")
    if is_still(dataset, "usd_broad"):
        hidden.add("usd_broad")
    if all(is_still(dataset, name) for name in ACTORS):
        hidden.add("reactions")
    return hidden


def compare_charts(datasets: Sequence[xr.Dataset]) -> list[Chart]:
    """Draw two runs beside each other."""
    first, second = datasets
    labels = (f"A: {title(first)}", f"B: {title(second)}")
    bands = "Lines: median draws. Bands: 5–95% of draws."
    return [
        Chart(
            "compare_us_10y",
            "The US 10-year yield, both",
            f"{bands} Compare the height of the two humps, and where the two lines end.",
            compare_fan_figure(first, second, name="us_10y", labels=labels),
        ),
        Chart(
            "compare_usdjpy",
            "The dollar in yen, both",
            f"{bands} Below zero the dollar is weaker and the yen stronger than in the baseline.",
            compare_fan_figure(first, second, name="usdjpy", labels=labels),
        ),
        Chart(
            "compare_seller_bill",
            "The sellers' bill, both",
            "Bars: median draw. Whiskers: 5–95% of draws. The losses have a scale of their own.",
            compare_bill_figure(first, second, labels=labels),
        ),
    ]


def figures(dataset: xr.Dataset) -> dict[str, Figure]:
    """Draw the charts of one run as plain plotly figures."""
    return {chart.id: chart.figure for chart in charts(dataset)}


def compare_figures(first: xr.Dataset, second: xr.Dataset) -> dict[str, Figure]:
    """Draw two runs beside each other as plain plotly figures."""
    return {chart.id: chart.figure for chart in compare_charts((first, second))}
