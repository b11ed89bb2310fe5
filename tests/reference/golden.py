"""What is frozen of a run: its summary, and a few paths of its first draws."""

from typing import Any

import numpy as np

import selloff as so
from selloff.apps.session import Run
from selloff.results import metric_draws

SCENARIOS = ("japan-dump", "controlled-descent")
DRAWS, SEED = 64, 0
_FIRST = 3
_STEPS = (1, 5, 20, 60, 252, 300, 360)


def run(scenario: str) -> Run:
    """The run whose numbers are frozen."""
    return so.run(scenario, draws=DRAWS, seed=SEED)


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
        "outcomes": answer.summary["outcomes"],
        "us_10y_bp": ten.values.tolist(),
        "jpy_pct": yen.values.tolist(),
        "baseline_jpy": some["baseline_fx"].sel(currency="JPY").values.tolist(),
        "dealer_use": some["dealer_use"].values.tolist(),
        "unsold_usd_bn": some["unsold_face"].values.tolist(),
    }
