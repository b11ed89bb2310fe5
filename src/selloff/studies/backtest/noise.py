"""How much larger noise is in an episode than on other days, as other episodes show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq

from selloff.evidence import Z95, load_scores
from selloff.studies.backtest.events import Window, is_near, window_of
from selloff.vocab import EPISODE_VARIABLES

_UPPER: Final = 0.9


@dataclass(frozen=True)
class Surprise:
    """How far an episode was from the effect of its flows."""

    window: Window
    days: int
    sizes: Mapping[str, float]
    """By variable, in standard deviations of ordinary noise."""


def extra_days(surprises: Sequence[tuple[float, int]]) -> float:
    """Find how many days' worth of noise an episode brings with it.

    J such that the 90% point of |surprise| / sqrt(1 + J / days) is 1.645, never below zero: an
    episode is a day somebody remembers.
    """
    if not surprises:
        return 0.0
    size, days = np.abs([z for z, _ in surprises]), np.array([d for _, d in surprises], dtype=float)

    def upper(extra: float) -> float:
        return float(np.quantile(size / np.sqrt(1.0 + extra / days), _UPPER))

    if upper(0.0) <= Z95:
        return 0.0
    most = 1.0
    while upper(most) > Z95:
        most *= 2.0
    return float(brentq(lambda extra: upper(extra) - Z95, 0.0, most, xtol=1e-12))


def noise_scale(surprises: Sequence[tuple[float, int]], days: int) -> float:
    """Find how much larger noise is in an episode than on other days.

    sqrt(1 + J / days)
    """
    return float(np.sqrt(1.0 + extra_days(surprises) / days))


def noise_scales(told: Sequence[Surprise], window: Window, days: int) -> dict[str, float]:
    """Find the same by variable, from other events than that of a window."""
    others = [each for each in told if not is_near(each.window, window)]
    return {
        name: noise_scale([(s.sizes[name], s.days) for s in others if name in s.sizes], days)
        for name in EPISODE_VARIABLES
    }


def shipped_surprises() -> list[Surprise]:
    """Read how far the shipped episodes were from the effect of their flows."""
    return [
        Surprise(window_of(case), case["days"], case["surprises"])
        for case in load_scores()["episodes"]
    ]
