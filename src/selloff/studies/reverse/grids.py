"""The sales that are tried, from the mildest to the harshest, for each thing to find."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from selloff.studies.measuring import Measurer
from selloff.studies.reverse.asking import AT_ONCE, OWN, FreeSale, Point, Tried
from selloff.studies.reverse.search import Searched, search
from selloff.studies.triggers import trigger_paths
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, InputError, Problem, books_of, holders, shown

_PARTS: Final = 8
"""Steps of the coarse grid from nothing to the whole book [count]."""
_YEARS: Final = (20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.25, 1 / 12, 5 / BUSINESS_DAYS_PER_YEAR)
_DAY: Final = 1 / BUSINESS_DAYS_PER_YEAR
_NEAR_USD: Final = 0.01
_NEAR_YEARS: Final = 1.05
"""Amounts and times nearer than this are the same answer [fraction of the larger; ratio]."""
_LARGE: Final = (3 / 8, 4 / 8, 5 / 8, 6 / 8, 7 / 8, 1.0)
"""Parts of the book of a sale as the triggers mean it: more than a third [fraction]."""
_DESCENTS: Final = (10.0, 5.0, 2.0, 1.0)
"""How long a controlled descent takes [years]."""
_WITHIN: Final = "10"
"""Years within which a path begins, as the triggers name them."""
_KNOWN: Final = ("jpn", "chn")
"""Whose sales the odds of the triggers are about."""


@dataclass(frozen=True)
class Road:
    """A sale, and how likely a path of its kind is to begin within ten years."""

    path: str
    """`dump` or `descent`."""
    odds: Mapping[str, float]
    """Mean over draws, and the range from 5 to 95 percent of them [fraction]."""
    asked: Tried

    @property
    def joint_frac(self) -> float:
        """Give the chance that a path of this kind begins and this sale brings the event about."""
        return self.odds["mean"] * self.asked.chance


def find_smallest(sale: FreeSale, measurer: Measurer, wanted: float) -> Searched:
    """Find the smallest amount, at the pace of the scenario."""
    most = sale.most_usd_bn
    grid: list[Point] = [(most * part / _PARTS, OWN) for part in range(_PARTS + 1)]

    def between(mild: Point, harsh: Point) -> Point | None:
        is_near = harsh[0] - mild[0] <= _NEAR_USD * harsh[0]
        return None if is_near else ((mild[0] + harsh[0]) / 2, OWN)

    return search(lambda points: sale.ask(points, measurer), grid, between, wanted=wanted)


def find_fastest(sale: FreeSale, measurer: Measurer, wanted: float) -> Searched:
    """Find the longest time that an amount may take."""
    (seller,) = sale.scenario.sellers
    amount = seller.sale_usd_bn or (seller.sale_frac or 0.0) * sale.most_usd_bn
    horizon = sale.scenario.horizon_years
    years = [horizon, *(each for each in _YEARS if each < horizon), AT_ONCE]

    def between(mild: Point, harsh: Point) -> Point | None:
        long, short = mild[1] or 0.0, harsh[1] or _DAY
        return None if long <= _NEAR_YEARS * short else (amount, sqrt(long * short))

    grid: list[Point] = [(amount, each) for each in years]
    return search(lambda points: sale.ask(points, measurer), grid, between, wanted=wanted)


def find_likeliest(
    sale: FreeSale, measurer: Measurer, wanted: float
) -> tuple[Searched, tuple[Road, ...]]:
    """Find the sale with the largest odds times chance, of those with the chance wanted."""
    _check_known(sale.scenario.sellers[0].holder)
    told = trigger_paths(vintage=sale.scenario.vintage, draws=measurer.draws, seed=measurer.seed)
    horizon = sale.scenario.horizon_years
    kinds = {"descent": [each for each in _DESCENTS if each <= horizon], "dump": [AT_ONCE]}
    points: list[tuple[str, Point]] = [
        (path, (part * sale.most_usd_bn, years))
        for path, paces in kinds.items()
        for years in paces
        for part in _LARGE
    ]
    odds = {path: told["paths"][path]["chance_frac"][_WITHIN] for path in kinds}
    asked = sale.ask([point for _, point in points], measurer)
    roads = tuple(Road(path, odds[path], one) for (path, _), one in zip(points, asked, strict=True))
    fit = [each for each in roads if each.asked.chance >= wanted]
    found = max(fit, key=_likelier).asked if fit else None
    return Searched(tuple(asked), found, ()), roads


def _likelier(road: Road) -> tuple[float, float, float]:
    """Order by odds times chance; of equals the smaller and then the slower sale."""
    return road.joint_frac, -road.asked.sale_usd_bn, road.asked.years or 0.0


def _check_known(holder: str) -> None:
    homes: Sequence[str] = [holders()[one].residence for one in books_of(holder)]
    if set(homes) <= set(_KNOWN):
        return
    allowed = "with --find likeliest, Japan or China: the odds of the triggers are about them"
    remedy = "Give --seller jpn or chn, or --find smallest."
    raise InputError([Problem(where="seller", given=shown(holder), allowed=allowed, remedy=remedy)])
