"""A plan in a few numbers: how long, how hasty, told or not, into what, and the scenario of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.model.pricing.execution import part_left
from selloff.scenario import Scenario, parse
from selloff.studies.optimal.settings import HORIZON_YEARS, DescentQuestion
from selloff.vocab import ASSET_CURRENCY, ASSET_LABELS, BUSINESS_DAYS_PER_YEAR, percents, span

Numbers = NDArray[np.float64]
ORDERS: Final = {
    "pro_rata": "all maturities alike",
    "short_first": "short maturities first",
    "long_first": "long maturities first",
    "bills_first": "bills first",
}
"""Every order of maturities, and how it is said."""
_TOLD: Final = {0.0: "unannounced", 1.0: "announced"}
SHORTEST_YEARS: Final = 1.0 / BUSINESS_DAYS_PER_YEAR
MOST_HASTE: Final = 8.0
MOST_AT_ENDS: Final = 0.8
_POINTS: Final = 40
_PLACES: Final = 8


@dataclass(frozen=True)
class WayDown:
    """How a seller goes about it."""

    years: float
    """From the first sale to the last [years]."""
    haste: float = 0.0
    """Urgency times years: zero is an even pace, seven sells half in the first tenth [ratio]."""
    ends: float = 0.0
    """Sold at once on the first day and on the last, half of it each [fraction]."""
    told: float = 0.0
    """Announced on the first day [fraction]."""
    order: str = "pro_rata"
    mix: tuple[float, ...] = (1.0,)
    """Parts of the proceeds, in the order of the question's destinations [fraction]."""
    hedged: float = 0.0
    """Part whose currency is bought on a path of its own, while the bonds go for dollars."""
    hedge_years: float = 1.0
    """How long that path is [years]."""

    @property
    def half_years(self) -> float:
        """When half is sold [years]."""
        fine = np.linspace(0.0, 1.0, 2001)
        return float(self.years * fine[np.argmax(done(self, fine) >= 0.5)])

    def words(self, question: DescentQuestion) -> str:
        """Say the plan."""
        parts = [
            "all at once" if self.years <= SHORTEST_YEARS else f"over {_time(self.years)}",
            *([f"half within {_time(self.half_years)}"] if self.years > SHORTEST_YEARS else []),
            _TOLD.get(self.told, f"{self.told:.0%} of it announced"),
            ORDERS[self.order],
            f"into {_listed(self.mix, question.into)}",
        ]
        if _is_hedged(self, question):
            parts.append(f"{self.hedged:.0%} of the currency bought over {_time(self.hedge_years)}")
        return ", ".join(parts)

    def summary(self, question: DescentQuestion) -> dict[str, Any]:
        """Give everything as plain values."""
        return asdict(self) | {
            "mix": dict(zip(question.into, self.mix, strict=True)),
            "half_years": self.half_years,
            "words": self.words(question),
        }


def done(plan: WayDown, part: Numbers) -> Numbers:
    """Share sold after each part of the time: blocks at both ends, an urgent path between.

    Source: Almgren and Chriss (2000) between the blocks of Obizhaeva and Wang (2013).
    """
    path = 1.0 - part_left(np.asarray(part), np.asarray(1.0), np.asarray(plan.haste))
    between = 0.5 * plan.ends + (1.0 - plan.ends) * path
    return np.where(part >= 1.0, 1.0, np.where(part > 0.0, between, 0.0))


def schedule(plan: WayDown, years: float = 0.0) -> list[dict[str, float]]:
    """Write the path as points of a scenario."""
    last = max(round((years or plan.years) * BUSINESS_DAYS_PER_YEAR), 1)
    days = np.unique(np.round(np.linspace(1, max(last - 1, 1), _POINTS)).astype(int))
    days = np.append(days[days < last], last)
    shares = np.round(np.minimum(done(plan, days / last), 1.0), _PLACES)
    # Rounding must not make a path fall.
    shares = np.maximum.accumulate(shares)
    return [
        {"day": int(day), "cum_frac": float(share)} for day, share in zip(days, shares, strict=True)
    ]


def scenario_of(plan: WayDown, question: DescentQuestion) -> Scenario:
    """Ask the model about a plan."""
    seller: dict[str, Any] = {
        "holder": question.seller,
        "pace": {"kind": "custom", "points": schedule(plan)},
        "announced_frac": round(plan.told, _PLACES),
        "hostility": question.hostility,
        "buckets": plan.order,
        "proceeds": _proceeds(plan, question),
    }
    amount = {"sale_frac": 1.0} if question.is_whole else {"sale_usd_bn": question.amount_usd_bn}
    if question.max_turnover is not None:
        seller["participation_cap_frac"] = question.max_turnover
    asked: dict[str, Any] = {
        "schema_version": 1,
        "name": "plan",
        "title": "A plan of the search for the best way down",
        "horizon_years": HORIZON_YEARS,
        "sellers": [seller | amount],
        "currency_flows": _flows(plan, question),
    }
    return parse(asked | ({"vintage": question.vintage} if question.vintage else {}))


def _proceeds(plan: WayDown, question: DescentQuestion) -> dict[str, float]:
    """What the bonds' dollars become; what is hedged stays in dollars."""
    found: dict[str, float] = {}
    for asset, part in zip(question.into, plan.mix, strict=True):
        kept = plan.hedged if _currency(asset) else 0.0
        found[asset] = found.get(asset, 0.0) + part * (1.0 - kept)
        found["usd_cash"] = found.get("usd_cash", 0.0) + part * kept
    total = sum(found.values())
    return {asset: part / total for asset, part in found.items() if part > 0.0}


def _flows(plan: WayDown, question: DescentQuestion) -> list[dict[str, Any]]:
    """Currency bought forward for what is hedged, evenly over its own years."""
    even = replace(plan, haste=0.0, ends=0.0)
    bought = _by_currency(plan, question)
    return [
        {
            "currency": currency,
            "amount_usd_bn": round(amount, _PLACES),
            "pace": {"kind": "custom", "points": schedule(even, plan.hedge_years)},
        }
        for currency, amount in bought.items()
        if amount > 0.0
    ]


def _by_currency(plan: WayDown, question: DescentQuestion) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for asset, part in zip(question.into, plan.mix, strict=True):
        if currency := _currency(asset):
            amount = plan.hedged * part * question.amount_usd_bn
            found[currency] = found.get(currency, 0.0) + amount
    return found


def plain_plan(plan: WayDown) -> WayDown:
    """Drop what makes no difference, so that one plan is asked once."""
    if not plan.hedged:
        plan = replace(plan, hedge_years=1.0)
    if plan.years <= SHORTEST_YEARS:
        plan = replace(plan, haste=0.0, ends=0.0)
    return plan


def _is_hedged(plan: WayDown, question: DescentQuestion) -> bool:
    return sum(_by_currency(plan, question).values()) > 0.0


def _currency(asset: str) -> str:
    """What must be bought for dollars on the way to an asset; empty where nothing must."""
    currency = ASSET_CURRENCY[asset]
    return "" if currency == "USD" else currency


def _time(years: float) -> str:
    days = round(years * BUSINESS_DAYS_PER_YEAR)
    return span(days / BUSINESS_DAYS_PER_YEAR) if years < 2.0 else span(round(years, 1))


def _listed(mix: Sequence[float], into: Sequence[str]) -> str:
    parts = [
        f"{percent} {ASSET_LABELS[asset]}"
        for part, percent, asset in zip(mix, percents(mix), into, strict=True)
        if part >= 0.005
    ]
    return " and ".join(parts)
