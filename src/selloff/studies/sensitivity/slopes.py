"""Local slopes: what a small move of one parameter does at the median of all others."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEP: Final = 0.25
"""How far a parameter is moved to either side [standard deviations of its normal score]."""
_SURE: Final = 2.0
_APART: Final = 0.25


@dataclass(frozen=True)
class Slope:
    """Change of a metric for a standard deviation of a parameter's normal score."""

    value: float
    error: float
    """Standard error over draws of chance; not a number where there is one draw."""
    left: float
    """Towards smaller values of the parameter."""
    right: float
    is_kinked: bool
    """Whether the two sides differ, beyond their error and by more than a quarter."""


def slope(below: Array, at: Array, above: Array) -> Slope:
    """Take central differences draw by draw: the three share their chance.

    Draws without an answer at one of the three are left out.
    """
    answered = np.isfinite(below) & np.isfinite(at) & np.isfinite(above)
    left, right = (at - below)[answered] / STEP, (above - at)[answered] / STEP
    if left.size == 0:
        return Slope(0.0, math.nan, 0.0, 0.0, is_kinked=False)
    middle, bend = (left + right) / 2.0, right - left
    apart = abs(float(bend.mean()))
    return Slope(
        float(middle.mean()),
        _error(middle),
        float(left.mean()),
        float(right.mean()),
        is_kinked=apart > _SURE * _error(bend)
        and apart > _APART * max(abs(float(left.mean())), abs(float(right.mean()))),
    )


def _error(values: Array) -> float:
    return float(values.std(ddof=1) / np.sqrt(values.size)) if values.size > 1 else math.nan
