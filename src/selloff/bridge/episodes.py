"""Down to arrays: an episode of the past becomes inputs of the engine."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.lower import Lowered, Plan, assemble
from selloff.bridge.rows import rows
from selloff.bridge.schedule import Programme, Timeline, face_by_bucket, timeline
from selloff.data import Vintage, trading_days
from selloff.engine import Outside
from selloff.evidence import Bank
from selloff.scenario import Episode, Flow, Reactions
from selloff.vocab import ASSETS, BOND_MARKETS, BUCKETS, BUSINESS_DAYS_PER_YEAR, CURRENCIES

Array = NDArray[np.float64]
_ONE_DAY = timedelta(days=1)
_LENGTHS = (8, 32, 128, BUSINESS_DAYS_PER_YEAR)
_SELLING = 4
"""Seats of sellers, so that few programs are compiled."""


NOBODY = Reactions(**dict.fromkeys(Reactions.model_fields, False))
"""No reaction at all."""


@dataclass(frozen=True, eq=False)
class Tranche:
    """One flow of an episode, spread over its days."""

    flow: Flow
    face: Array
    """What is still to come and not expected when the window opens, by bucket; of a currency or of
    bonds abroad one number, below zero where it is sold [USD bn]."""
    by_step: Array
    """The part of it that falls in each step [fraction]."""
    wait: float
    """Mean time until it happens, after the window too [years]."""


def lower_episode(
    episode: Episode,
    world: Vintage,
    bank: Bank,
    *,
    reactions: Reactions = NOBODY,
) -> Lowered:
    """Turn an episode into arrays.

    Source: flows are even over their trading days, an assumption: days are not published.
    """
    steps = _steps(episode)
    flows = [f for f in episode.flows if episode.policy == "on" or f.holder != "fed"]
    names = list(dict.fromkeys(f.holder for f in flows if _is_sale(f) and f.holder))
    who = rows(names, world, seats=_SELLING)
    books = {
        name: world.books[list(members)].sum(axis=0)
        for name, members in zip(names, who.sellers, strict=False)
    }
    parts = [_tranche(f, episode, books, world=world, steps=steps) for f in flows]
    sold = [[p for p in parts if _is_sale(p.flow) and p.flow.holder == name] for name in names]
    sold += [[]] * (len(who.sellers) - len(names))
    ahead = np.array([p.flow.announced_frac * abs(p.face.sum()) for p in parts])
    waits = np.array([p.wait for p in parts])
    mean_wait = float(ahead @ waits / ahead.sum()) if ahead.sum() > 0.0 else 1.0
    sellers = _sellers(sold, steps, mean_wait=mean_wait)
    plan = Plan(
        steps, who, sellers, _outside(parts, steps), mean_wait, reactions, shocks=episode.shocks
    )
    return assemble(plan, world, bank, until=episode.start)


def _is_sale(flow: Flow) -> bool:
    """Whether a flow is one of Treasuries sold."""
    return flow.sale_usd_bn is not None and flow.market is None


def _steps(episode: Episode) -> Timeline:
    """At least the window; few different lengths, so that few programs are compiled."""
    n_days = max(trading_days(episode.start, episode.end), 1)
    enough = next((n for n in _LENGTHS if n >= n_days), n_days)
    return timeline(enough / BUSINESS_DAYS_PER_YEAR)


def _tranche(
    flow: Flow, episode: Episode, books: dict[str, Array], *, world: Vintage, steps: Timeline
) -> Tranche:
    first = flow.first_day or episode.start + _ONE_DAY
    last = flow.last_day or episode.end
    ahead = _days_between(episode, first)
    length = max(trading_days(first - _ONE_DAY, last), 1)
    # What went by before the window opened, or was expected, belongs to its opening prices.
    done = np.clip((np.r_[0.0, steps.ends] - ahead) / length, 0.0, 1.0)
    begins, ends = max(ahead, 0), max(ahead + length, 0)
    return Tranche(
        flow,
        _face(flow, books, world) * (1.0 - done[0]) * (1.0 - flow.expected_frac),
        np.diff(done) / max(1.0 - done[0], 1e-12),
        0.5 * (begins + ends) / BUSINESS_DAYS_PER_YEAR,
    )


def _days_between(episode: Episode, first: date) -> int:
    """Trading days of the window before a day; below zero if the day is before the window."""
    day = first - _ONE_DAY
    if day >= episode.start:
        return trading_days(episode.start, day)
    return -trading_days(day, episode.start)


def _face(flow: Flow, books: dict[str, Array], world: Vintage) -> Array:
    if flow.currency_usd_bn is not None:
        return np.array([flow.currency_usd_bn])
    if flow.market is not None:
        return np.array([(flow.purchase_usd_bn or 0.0) - (flow.sale_usd_bn or 0.0)])
    if flow.purchase_usd_bn is not None:
        return face_by_bucket(flow.purchase_usd_bn, flow.buckets, world.outstanding)
    return face_by_bucket(flow.sale_usd_bn or 0.0, flow.buckets, books[flow.holder or ""])


def _sellers(sold: list[list[Tranche]], steps: Timeline, *, mean_wait: float) -> Programme:
    n_s, n_t, n_b, n_a = len(sold), steps.days.size, len(BUCKETS), len(ASSETS)
    scheduled, programme = np.zeros((n_t, n_s, n_b)), np.zeros((n_s, n_b))
    announced, into = np.zeros(n_s), np.zeros((n_s, n_a))
    for i, each in enumerate(sold):
        for part in each:
            face = part.face.sum()
            scheduled[:, i] += np.outer(part.by_step, part.face)
            programme[i] += part.face
            announced[i] += part.flow.announced_frac * face
            into[i] += face * np.array(ASSETS.lay(part.flow.proceeds, 0.0))
    total = programme.sum(axis=1)
    weight = 1.0 / np.where(total > 0.0, total, 1.0)
    return Programme(
        scheduled=scheduled,
        programme=programme,
        turnover_frac=np.full(n_s, np.inf),
        ordered=np.zeros(n_s, dtype=bool),
        before=np.zeros((n_s, n_b, n_b)),
        refills=np.array(
            [float(any(p.flow.buckets == "bills_first" for p in each)) for each in sold]
        ),
        announced=announced * weight,
        into=into * weight[:, None],
        hostility=np.zeros(n_s),
        due=float(steps.ends[-1]),
        mean_wait=mean_wait,
    )


def _outside(parts: list[Tranche], steps: Timeline) -> Outside:
    n_t, n_b, n_k = steps.days.size, len(BUCKETS), len(CURRENCIES) - 1
    purchases, programme = np.zeros((n_t, n_b)), np.zeros(n_b)
    announced, currency = np.zeros(n_b), np.zeros((n_t, n_k))
    abroad, ahead = np.zeros((2, n_t, len(BOND_MARKETS)))
    for part in parts:
        if part.flow.market is not None:
            column = BOND_MARKETS.at(part.flow.market)
            abroad[:, column] += part.by_step * part.face[0]
            to_come = part.flow.announced_frac * part.face[0] * (1.0 - np.cumsum(part.by_step))
            ahead[:, column] += to_come
        elif part.flow.purchase_usd_bn is not None:
            purchases += np.outer(part.by_step, part.face)
            programme += part.face
            announced += part.flow.announced_frac * part.face
        elif part.flow.currency_usd_bn is not None:
            column = CURRENCIES.index(part.flow.currency or "") - 1
            currency[:, column] += part.by_step * part.face[0]
    return Outside(
        purchases=put(purchases),
        programme=put(programme),
        announced=put(announced / np.where(programme > 0.0, programme, 1.0)),
        currency=put(currency),
        foreign_bonds=put(abroad),
        foreign_ahead=put(ahead),
    )
