"""The answer of the study: every metric, as JSON, table, picture and page."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

from selloff.report import StudyParts, figure, study_page
from selloff.results import as_json
from selloff.studies.sensitivity.drawing import chart, lay_out
from selloff.studies.sensitivity.found import OfMetric
from selloff.vocab import as_csv, write_set

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

    def summary(self) -> dict[str, Any]:
        """Give everything as plain values."""
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "of"}
        return plain | {"of": {name: each.summary() for name, each in self.of.items()}}

    @property
    def parts(self) -> StudyParts:
        """Lay out what is shown."""
        return lay_out(self.title, self.about, list(self.of.values()))

    def figure(self, metric: str) -> dict[str, Any]:
        """Draw first and total order of the inputs that matter, as a plotly figure."""
        return figure(chart(self.of[metric]))

    def save(self, folder: Path) -> list[Path]:
        """Write JSON, a table of the inputs looked at, and the page; all of them or none."""
        return write_set(folder, self._contents())

    def _contents(self) -> Iterator[tuple[str, str]]:
        yield "sensitivity.json", as_json(self.summary())
        yield "sensitivity.csv", as_csv([_COLUMNS, *self._rows()])
        yield "sensitivity.html", study_page(self.parts)

    def _rows(self) -> Iterator[list[str]]:
        for name, of in self.of.items():
            for each in (*of.effects, of.rest, of.chance):
                shares = [f"{x:.4f}" for y in (each.first, each.total) for x in astuple(y)]
                slope = f"{each.slope.value:.6g}" if each.slope else ""
                left = f"{each.worth.left:.6g}" if each.worth else ""
                yield [name, of.unit, each.name, *shares, slope, left]
