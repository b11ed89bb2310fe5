"""Question after question in one process, of the same draws: drafts for who tries things out."""

import math
import os
from dataclasses import dataclass
from typing import Any, Final

import xarray as xr

from selloff.bridge import Answer
from selloff.pipeline.environment import jax_settings
from selloff.pipeline.machine import MAX_WORKERS, Arm, Machine
from selloff.pipeline.road import prepare
from selloff.results import fans, headlines, variables_of, variables_of_metrics
from selloff.scenario import Scenario

SHOWN: Final = (
    "delta_par_yield[tenor=10Y]",
    "yen_per_dollar",
    "absorbed_face",
    "delta_asset_price",
    "delta_borrowing_rate",
    "delta_us_gdp",
)
"""Series that a draft has fans of unless others are named."""
_ALWAYS: Final = ("outcome",)
_SIZES: Final = 10
"""Chunks are of multiples of this, so that few programs are compiled [count]."""


@dataclass(frozen=True, eq=False, repr=False)
class Draft:
    """A quick answer: few draws, no attribution, no books, no identities checked."""

    dataset: xr.Dataset
    """The variables behind it, by draw; a part of what a run holds."""
    fans: dict[str, xr.DataArray]
    """Quantiles of each series by level and step, or quarter, and along its other axes."""
    metrics: dict[str, dict[str, Any]]
    """Headline numbers as in a summary: unit, p05, p50, p95, mean."""


class Live:
    """Draws held ready for question after question; threads that ask at once take turns.

    Sellers, amounts, paces, destinations, reactions and horizons share compiled programs; another
    number of sellers has programs of its own.
    """

    def __init__(
        self,
        *,
        vintage: str | None = None,
        seed: int = 0,
        draws: int = 200,
        series: tuple[str, ...] = SHOWN,
    ) -> None:
        self.vintage, self.seed, self.draws, self.series = vintage, seed, draws, series

    @jax_settings()
    def ask(self, scenario: Scenario) -> Draft:
        """Answer one question, of the same draws as a run with this seed."""
        if self.vintage is not None:
            scenario = scenario.model_copy(update={"vintage": self.vintage})
        ready = prepare(scenario, seed=self.seed)
        machine = Machine(ready, self._chunk)
        wanted = variables_of_metrics(scenario.horizon_years).union(
            _ALWAYS, *map(variables_of, self.series)
        )
        found = Answer(ready.lowered, ready.economics, ready.world, self.draws, wanted)
        arm = Arm(ready.lowered.inputs.switches, self.draws)
        for _, start, part in machine.chunks({"": arm}):
            found.add(start, part.path, part.economy)
        ds = found.dataset({})
        return Draft(ds, fans(ds, self.series), headlines(ds))

    @property
    def _chunk(self) -> int:
        """Draws of a chunk, so that all are simulated side by side [count]."""
        n_workers = min(os.cpu_count() or 1, MAX_WORKERS)
        return _SIZES * math.ceil(self.draws / n_workers / _SIZES)
