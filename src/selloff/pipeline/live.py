"""Question after question in one process, of the same draws: drafts for who tries things out."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.bridge import Answer
from selloff.evidence import Bank
from selloff.pipeline.environment import jax_settings
from selloff.pipeline.machine import Arm, Machine, Prepared, chunk_for, n_workers
from selloff.pipeline.provenance import attributes
from selloff.pipeline.road import Counted, Progress, judged, prepare, recorded
from selloff.pipeline.support import RECORDED
from selloff.results import (
    ByDraw,
    fans,
    headlines,
    horizon,
    in_brief,
    is_priced,
    metric_draws,
    variables_in_brief,
    variables_of,
    variables_of_metrics,
)
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

    Sellers up to two, amounts, paces, destinations, reactions and horizons share compiled
    programs; three or four sellers have programs of their own, and so on.
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
    scenario: Scenario,
    *,
    n_draws: int,
    seed: int = 0,
    wanted: Collection[str] = (),
    chunk: int | None = None,
    progress: Progress | None = None,
) -> tuple[xr.Dataset, ByDraw]:
    """Run a few draws for `results.brief`: no attribution, no books, identities not checked.

    The dataset holds what that reads and the variables `wanted`; beside it come the numbers of
    each draw.
    """
    chunk = chunk or chunk_for(n_draws)
    ready = prepare(scenario, seed=seed, first=chunk * math.ceil(n_draws / chunk))
    held = variables_in_brief(ready.scenario.horizon_years).union(RECORDED, wanted)
    found = Answer(ready.lowered, ready.economics, ready.world, n_draws, held)
    _fill(found, ready, chunk, progress)
    ds = found.dataset(attributes(ready, n_draws))
    each = in_brief(ds) | recorded(ds, ready)
    return ds.assign_attrs(judged(each, is_priced(ds), years=horizon(ds))), each


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
