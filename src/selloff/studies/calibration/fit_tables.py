"""How near the core comes to the data, and what the data say of its structure."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from selloff.evidence import parameters
from selloff.studies.calibration.moments import MOMENTS, Target, moments_of, shown
from selloff.studies.calibration.proposals import SEARCHED, from_scores

Array = NDArray[np.float64]


def fit_tables(covariance: Array, wanted: Target, scores: Array) -> dict[str, Any]:
    """Lay out the fit of the moments and of the structure.

    Contraction is 1 - (posterior sd / prior sd)^2 of the normal score: zero where the data say
    nothing of a parameter.
    """
    reached = moments_of(covariance)
    spread = np.percentile(shown(reached), [5, 50, 95], axis=0)
    data = shown(wanted.estimate)
    gap = (np.median(reached, axis=0) - wanted.estimate) / wanted.standard_error
    fit = [
        {
            "moment": name,
            "data": _rounded(data[i]),
            "standard_error": _rounded(_step(wanted, i, data[i])),
            "model": [_rounded(x) for x in spread[:, i]],
            "gap_in_standard_errors": round(float(gap[i]), 2),
        }
        for i, name in enumerate(MOMENTS)
    ]
    structure, table = from_scores(scores), parameters()
    identified = [
        {
            "parameter": name,
            "prior": [table[name].p05, table[name].p50, table[name].p95],
            "posterior": [_rounded(x) for x in np.percentile(structure[name], [5, 50, 95])],
            "contraction": round(1.0 - float(np.var(scores[:, i])), 3),
        }
        for i, name in enumerate(SEARCHED)
    ]
    return {"fit": fit, "identified": identified}


def _step(wanted: Target, i: int, data: float) -> float:
    """Standard error in the moment's own unit: volatilities are fitted in logs."""
    error = float(wanted.standard_error[i])
    return error * data if MOMENTS[i].startswith("volatility") else error


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
