"""What is frozen of a run: its summary, and a few paths of its first draws."""

from typing import Any

import numpy as np

import selloff as so
from selloff.apps.session import Run
from selloff.results import metric_draws
from selloff.scenario import Reactions, load

ALONE = "japan-dump-alone"
"""The founding question with nobody reacting, as in versions before 0.3."""
SCENARIOS = ("japan-dump", "controlled-descent", "taiwan-conflict", ALONE)
DRAWS, SEED = 64, 0
_FIRST = 3
_STEPS = (1, 5, 20, 60, 252, 300, -1)


def run(scenario: str) -> Run:
    """The run whose numbers are frozen."""
    if scenario != ALONE:
        return so.run(scenario, draws=DRAWS, seed=SEED)
    question = load("japan-dump").model_dump(mode="json")
    nobody = {"reactions": dict.fromkeys(Reactions.model_fields, False), "name": ALONE}
    return so.run(question | nobody, draws=DRAWS, seed=SEED)


def freeze(answer: Run) -> dict[str, Any]:
    """Everything that must not move, as plain numbers."""
    ds = answer.dataset
    some = ds.isel(draw=slice(_FIRST), step=list(_STEPS))
    ten, yen = some["delta_par_yield"].sel(tenor="10Y"), some["delta_fx"].sel(currency="JPY")
    return {
        "metrics_mean_of_finished": {
            name: float(np.mean(values[np.isfinite(values)]) if np.isfinite(values).any() else 0.0)
            for name, values in metric_draws(ds).items()
        },
        "metrics": answer.summary["metrics"],
        "absorbed_by": answer.summary["absorbed_by"],
        "outcomes": answer.summary["outcomes"],
        "us_10y_bp": ten.values.tolist(),
        "jpy_pct": yen.values.tolist(),
        "baseline_jpy": some["baseline_fx"].sel(currency="JPY").values.tolist(),
        "dealer_use": some["dealer_use"].values.tolist(),
        "unsold_usd_bn": some["unsold_face"].values.tolist(),
        "forced_usd_bn": some["forced_face"].values.tolist(),
        "fed_usd_bn": some["absorbed_face"].sel(group="fed").values.tolist(),
    }
