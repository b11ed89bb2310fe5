"""The engine behind one function: a question in, a result and its summary out."""

from collections.abc import Callable
from typing import Any

import xarray as xr

from selloff import pipeline, results
from selloff.scenario import Scenario

Watch = Callable[[int, int], None]


def compute(
    scenario: Scenario, *, seed: int, draws: int, is_whole: bool, watch: Watch
) -> tuple[xr.Dataset, dict[str, Any]]:
    """Simulate a question; what `watch` raises between two chunks of draws ends it."""
    ready = pipeline.prepare(scenario, seed=seed)
    dataset = pipeline.run(ready, n_draws=draws, attribution=is_whole, progress=watch)
    return dataset, results.summarise(dataset)
