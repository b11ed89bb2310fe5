"""A market whose answers are known: cost grows with the rate of sale, risk with what waits."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.pipeline import Here
from selloff.scenario import Custom, Scenario
from selloff.studies.measuring import Numbers, Query
from selloff.studies.optimal.scoring import PARTS, WAITING

COST: Final = 20.0
"""Of a sale evenly over a year [USD bn]."""
RISK: Final = 60.0
"""Standard deviation of what waits a year [USD bn]."""
_ZEROS: Final = ("currency_waiting_loss_usd_bn", "us_gdp_trough_pct", "usdjpy_after_1y_pct")


def path(scenario: Scenario) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Days and what is still held after each."""
    pace = scenario.sellers[0].pace
    assert isinstance(pace, Custom)
    days = np.array([0.0, *(each.day for each in pace.points)])
    left = 1.0 - np.array([0.0, *(each.cum_frac for each in pace.points)])
    return days / 252.0, left


def cost_and_risk(scenario: Scenario) -> tuple[float, float]:
    """Almgren and Chriss, without what lasts."""
    at, left = path(scenario)
    years, sold = np.diff(at), -np.diff(left)
    middle = (left[:-1] ** 2 + left[:-1] * left[1:] + left[1:] ** 2) / 3.0
    return COST * float(np.sum(sold**2 / years)), RISK * float(np.sqrt(np.sum(middle * years)))


class Toy(Here):
    """Answers in place of the engine."""

    def __init__(self) -> None:
        self.n_asked = 0

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        del function
        for each, _ in items:
            self.n_asked += 1
            yield self.answer(each)

    def answer(self, query: Query) -> Numbers:
        scenario = Scenario.model_validate_json(query.scenario)
        cost, risk = cost_and_risk(scenario)
        luck = np.random.default_rng(query.seed).standard_normal(query.draws)
        luck = (luck - luck.mean()) / luck.std()
        nothing = np.zeros(query.draws)
        numbers = dict.fromkeys((*PARTS.values(), *WAITING, *_ZEROS), nothing)
        numbers |= {
            "seller_total_cost_usd_bn": nothing + cost,
            "seller_execution_loss_usd_bn": nothing + cost,
            "bond_waiting_loss_usd_bn": risk * luck,
            "us_10y_peak_bp": cost + 0.0 * luck,
            "fed_purchases_usd_bn": np.where(np.arange(query.draws) < cost, 10.0, 0.0),
        }
        return numbers
