"""Who did what to the answer: headline numbers split by mechanism."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

import xarray as xr

from selloff.report.charts import Chart
from selloff.report.estimate import UNIT_WORDS, UNKNOWN, Estimate, from_metric
from selloff.report.parts import Split, splits, steps_words, total_words
from selloff.report.question import is_nothing_sold
from selloff.report.tables import Table
from selloff.report.waterfall import TOTAL, waterfall
from selloff.vocab import PART_LABELS, metrics

Summary = Mapping[str, Any]

PART_NAMES: Final = {name: label[:1].upper() + label[1:] for name, label in PART_LABELS.items()}
UNSOLD: Final = "What the scenario prescribes"
"""The first part of a scenario without a seller."""
HOW: Final = (
    "Mechanisms are switched on one after the other, in the order of the columns; another order "
    "would split the answer otherwise. Each part is the step it adds to the median, so the parts "
    "add up exactly before rounding."
)
DRAWN: Final = (
    (("us_10y_peak_bp",), "parts_us_10y", "bp"),
    (("usdjpy_trough_pct", "usdjpy_peak_pct"), "parts_usdjpy", "% against baseline"),
)
"""Charts: metrics, of which the first that is not nil is drawn; name; unit."""


@dataclass(frozen=True)
class Attribution:
    """What the page shows of it."""

    sentence: str
    charts: list[Chart]
    steps: Table
    ranges: Table


def attribution(dataset: xr.Dataset, summary: Summary) -> Attribution | None:
    """Tell who did what to the answer."""
    rows = splits(summary)
    if not rows:
        return None
    names = part_names(dataset, list(rows[0].parts))
    by_name = {row.name: row for row in rows}
    charts = []
    for wanted, drawn, unit in DRAWN:
        shown = next((by_name[name] for name in wanted if name in by_name), None)
        if shown is not None and isfinite(shown.total):
            figure = waterfall(shown, from_metric(summary, shown.name), names=names, unit=unit)
            heading = f"{_title(shown, summary)}, by part"
            charts.append(Chart(drawn, heading, _caption(shown, names), figure))
    head = ("Median", *names, TOTAL)
    titles = [_title(row, summary) for row in rows]
    steps = tuple(
        (title, *steps_words(row), total_words(row))
        for title, row in zip(titles, rows, strict=True)
    )
    ranges = tuple(
        (title, *map(_range_words, row.parts.values()))
        for title, row in zip(titles, rows, strict=True)
    )
    return Attribution(HOW, charts, Table(head, steps), Table(("Range", *head[1:-1]), ranges))


def _title(row: Split, summary: Summary) -> str:
    return metrics()[row.name].title(float(summary["horizon_years"]))


def part_names(dataset: xr.Dataset, parts: Sequence[str]) -> list[str]:
    """Name the parts for a reader."""
    names = {**PART_NAMES, "seller": UNSOLD} if is_nothing_sold(dataset) else PART_NAMES
    return [names.get(part, part.replace("_", " ").capitalize()) for part in parts]


def _caption(split: Split, names: Sequence[str]) -> str:
    named = zip(names, steps_words(split), strict=True)
    listed = ", ".join(f"{name[:1].lower()}{name[1:]} {word}" for name, word in named)
    return (
        f"{listed[:1].upper()}{listed[1:]}: {total_words(split)} in all. Each bar begins where "
        "the one above it ends; the whisker is 5–95% of draws."
    )


def _range_words(part: Estimate) -> str:
    if not part.is_known:
        return UNKNOWN
    return f"{part.ends} {UNIT_WORDS.get(part.unit, '')}".strip()
