"""The answer of the study: every metric, as JSON, table, picture and page."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

from selloff.report import StudyParts, figure, study_page
from selloff.studies.sensitivity.drawing import chart, lay_out
from selloff.studies.sensitivity.found import OfMetric
from selloff.vocab import write_set

_COLUMNS: Final = (
    *("metric", "unit", "input"),
    *("first_order_frac", "first_order_p05", "first_order_p95"),
    *("total_order_frac", "total_order_p05", "total_order_p95"),
    *("slope_per_standard_deviation", "range_left"),
)


@dataclass(frozen=True)
class Sensitivity:
    """Which unknowns matter to a scenario."""

    scenario: str
    title: str
    draws: int
    """Points of the Saltelli sample [count]."""
    seed: int
    points: int
    """Independent points behind shares and ranges [count]."""
    runs: int
    """Draws simulated in all [count]."""
    inputs: int
    """Inputs that vary on their own [count]."""
    of: Mapping[str, OfMetric]

    @property
    def about(self) -> str:
        """Say what was simulated."""
        return (
            f"{self.inputs} inputs that vary, {self.points:,} independent points, {self.runs:,} "
            f"draws in all, seed {self.seed}; bands hold 90%."
        )

    def as_dict(self) -> dict[str, Any]:
        """Lay it out for JSON."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "of"}
        return plain | {"of": {name: each.as_dict() for name, each in self.of.items()}}

    @property
    def parts(self) -> StudyParts:
        """Lay out what is shown."""
        return lay_out(self.title, self.about, list(self.of.values()))

    def figure(self, metric: str) -> dict[str, Any]:
        """Draw first and total order of the inputs that matter, as a plotly figure."""
        return figure(chart(self.of[metric]))

    def save(self, folder: Path) -> list[Path]:
        """Write JSON, the page and a table of all inputs to a folder."""
        told = json.dumps(self.as_dict(), indent=1, ensure_ascii=False, allow_nan=False)
        files = [
            ("sensitivity.json", f"{told}\n"),
            ("sensitivity.html", study_page(self.parts)),
            ("sensitivity.csv", self._table()),
        ]
        return write_set(folder, files)

    def _table(self) -> str:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for name, of in self.of.items():
            for each in (*of.effects, of.rest, of.chance):
                shares = [f"{x:.4f}" for y in (each.first, each.total) for x in astuple(y)]
                slope = f"{each.slope.value:.6g}" if each.slope else ""
                left = f"{each.worth.left:.6g}" if each.worth else ""
                writer.writerow([name, of.unit, each.name, *shares, slope, left])
        return text.getvalue()
