"""A sale of some amount at some pace: how often it brings the event about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from selloff.data import DEFAULT_VINTAGE, vintage
from selloff.scenario import Books, Limits, Scenario, change
from selloff.studies.measuring import Measurer
from selloff.studies.reverse.bounds import Bound, hold
from selloff.studies.samples import share_range
from selloff.vocab import InputError, Problem

AT_ONCE: Final = 0.0
"""A sale as fast as the market takes it [years]."""
OWN: Final = None
"""The pace of the scenario itself."""
_DECIMALS: Final = 3
"""Of an amount: a million dollars."""


Point = tuple[float, float | None]
"""An amount [USD bn] and the years it takes."""


@dataclass(frozen=True)
class Tried:
    """A sale that was tried, and in how many draws the event came."""

    sale_usd_bn: float
    years: float | None
    """It takes so long; 0 is as fast as the market takes it, none as in the scenario."""
    n_came: int
    n_draws: int

    @property
    def chance(self) -> float:
        """Give the share of draws in which the event came."""
        return self.n_came / self.n_draws

    @property
    def band(self) -> tuple[float, float]:
        """Give the 90% range that sampling leaves of the chance (Wilson 1927)."""
        return share_range(self.n_came, self.n_draws)


@dataclass(frozen=True, eq=False)
class FreeSale:
    """One seller's sale, of which amount and pace are free."""

    scenario: Scenario
    bounds: tuple[Bound, ...]
    limits: Limits | None = None

    @cached_property
    def most_usd_bn(self) -> float:
        """Find the most that can be sold: the book, or what weights of maturities leave of it."""
        (seller,) = self.scenario.sellers
        book = self._books.get(seller.holder, 0.0)
        if not isinstance(book, Mapping):
            return book
        if isinstance(seller.buckets, str):
            return sum(book.values())
        return min(book[name] / part for name, part in seller.buckets.items() if part > 0.0)

    @property
    def _books(self) -> Books:
        month = self.scenario.vintage or DEFAULT_VINTAGE
        if callable(self.limits):
            return self.limits(month)
        return self.limits if self.limits is not None else vintage(month).books_by_name()

    def ask(self, points: Sequence[Point], measurer: Measurer) -> list[Tried]:
        """Try sales, each an amount and the years it takes."""
        rounded = [(round(amount, _DECIMALS), years) for amount, years in points]
        found = measurer.ask([self._of(*each) for each in rounded])
        came = [int(np.sum(hold(self.bounds, numbers))) for numbers in found]
        return [Tried(*each, n, measurer.draws) for each, n in zip(rounded, came, strict=True)]

    def _of(self, amount: float, years: float | None) -> Scenario:
        changes: dict[str, Any] = {"sellers.0.sale_frac": 0.0}
        if amount:
            changes = {"sellers.0.sale_usd_bn": min(amount, self.most_usd_bn)}
        if years is not OWN:
            evenly = {"kind": "linear", "years": years}
            changes["sellers.0.pace"] = evenly if years else {"kind": "block"}
        return change(self.scenario, changes)


def one_seller(scenario: Scenario) -> Scenario:
    """Refuse a scenario with nobody to vary, or with several."""
    if len(scenario.sellers) == 1:
        return scenario
    given = f"{len(scenario.sellers)} sellers"
    remedy = "Take another scenario, such as japan-dump."
    problem = Problem(where="like", given=given, allowed="one seller", remedy=remedy)
    raise InputError([problem])
