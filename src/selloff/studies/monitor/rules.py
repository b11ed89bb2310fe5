"""What the monitor assumes: rules.csv, as ranges that every answer is drawn over."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.vocab import read_as, rows_of

Array = NDArray[np.float64]
REGIMES: Final = ("none", "quiet", "fast")
FUNDING: Final = ("sold_same_month", "sold_next_month", "sold_two_later", "sold_three_later")
"""Shares of an intervention's dollars by month after it."""


@dataclass(frozen=True)
class MonitorRule:
    """One number the monitor rests on."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    standing: str
    source: str
    reason: str


@dataclass(frozen=True, eq=False)
class RuleDraws:
    """Draws of every rule, the first at its central value [draw]."""

    draws: dict[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.draws[name]

    @property
    def n(self) -> int:
        """Draws [count]."""
        return next(iter(self.draws.values())).size

    @property
    def means(self) -> Array:
        """Mean flow of each regime in usual spreads [draw, regime]."""
        return np.stack([0.0 * self["quiet_mean"], self["quiet_mean"], self["fast_mean"]], axis=1)

    @property
    def spreads(self) -> Array:
        """Spread of each regime in usual spreads [draw, regime]."""
        one = np.ones(self.n)
        return np.stack([one, self["quiet_spread"], self["fast_spread"]], axis=1)

    @property
    def changes(self) -> Array:
        """Chance of each regime a month after each [draw, from, to]."""
        found = np.zeros((self.n, 3, 3))
        for i, before in enumerate(REGIMES):
            for j, after in enumerate(REGIMES):
                if i != j:
                    found[:, i, j] = self[f"{before}_to_{after}"]
            found[:, i, i] = 1.0 - found[:, i].sum(axis=1)
        return found

    @property
    def funding(self) -> Array:
        """Share of an intervention sold out of Treasuries by month after it [draw, month]."""
        parts = np.stack([self[name] for name in FUNDING], axis=1)
        return np.asarray(parts / parts.sum(axis=1, keepdims=True))


@cache
def table() -> dict[str, MonitorRule]:
    """Read the rules."""
    return {row.name: row for row in read_as(MonitorRule, rows_of("studies.monitor", "rules"))}


def draw(n: int, seed: int = 0) -> RuleDraws:
    """Draw rules between their ends: triangular, so that nothing lies beyond them."""
    rng = np.random.default_rng(seed)
    found = {}
    for name, row in table().items():
        drawn = np.full(n, row.value)
        if row.low < row.high:
            drawn[1:] = rng.triangular(row.low, row.value, row.high, n - 1)
        found[name] = drawn
    return RuleDraws(found)
