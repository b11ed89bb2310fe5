"""Which parameters move which headline numbers."""

from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.evidence import BANK_FOLDER, Bank, load_bank, parameters, store
from selloff.pipeline import prepare, run
from selloff.results import metric_draws
from selloff.scenario import load

Array = NDArray[np.float64]
SCENARIO: Final = "japan-dump"


def rebuild_moves(
    *, folder: Path | None = None, n_draws: int = 2000, seed: int = 0
) -> dict[str, Any]:
    """Run the founding scenario and save how parameters and headline numbers move together.

    Source: Spearman (1904).
    """
    bank = load_bank()
    ready = prepare(load(SCENARIO), seed=seed)
    metrics = metric_draws(run(ready, n_draws=n_draws, attribution=False))
    found = {
        "correlations": rank_correlations(bank, metrics),
        "certificate": {
            "scenario": SCENARIO,
            "draws": n_draws,
            "seed": seed,
            "versions": {name: version(name) for name in ("selloff", "jax", "numpy")},
        },
    }
    store(found, (folder or BANK_FOLDER) / "moves.json")
    return found


def rank_correlations(bank: Bank, metrics: dict[str, Array]) -> dict[str, dict[str, float]]:
    """Correlate the ranks of parameters with those of metrics, draw by draw.

    Source: Spearman (1904); draws that never finish rank last, ties in order of draws.
    """
    found: dict[str, dict[str, float]] = {}
    for name in parameters():
        values = bank.draws.get(name)
        if values is None or values.ndim != 1 or np.ptp(values) == 0.0:
            continue
        found[name] = {}
        for metric, numbers in metrics.items():
            drawn = values[np.arange(numbers.size) % values.size]
            found[name][metric] = round(_related(drawn, numbers), 3)
    return found


def _related(one: Array, two: Array) -> float:
    ranks = np.stack([_ranks(one), _ranks(np.where(np.isnan(two), np.inf, two))])
    gaps = ranks - ranks.mean(axis=1, keepdims=True)
    scale = np.sqrt(np.prod(np.sum(gaps**2, axis=1)))
    return float(gaps[0] @ gaps[1] / scale) if scale > 0.0 else 0.0


def _ranks(values: Array) -> Array:
    """Ranks, equal values sharing their mean rank."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - 0.5 * (count - 1.0))[place])
