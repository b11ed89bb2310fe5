"""What the monitor could see: months until a steady sale is noticed, at a rate of false alarms."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from selloff.studies.monitor.rules import Array
from selloff.studies.samples import LEVELS

RATES: Final = (50.0, 100.0, 200.0, 400.0)
"""Steady sales whose delay is worked out [USD bn a year]."""
_MONTHS: Final = 12
_LOWEST: Final = 1e-6
"""Limit from which a threshold is sought [spreads]."""
_HORIZON: Final = 240
"""Months simulated; what is not seen by then counts as later [count]."""


@dataclass(frozen=True)
class Delay:
    """How long a steady sale stays unseen."""

    usd_bn_a_year: float
    months: tuple[float, float, float]
    """5%, median and 95% of draws; infinite where it is not seen in twenty years."""


def delays(
    spread: float, *, months_between_alarms: float = 100.0, n_draws: int = 2000, seed: int = 0
) -> tuple[Delay, ...]:
    """Delays of the CUSUM S_t = max(0, S_{t-1} - x_t / s - k / 2) that alarms above h, by sale.

    k is the sale in spreads a month; h makes one false alarm in so many months. Page (1954)."""
    noise = np.random.default_rng(seed).standard_normal((n_draws, _HORIZON))
    found = []
    for rate in RATES:
        k = rate / _MONTHS / spread
        limit = threshold(k, months_between_alarms)
        first = first_alarm(noise + k, k, limit)
        low, middle, high = np.quantile(first, LEVELS, method="lower")
        found.append(Delay(rate, (float(low), float(middle), float(high))))
    return tuple(found)


def first_alarm(sold: Array, k: float, limit: float) -> Array:
    """Month of the first alarm on each history, from one; infinite without [draw]."""
    level, first = np.zeros(sold.shape[0]), np.full(sold.shape[0], np.inf)
    for month in range(sold.shape[1]):
        level = np.maximum(level + sold[:, month] - k / 2.0, 0.0)
        first = np.where(np.isinf(first) & (level > limit), month + 1.0, first)
    return first


def threshold(k: float, months: float) -> float:
    """Limit at which alarms without a sale are `months` apart on average.

    Without a limit they are 1 / N(-k / 2) apart; where that is more already, none is needed."""
    if ndtr(-k / 2.0) * months <= 1.0:
        return 0.0
    high = 1.0
    while run_length(k, high) < months:
        high *= 2.0
    return float(brentq(lambda limit: run_length(k, limit) - months, _LOWEST, high, xtol=1e-6))


def run_length(k: float, limit: float, *, sale: float = 0.0, n_states: int = 60) -> float:
    """Mean months to an alarm: L = 1 + P L on a grid of levels. Brook and Evans (1972)."""
    width = 2.0 * limit / (2 * n_states - 1)
    levels = np.arange(n_states) * width
    gap = levels[None, :] - levels[:, None] - (sale - k / 2.0)
    upper, lower = ndtr(gap + width / 2.0), ndtr(gap - width / 2.0)
    lower[:, 0] = 0.0
    return float(np.linalg.solve(np.eye(n_states) - (upper - lower), np.ones(n_states))[0])
