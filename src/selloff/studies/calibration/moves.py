"""Which parameters move which headline numbers."""

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from selloff.evidence import BANK_FOLDER, Bank, load_bank, parameters, store, versions
from selloff.pipeline import prepare, run
from selloff.results import metric_draws
from selloff.scenario import load

Array = NDArray[np.float64]
SCENARIO: Final = "japan-dump"


def rebuild_moves(
    *, folder: Path | None = None, n_draws: int = 2000, seed: int = 0
) -> dict[str, Any]:
    """Run the founding scenario and save how parameters and headline numbers move together."""
    bank = load_bank()
    ready = prepare(load(SCENARIO), seed=seed)
    metrics = metric_draws(run(ready, n_draws=n_draws, attribution=False))
    found = {
        "correlations": rank_correlations(bank, metrics, rows=ready.rows(range(n_draws))),
        "certificate": {
            "scenario": SCENARIO,
            "draws": n_draws,
            "seed": seed,
            "versions": versions("jax", "numpy"),
        },
    }
    store(found, (folder or BANK_FOLDER) / "moves.json")
    return found


def rank_correlations(
    bank: Bank, metrics: dict[str, Array], *, rows: NDArray[np.int64]
) -> dict[str, dict[str, float]]:
    """Correlate ranks of parameters and metrics; draws that never finish rank last."""
    found: dict[str, dict[str, float]] = {}
    for name in parameters():
        values = bank.draws.get(name)
        if values is None or values.ndim != 1 or np.ptp(values) == 0.0:
            continue
        found[name] = {}
        for metric, at_draws in metrics.items():
            numbers = np.where(np.isnan(at_draws), np.inf, at_draws)
            found[name][metric] = round(rank_correlation(values[rows], numbers), 3)
    return found


def rank_correlation(one: Array, two: Array) -> float:
    """Correlate ranks; zero where one of the two never moves."""
    if (one == one[0]).all() or (two == two[0]).all():
        return 0.0
    return float(spearmanr(one, two).statistic)
