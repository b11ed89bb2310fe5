"""The best way down for each aversion to risk, told again on fresh draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from selloff.pipeline import Pool
from selloff.studies.measuring import Measurer, Progress
from selloff.studies.optimal.plans import scenario_of
from selloff.studies.optimal.scoring import Score, score
from selloff.studies.optimal.search import Search, first_plans, named_plans, urgent_plans
from selloff.studies.optimal.settings import DescentQuestion
from selloff.studies.optimal.telling import tell_frontier

SEARCH_DRAWS: Final = 100
FINAL_DRAWS: Final = 400
TRIES: Final = 16
"""Plans tried for each aversion beyond the first ones, unless told otherwise [count]."""
_REORDERED: Final = 3


@dataclass(frozen=True)
class Frontier:
    """What the search found, in the numbers of fresh draws."""

    question: DescentQuestion
    search_draws: int
    final_draws: int
    seed: int
    tried: tuple[Score, ...]
    """All plans of the search, on its own draws."""
    best: Mapping[float, Score]
    """By aversion to risk, on fresh draws."""
    named: Mapping[str, Score]
    """The dump and the decade, on fresh draws."""
    nearest: bool
    """Whether no plan kept the limits, and these come nearest."""

    @property
    def sentences(self) -> list[str]:
        """Answer in words."""
        return tell_frontier(self)

    def summary(self) -> dict[str, Any]:
        """Give everything as plain values."""
        asked = self.question
        return {
            "seller": asked.seller,
            "seller_name": asked.name,
            "amount_usd_bn": asked.amount_usd_bn,
            "into": list(asked.into),
            "objective": asked.objective,
            "risk": asked.risk,
            "hostility": asked.hostility,
            "max_turnover_frac": asked.max_turnover,
            "limits": [each.words for each in asked.limits],
            "search_draws": self.search_draws,
            "final_draws": self.final_draws,
            "seed": self.seed,
            "sales_tried": len(self.tried),
            "limits_kept": not self.nearest,
            "sentences": self.sentences,
            "best": [
                {"aversion": aversion, **each.summary(asked)}
                for aversion, each in self.best.items()
            ],
            "named": {name: each.summary(asked) for name, each in self.named.items()},
            "tried": [
                {"mean_usd_bn": each.mean, "risk_usd_bn": each.risk(asked), "breach": each.breach}
                for each in self.tried
            ],
        }


def find_frontier(
    question: DescentQuestion,
    *,
    draws: int = SEARCH_DRAWS,
    final_draws: int = FINAL_DRAWS,
    tries: int = TRIES,
    seed: int = 0,
    folder: Path | None = None,
    pool: Pool | None = None,
    progress: Progress | None = None,
) -> Frontier:
    """Search on one set of draws, and tell what was found on another."""
    measurer = Measurer(draws=draws, seed=seed, folder=folder, pool=pool)
    search = Search(question, measurer, progress)
    aversions = question.aversions
    first = first_plans(question)
    search.total = len(first) + len(aversions) * (2 + tries + _REORDERED)
    search.ask(first)
    search.ask(urgent_plans(search, aversions))
    for aversion in aversions:
        search.improve(aversion, tries)
        search.reorder(aversion)
    chosen = {aversion: search.best(aversion) for aversion in aversions}
    plans = {aversion: each.plan for aversion, each in chosen.items()}
    named = named_plans(question)
    fresh = Measurer(draws=final_draws, seed=seed + 1, folder=folder, pool=pool, progress=progress)
    asked = [*plans.values(), *named.values()]
    numbers = fresh.ask([scenario_of(each, question) for each in asked])
    told = [score(plan, found, question) for plan, found in zip(asked, numbers, strict=True)]
    return Frontier(
        question=question,
        search_draws=draws,
        final_draws=final_draws,
        seed=seed,
        tried=tuple(search.scores.values()),
        best=dict(zip(plans, told, strict=False)),
        named=dict(zip(named, told[len(plans) :], strict=True)),
        nearest=any(each.breach > 0.0 for each in chosen.values()),
    )
