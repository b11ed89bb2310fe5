"""Answers of a study without the engine: a formula in place of a simulation."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from selloff.scenario import Scenario
from selloff.studies.measuring import Measurer

METRIC = "us_10y_peak_bp"
"""The larger and faster the sale, the higher; each draw by its own number."""
BOOK = 1000.0
"""What a share is a share of [USD bn]."""


class Formula(Measurer):
    """Answers at once, and remembers what it was asked."""

    asked: list[Scenario]

    def ask(self, scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
        self.asked = [*getattr(self, "asked", []), *scenarios]
        self._count(len(scenarios), len(scenarios))
        self.n_asked += len(scenarios)
        return [self._numbers(one) for one in scenarios]

    def _numbers(self, one: Scenario) -> dict[str, Any]:
        (seller,) = one.sellers
        sold = seller.sale_usd_bn or (seller.sale_frac or 0.0) * BOOK
        level = sold / 10.0 / (1.0 + getattr(seller.pace, "years", 0.0)) + 3.0 * self.seed
        draws = np.arange(self.draws)
        found = {METRIC: level + draws - self.draws // 2}
        if one.horizon_years >= 2:
            found["days_to_complete"] = np.where(draws <= self.draws // 2, level, np.nan)
        return found
