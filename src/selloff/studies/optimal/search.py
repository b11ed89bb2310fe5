"""The search: from the closed forms by simulated bills, without slopes, for each aversion."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from selloff.evidence import fixed
from selloff.model.pricing.execution import end_block, urgency_of
from selloff.studies.measuring import Measurer, Progress
from selloff.studies.optimal.plans import (
    MOST_AT_ENDS,
    MOST_HASTE,
    ORDERS,
    SHORTEST_YEARS,
    WayDown,
    plain_plan,
    scenario_of,
)
from selloff.studies.optimal.scoring import Score, score
from selloff.studies.optimal.settings import HORIZON_YEARS, DescentQuestion
from selloff.vocab import ASSET_CURRENCY

Numbers = NDArray[np.float64]
EVEN_YEARS: Final = (SHORTEST_YEARS, 1.0 / 12.0, 0.25, 0.5, 1.0, 2.0, 5.0, HORIZON_YEARS)
"""Even paces that are tried first, from a dump to a decade [years]."""
_TOLD_YEARS: Final = (0.5, 2.0, HORIZON_YEARS)
_BLOCK_YEARS: Final = (0.25, 1.0)
_HEDGED_YEARS: Final = (2.0, HORIZON_YEARS)
_SHORTEST_HEDGE: Final = 1.0 / 12.0
_FIRST_STEP: Final = 0.15
_BROKEN: Final = 1000.0
"""What breaking a limit by its own size weighs in the search [USD bn]."""


@dataclass
class Search:
    """All that was found so far; every plan is asked once and serves every aversion."""

    question: DescentQuestion
    measurer: Measurer
    progress: Progress | None = None
    total: int = 1
    scores: dict[WayDown, Score] = field(default_factory=dict)

    def ask(self, plans: Sequence[WayDown]) -> list[Score]:
        """Score plans, those not yet asked in one go."""
        new = [each for each in dict.fromkeys(plans) if each not in self.scores]
        asked = [scenario_of(each, self.question) for each in new]
        for plan, numbers in zip(new, self.measurer.ask(asked), strict=True):
            self.scores[plan] = score(plan, numbers, self.question)
        if self.progress is not None:
            self.progress(len(self.scores), max(self.total, len(self.scores)))
        return [self.scores[each] for each in plans]

    def best(self, aversion: float) -> Score:
        """Pick the best plan that keeps the limits; where none does, the nearest."""

        def rank(each: Score) -> tuple[float, float]:
            return each.breach, each.worth(self.question, aversion)

        return min(self.scores.values(), key=rank)

    def improve(self, aversion: float, tries: int) -> None:
        """Go on from the best plan so far, by bills alone."""
        start = self.best(aversion).plan
        box = Box(self.question, start)
        if not tries:
            return

        def weighed(at: Numbers) -> float:
            (found,) = self.ask([box.plan(at)])
            return found.worth(self.question, aversion) + _BROKEN * found.breach

        minimize(
            weighed,
            box.place(start),
            method="COBYLA",
            bounds=[(0.0, 1.0)] * box.size,
            options={"rhobeg": _FIRST_STEP, "maxiter": max(tries, box.size + 2), "tol": 1e-3},
        )

    def reorder(self, aversion: float) -> None:
        """Try every order of maturities on the best plan."""
        plan = self.best(aversion).plan
        self.ask([replace(plan, order=each) for each in ORDERS])


class Box:
    """The numbers of a plan, each from zero to one; what a question does not leave open is kept."""

    def __init__(self, question: DescentQuestion, kept: WayDown) -> None:
        self.kept, self.n_mix = kept, len(question.into) - 1
        is_bought = any(ASSET_CURRENCY[each] != "USD" for each in question.into)
        self.names = ["years", "haste", "ends", "told"]
        self.names += ["hedged", "hedge_years"] if is_bought else []

    @property
    def size(self) -> int:
        """How many numbers [count]."""
        return len(self.names) + self.n_mix

    def place(self, plan: WayDown) -> Numbers:
        """Find a plan in the box."""
        scales = [_SCALES[name][0](getattr(plan, name)) for name in self.names]
        left = 1.0 - np.cumsum([0.0, *plan.mix[:-1]])
        sticks = [m / max(rest, 1e-12) for m, rest in zip(plan.mix, left, strict=True)]
        return np.clip([*scales, *sticks[: self.n_mix]], 0.0, 1.0)

    def plan(self, at: Numbers) -> WayDown:
        """Read a plan off a place in the box."""
        inside = np.clip(at, 0.0, 1.0)
        values: dict[str, Any] = {
            name: round(float(_SCALES[name][1](float(x))), _PLACES[name])
            for name, x in zip(self.names, inside, strict=False)
        }
        mix, rest = [], 1.0
        for stick in inside[len(self.names) :]:
            mix.append(round(rest * float(stick), _PLACES["mix"]))
            rest = round(rest - mix[-1], _PLACES["mix"])
        return plain_plan(replace(self.kept, **values, mix=(*mix, rest)))


def _log_scale(
    low: float, high: float
) -> tuple[Callable[[float], float], Callable[[float], float]]:
    wide = float(np.log(high / low))
    return lambda x: float(np.log(x / low)) / wide, lambda x: low * float(np.exp(x * wide))


def _even_scale(high: float) -> tuple[Callable[[float], float], Callable[[float], float]]:
    return lambda x: x / high, lambda x: x * high


_SCALES: Final = {
    "years": _log_scale(SHORTEST_YEARS, HORIZON_YEARS),
    "haste": _even_scale(MOST_HASTE),
    "ends": _even_scale(MOST_AT_ENDS),
    "told": _even_scale(1.0),
    "hedged": _even_scale(1.0),
    "hedge_years": _log_scale(_SHORTEST_HEDGE, HORIZON_YEARS),
}
"""How each number of a plan is laid on zero to one, and back."""

_PLACES: Final = {
    "years": 6,
    "haste": 2,
    "ends": 2,
    "told": 2,
    "hedged": 2,
    "hedge_years": 2,
    "mix": 2,
}
"""Digits that a seller would write down; finer plans are one plan [count]."""


def named_plans(question: DescentQuestion) -> dict[str, WayDown]:
    """The two ends of the question: all at once, and evenly over a decade, all of it home."""
    home = (1.0, *[0.0] * (len(question.into) - 1))
    return {
        "dump": WayDown(SHORTEST_YEARS, mix=home),
        "decade": WayDown(HORIZON_YEARS, mix=home),
    }


def first_plans(question: DescentQuestion) -> list[WayDown]:
    """Even paces, told and untold; hedges; and the blocks of Obizhaeva and Wang (2013)."""
    even = tuple([1.0 / len(question.into)] * len(question.into))
    resilience = np.log(2.0) / fixed("transient_half_life")
    blocks = [
        WayDown(
            years, ends=2.0 * float(end_block(np.asarray(years), np.asarray(resilience))), mix=even
        )
        for years in _BLOCK_YEARS
    ]
    return [
        *named_plans(question).values(),
        *(WayDown(years, mix=even) for years in EVEN_YEARS),
        *(WayDown(years, told=1.0, mix=even) for years in _TOLD_YEARS),
        *(WayDown(years, hedged=1.0, mix=even) for years in _HEDGED_YEARS),
        *blocks,
    ]


def urgent_plans(search: Search, aversions: Sequence[float]) -> list[WayDown]:
    """The paths of Almgren and Chriss (2000), with cost and risk as two even paces show them."""
    mix = tuple([1.0 / len(search.question.into)] * len(search.question.into))
    slow, fast = (search.scores[WayDown(years, mix=mix)] for years in (5.0, 0.5))
    temporary = max(fast.mean - slow.mean, 1.0) / (1.0 / 0.5 - 1.0 / 5.0)
    # An even sale of one unit has the variance sigma^2 T / 3.
    volatility = float(np.sqrt(3.0 / 5.0)) * slow.risk(search.question)
    plans = []
    for aversion in aversions:
        rate = _urgency(aversion, volatility, temporary)
        years = min(HORIZON_YEARS, MOST_HASTE / rate) if rate > 0.0 else HORIZON_YEARS
        plan = WayDown(max(years, SHORTEST_YEARS), haste=rate * years, mix=mix)
        plans += [plan, replace(plan, told=1.0)]
    return plans


def _urgency(aversion: float, volatility: float, temporary: float) -> float:
    """Turn an aversion to standard deviation into an urgency, as that to variance it comes to."""
    rate = 1.0
    for _ in range(50):
        deviation = volatility / np.sqrt(2.0 * rate)
        found = urgency_of(
            np.asarray(aversion / (2.0 * deviation)),
            np.asarray(volatility),
            temporary=np.asarray(temporary),
            permanent=np.asarray(0.0),
            interval=np.asarray(SHORTEST_YEARS),
        )
        rate = max(float(found), 1e-6)
    return rate if aversion > 0.0 else 0.0
