"""Sobol indices of first and total order from a Saltelli sample, with bands."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.vocab.extras import without

Array = NDArray[np.float64]
_RESAMPLES: Final = 400
_BAND: Final = (5.0, 95.0)


@dataclass(frozen=True)
class Index:
    """A share of variance and its band from 5 to 95 percent."""

    value: float
    low: float
    high: float


def library() -> Any:
    """Load SALib, which comes with the extra `bayes`."""
    try:
        return import_module("SALib.analyze.sobol")
    except ImportError:
        raise without("sensitivity", "SALib", extra="bayes") from None


def sobol(
    a: Array, b: Array, swapped: Mapping[str, Array], *, seed: int
) -> dict[str, tuple[Index, Index]]:
    """Give first and total order of each input, from the answers at two independent samples and
    at the points of the first with one input from the second; without those that have no answer.
    """
    # E[f_B (f_ABi - f_A)] / V (Saltelli and others 2010), E[(f_A - f_ABi)^2] / 2V (Jansen 1999)
    answers = np.stack([a, *swapped.values(), b], axis=1)
    answers = answers[np.isfinite(answers).all(axis=1)]
    if answers.shape[0] < 2 or np.ptp(answers) == 0.0:
        return {name: (Index(0.0, 0.0, 0.0), Index(0.0, 0.0, 0.0)) for name in swapped}
    found = library().analyze(
        {"num_vars": len(swapped), "names": list(swapped)},
        answers.ravel(),
        calc_second_order=False,
        num_resamples=_RESAMPLES,
        conf_level=0.9,
        keep_resamples=True,
        seed=seed + 1,  # SALib takes a seed of zero for none
    )
    first, total = (_with_band(found, kind) for kind in ("S1", "ST"))
    return dict(zip(swapped, zip(first, total, strict=True), strict=True))


def _with_band(found: Mapping[str, Any], kind: str) -> list[Index]:
    ends = np.percentile(found[f"{kind}_conf_all"], _BAND, axis=0)
    numbers = zip(found[kind], *ends, strict=True)
    return [Index(*map(float, each)) for each in numbers]
