"""From a seller's words to the face it puts up for sale in each step."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.bill import unhedged_into
from selloff.bridge.rows import Rows
from selloff.data import Vintage
from selloff.engine import Outside
from selloff.scenario import (
    BlockPace,
    Buckets,
    CurrencyFlow,
    Custom,
    Exponential,
    FedProgramme,
    Linear,
    Pace,
    Seller,
    is_above,
)
from selloff.vocab import (
    ASSETS,
    BOND_MARKETS,
    BUCKETS,
    BUSINESS_DAYS_PER_MONTH,
    BUSINESS_DAYS_PER_YEAR,
    CURRENCIES,
    MONTHS_PER_YEAR,
    Problem,
    ScenarioError,
)

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Timeline:
    """Steps of a run: business days for a year, then months."""

    days: Array
    """Length of each step [business days]."""

    @property
    def ends(self) -> Array:
        """Business day on which each step ends [business days]."""
        return np.cumsum(self.days)

    @property
    def years(self) -> Array:
        """Length of each step [years]."""
        return self.days / BUSINESS_DAYS_PER_YEAR


@lru_cache(maxsize=16)
def timeline(horizon_years: float) -> Timeline:
    """Lay out the two clocks."""
    n_days = round(min(horizon_years, 1.0) * BUSINESS_DAYS_PER_YEAR)
    n_months = round(max(horizon_years - 1.0, 0.0) * MONTHS_PER_YEAR)
    return Timeline(np.r_[np.ones(n_days), np.full(n_months, float(BUSINESS_DAYS_PER_MONTH))])


def done_by(pace: Pace, day: Array) -> Array:
    """Share of a sale that is due by the end of a day of selling."""
    selling = np.maximum(day, 0.0)
    match pace:
        case BlockPace():
            return np.asarray(selling > 0.0, dtype=np.float64)
        case Linear(years=years):
            return np.minimum(selling / max(years * BUSINESS_DAYS_PER_YEAR, 1.0), 1.0)
        case Exponential(half_life_years=half_life):
            return 1.0 - 0.5 ** (selling / (half_life * BUSINESS_DAYS_PER_YEAR))
        case Custom(points=points):
            days = [0.0, *(point.day for point in points)]
            return np.interp(selling, days, [0.0, *(point.cum_frac for point in points)])


def amounts(seller: Seller, book: Array) -> Array:
    """Face a seller means to sell out of each bucket."""
    total = float(book.sum())
    if seller.sale_frac is not None:
        return face_by_bucket(seller.sale_frac * total, seller.buckets, book)
    sale = seller.sale_usd_bn or 0.0
    if is_above(sale, total):
        raise ScenarioError(
            [
                Problem(
                    where="sellers",
                    given=f"{sale:.10g} USD bn sold by {seller.holder}",
                    allowed=f"at most {total:.10g}, which is all that it holds",
                    remedy="Lower sale_usd_bn, or give sale_frac: 1 for the whole book.",
                )
            ]
        )
    return face_by_bucket(min(sale, total), seller.buckets, book)


def face_by_bucket(wanted: float, buckets: Buckets, book: Array) -> Array:
    """Spread an amount of face over buckets."""
    total = float(book.sum())
    if buckets == "pro_rata":
        return book * (wanted / total) if total > 0.0 else book * 0.0
    if isinstance(buckets, str):
        return _in_turn(buckets, book, np.asarray(wanted))
    return wanted * np.array(BUCKETS.lay(buckets, 0.0))


@dataclass(frozen=True, eq=False)
class Programme:
    """All sellers' schedules, as arrays over steps, sellers and buckets."""

    scheduled: Array
    programme: Array
    turnover_frac: Array
    ordered: NDArray[np.bool_]
    before: Array
    refills: Array
    announced: Array
    into: Array
    hostility: Array
    due: float
    """Business day of the last scheduled sale [business days]."""
    mean_wait: float
    """Mean time until a scheduled sale [years]."""


def programme(
    sellers: Sequence[Seller], world: Vintage, rows: Rows, *, steps: Timeline
) -> Programme:
    """Write down what all sellers mean to do; an empty seat means to do nothing."""
    n_t, n_s, n_b = steps.days.size, len(rows.sellers), len(BUCKETS)
    due, put_up = np.zeros((n_t, n_s)), np.zeros((n_t, n_s, n_b))
    face, before = np.zeros((n_s, n_b)), np.zeros((n_s, n_b, n_b))
    into = np.zeros((n_s, len(ASSETS)))
    for i, seller in enumerate(sellers):
        due[:, i] = done_by(seller.pace, steps.ends - (seller.start_day - 1))
        face[i] = amounts(seller, world.books[list(rows.sellers[i])].sum(axis=0))
        put_up[:, i] = _put_up(seller, due[:, i], face[i])
        before[i] = _before(seller)
        into[i] = ASSETS.lay(seller.proceeds, 0.0)
    last, wait = _when((np.diff(due, axis=0, prepend=0.0) * face.sum(axis=1)).sum(axis=1), steps)
    return Programme(
        scheduled=np.diff(put_up, axis=0, prepend=0.0),
        programme=face,
        turnover_frac=_seated([s.participation_cap_frac or np.inf for s in sellers], n_s, np.inf),
        ordered=_seated([_is_in_turn(s) for s in sellers], n_s) > 0.0,
        before=before,
        refills=_seated([float(s.buckets == "bills_first") for s in sellers], n_s),
        announced=_seated([s.announced_frac for s in sellers], n_s),
        into=unhedged_into(into, face, rows, world),
        hostility=_seated([s.hostility for s in sellers], n_s),
        due=last,
        mean_wait=wait,
    )


def _when(face: Array, steps: Timeline) -> tuple[float, float]:
    """Last business day on which face is due, and the mean wait for it [years]."""
    active = np.nonzero(face > 0.0)[0]
    if not active.size:
        return 0.0, 1.0
    wait = (face @ (steps.ends / BUSINESS_DAYS_PER_YEAR)) / face.sum()
    return float(steps.ends[active[-1]]), float(wait)


def _seated(values: Sequence[float], n_seats: int, empty: float = 0.0) -> Array:
    """One number a seat."""
    return np.array([*values, *[empty] * (n_seats - len(values))])


def outside(
    flows: Sequence[CurrencyFlow],
    bank: FedProgramme | None,
    world: Vintage,
    *,
    steps: Timeline,
) -> Outside:
    """Write down what happens by prescription beside the sellers."""
    currency = np.zeros((steps.days.size, len(CURRENCIES) - 1))
    nothing = np.zeros((steps.days.size, len(BOND_MARKETS)))
    for flow in flows:
        due = done_by(flow.pace, steps.ends - (flow.start_day - 1))
        currency[:, CURRENCIES.index(flow.currency) - 1] += flow.amount_usd_bn * np.diff(
            due, prepend=0.0
        )
    mix = world.outstanding * (np.arange(len(BUCKETS)) > 0)
    face, due = np.zeros(len(BUCKETS)), np.zeros(steps.days.size)
    if bank is not None:
        face = bank.amount_usd_bn * mix / mix.sum()
        due = done_by(bank.pace, steps.ends - (bank.start_day - 1))
    return Outside(
        purchases=put(np.outer(np.diff(due, prepend=0.0), face)),
        programme=put(face),
        announced=put(np.full(face.size, bank.announced_frac if bank is not None else 0.0)),
        currency=put(currency),
        foreign_bonds=put(nothing),
        foreign_ahead=put(nothing),
    )


def mean_wait(sellers: Programme, given: Outside, steps: Timeline) -> float:
    """Average how long the market waits for what is announced to it; a year where nothing is."""
    announced = float(np.sum(sellers.announced * sellers.programme.sum(axis=1)))
    bought = np.asarray(given.purchases).sum(axis=1)
    announced_too = float(np.asarray(given.announced) @ np.asarray(given.programme))
    if not announced and not announced_too:
        # Nobody waits: one length for every pace, so that its price map is solved once.
        return 1.0
    if announced_too <= 0.0:
        return sellers.mean_wait
    wait = float(bought @ steps.ends / bought.sum()) / BUSINESS_DAYS_PER_YEAR
    return (announced * sellers.mean_wait + announced_too * wait) / (announced + announced_too)


def _put_up(seller: Seller, due: Array, face: Array) -> Array:
    """Face put up for sale by the end of each step, bucket by bucket."""
    if _is_in_turn(seller):
        return _in_turn(str(seller.buckets), face, due * face.sum())
    return due[:, None] * face


def _in_turn(rule: str, book: Array, wanted: Array) -> Array:
    """Whole buckets in the rule's order until the wanted face is reached."""
    order = _order(rule)
    ahead = np.empty_like(book)
    ahead[order] = np.cumsum(book[order]) - book[order]
    return np.clip(wanted[..., None] - ahead, 0.0, book)


def _is_in_turn(seller: Seller) -> bool:
    return seller.buckets in ("bills_first", "short_first", "long_first")


def _order(rule: str) -> NDArray[np.intp]:
    order = np.arange(len(BUCKETS))
    return order[::-1] if rule == "long_first" else order


def _before(seller: Seller) -> Array:
    """before[b, c] is one where bucket c is sold ahead of bucket b."""
    rank = np.argsort(_order(str(seller.buckets)))
    return np.asarray(rank[None, :] < rank[:, None], dtype=np.float64)
