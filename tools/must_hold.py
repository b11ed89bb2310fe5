"""Write the page of what must hold: claims, measured numbers, tests."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import xarray as xr

import selloff as so
from selloff.results import reckon
from selloff.scenario import load
from selloff.vocab import metrics, variables, write_file

ROOT: Final = Path(__file__).resolve().parents[1]
ROWS: Final = ROOT / "tools" / "must_hold.csv"
PAGE: Final = ROOT / "docs" / "must-hold.md"
DRAWS: Final = 512
"""Each set of parameters once."""
_TABLE: Final = re.compile(r"(?<=\n\n)\| part \|.*?\n(?=\n)", re.DOTALL)
_HEAD: Final = (
    "| part | what must hold | measured | unit | bounds | test |\n|---|---|---|---|---|---|\n"
)


@dataclass(frozen=True)
class Claim:
    """A line that must hold, and how it is measured where a run measures it."""

    part: str
    claim: str
    scenario: str
    off: str
    metric: str
    """A metric's name, or a recipe of `results.metrics`."""
    statistic: str
    low: str
    high: str
    test: str

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Between which the number must lie."""
        return (float(self.low), float(self.high)) if self.low else None

    @property
    def unit(self) -> str:
        """Of the number and its bounds."""
        if self.statistic.startswith("share_below"):
            return "fraction of draws"
        if self.metric in metrics():
            return metrics()[self.metric].unit
        return variables()[self.metric.split(":")[1]].unit if self.metric else ""


def claims() -> list[Claim]:
    """Read the table."""
    with ROWS.open(encoding="utf-8", newline="") as opened:
        return [Claim(**row) for row in csv.DictReader(opened)]


@cache
def _answer(scenario: str, off: str) -> xr.Dataset:
    asked = load(scenario)
    switched = asked.reactions.model_copy(update=dict.fromkeys(off.split(), False))
    asked = asked.model_copy(update={"reactions": switched})
    return so.run(asked, draws=DRAWS, seed=0, attribution=False).dataset


def measured(one: Claim) -> float:
    """Run the scenario and read the number."""
    how, _, level = one.statistic.rpartition(":")
    formula = metrics()[one.metric].formula if one.metric in metrics() else one.metric
    values = reckon(_answer(one.scenario, one.off), formula)
    if how == "share_below":
        return float(np.mean(values < float(level)))
    return float(np.median(values) if one.statistic == "p50" else np.mean(values))


def row(one: Claim, number: float | None) -> str:
    """One line of the page."""
    cell = "by its test" if number is None else f"{number + 0.0:.3g}"
    bounds = f"{one.low} to {one.high}" if one.bounds else ""
    file, _, name = one.test.partition("::")
    test = f"`{Path(file).name}`: `{name}`"
    return f"| {one.part} | {one.claim} | {cell} | {one.unit} | {bounds} | {test} |\n"


if __name__ == "__main__":
    rows = "".join(row(one, measured(one) if one.bounds else None) for one in claims())
    text = PAGE.read_text(encoding="utf-8")
    write_file(PAGE, _TABLE.sub(lambda _: _HEAD + rows, text))
