"""Question after question in one process, of the same draws: drafts for who tries things out."""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.bridge import Answer
from selloff.evidence import Bank
from selloff.pipeline.environment import jax_settings
from selloff.pipeline.machine import Arm, Machine, Prepared, chunk_for, n_workers
from selloff.pipeline.road import Counted, Progress, prepare, signed
from selloff.results import fans, headlines, metric_draws, variables_of, variables_of_metrics
from selloff.scenario import Scenario
from selloff.vocab import PARTS

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
        wanted = variables_of_metrics(scenario.horizon_years).union(
            _ALWAYS, *map(variables_of, self.series)
        )
        found = Answer(ready.lowered, ready.economics, ready.world, self.draws, wanted)
        _fill(found, ready, side_by_side(self.draws))
        ds = found.dataset({})
        return Draft(ds, fans(ds, self.series), headlines(ds))


@jax_settings()
def measure(
    scenario: Scenario, *, n_draws: int, seed: int = 0, bank: Bank | None = None
) -> dict[str, NDArray[np.float64]]:
    """Run a question for its headline numbers alone: one a draw, by metric."""
    ready = prepare(scenario, seed=seed, bank=bank)
    wanted = variables_of_metrics(scenario.horizon_years)
    found = Answer(ready.lowered, ready.economics, ready.world, n_draws, wanted)
    _fill(found, ready, chunk_for(n_draws))
    return metric_draws(found.dataset({}))


@jax_settings()
def sketch(
    ready: Prepared, *, n_draws: int, chunk: int | None = None, progress: Progress | None = None
) -> xr.Dataset:
    """Run a few draws: a run's variables without attribution and books, identities not checked."""
    found = Answer(ready.lowered, ready.economics, ready.world, n_draws)
    _fill(found, ready, chunk or chunk_for(n_draws), progress)
    numbers = metric_draws(found.dataset({}))
    found.attribute({PARTS[-1]: numbers})
    return signed(found, ready, numbers)


def side_by_side(n_draws: int) -> int:
    """Choose a chunk so that all draws are simulated side by side [count]."""
    return _SIZES * math.ceil(n_draws / n_workers() / _SIZES)


def _fill(found: Answer, ready: Prepared, chunk: int, progress: Progress | None = None) -> None:
    """Simulate all draws of an answer."""
    n_draws = found.n_draws
    arm, counted = Arm(ready.lowered.inputs.switches, n_draws), Counted(progress, n_draws)
    for _, start, part in Machine(ready, chunk).chunks({PARTS[-1]: arm}):
        found.add(start, part.path, part.economy)
        counted.more(min(chunk, n_draws - start))
