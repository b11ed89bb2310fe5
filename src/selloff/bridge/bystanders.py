"""Who may sell of its own accord, stress from elsewhere, and switches, as arrays."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.rows import CHINA, LAST_SEATS, MINISTRY, Rows
from selloff.bridge.schedule import Timeline
from selloff.data import CLASSES, Vintage, emerging, sells_bills_first, ties
from selloff.engine import Switches
from selloff.evidence import fixed
from selloff.model.mechanisms import Bystanders
from selloff.scenario import Reactions, Shock
from selloff.vocab import ASSETS, BUCKETS, BUSINESS_DAYS_PER_YEAR, SHOCKS, holders

Array = NDArray[np.float64]


@lru_cache(maxsize=8)
def bystanders(who: Rows, world: Vintage) -> Bystanders:
    """Describe everyone that may sell of its own accord.

    Source: the vintage; ties and sales of 2020 from `assumptions/ties.csv`.
    """
    books = np.stack([world.books[list(seat)].sum(axis=0) for seat in who.bystanders])
    total = books.sum(axis=1)
    even = np.full(len(BUCKETS), 1.0 / len(BUCKETS))
    shares = books / np.where(total > 0.0, total, 1.0)[:, None]
    n_officials = len(who.bystanders) - len(LAST_SEATS)
    seats = np.arange(len(who.bystanders))
    official = seats < n_officials
    table, known = holders(), ties()
    homes = [table[world.holders[seat[0]]].residence if seat else "" for seat in who.bystanders]
    member, own = np.zeros((seats.size, len(CLASSES))), np.zeros(seats.size)
    for i, home in enumerate(homes[:n_officials]):
        if home in known:
            member[i, CLASSES.index(known[home].ties)] = 1.0
            own[i] = sold_in_march(home)
    emerge = {each.iso3 for each in emerging(world.date, world.snapshot)[0]}
    japan, private, ministry = seats.size - np.array([3, 2, 1])
    return Bystanders(
        books=put(total),
        profile=put(np.where(total[:, None] > 0.0, shares, even)),
        bills_first=put([float(_bills_first(seat, world)) for seat in who.bystanders]),
        into=put(_into(n_officials)),
        official=put(np.where(official | (seats == ministry), 1.0, 0.0)),
        runs=put(official * 1.0),
        member=put(member),
        own_stress=put(own),
        defends=put(official * np.array([float(home in emerge) for home in homes])),
        flees=put((seats == private) * 1.0),
        rebalances=put((seats == japan) * 1.0),
        intervenes=put((seats == ministry) * 1.0),
    )


def _bills_first(seat: tuple[int, ...], world: Vintage) -> bool:
    """Holders of one seat are of one kind; an empty one sells nothing."""
    return bool(seat) and sells_bills_first(world.holders[seat[0]])


def sold_in_march(home: str) -> float:
    """Part of its Treasuries that an economy sold in March and April 2020; the usual one else.

    Source: `assumptions/ties.csv`.
    """
    known = ties().get(home)
    sold = None if known is None else known.sold_2020_frac
    return fixed("own_stress_typical") if sold is None else sold


def _into(n_officials: int) -> Array:
    """Officials keep dollars; Tokyo's private holders repay hedges or go home; others go home."""
    unhedged = 1.0 - fixed("hedge_ratio_insurers")
    into = np.zeros((n_officials + len(LAST_SEATS), len(ASSETS)))
    into[:n_officials, ASSETS.at("usd_cash")] = 1.0
    into[n_officials, ASSETS.at("jgb")] = unhedged
    into[n_officials, ASSETS.at("usd_cash")] = 1.0 - unhedged
    into[n_officials + 1, ASSETS.at("eur_cash")] = 1.0
    into[n_officials + 2, ASSETS.at("jpy_cash")] = 1.0
    return into


def elsewhere(shocks: tuple[Shock, ...], steps: Timeline) -> Array:
    """What comes from elsewhere, step by step, by kind [ratio]."""
    usual = fixed("shock_half_life") * BUSINESS_DAYS_PER_YEAR
    found = np.zeros((steps.days.size, len(SHOCKS)))
    for shock in shocks:
        since = steps.ends - shock.start_day
        fading = 0.5 ** (np.maximum(since, 0.0) / (shock.half_life_days or usual))
        found[:, SHOCKS.at(shock.kind)] += np.where(since >= 0.0, shock.size * fading, 0.0)
    return found


def seller_countries(who: Rows, world: Vintage) -> Array:
    """Count the countries behind each seller, as if they were of one size: 1 / sum of w squared.

    Source: the inverse of Herfindahl's index; one for a country, whatever books it has.
    """
    table = holders()
    found = np.ones(len(who.sellers))
    for s, members in enumerate(who.sellers):
        homes = [table[world.holders[i]].residence for i in members]
        books = [
            sum(world.books[i].sum() for i, at in zip(members, homes, strict=True) if at == home)
            for home in dict.fromkeys(homes)
        ]
        if len(books) > 1 and sum(books) > 0.0:
            found[s] = sum(books) ** 2 / sum(book**2 for book in books)
    return found


def switches(chosen: Reactions, who: Rows, world: Vintage, *, programme: Array) -> Switches:
    """Turn words into flags."""
    flags = {name: float(is_on) for name, is_on in chosen.model_dump().items()}
    faces = np.asarray(programme).sum(axis=1)
    sold = {
        world.holders[i]
        for members, face in zip(who.sellers, faces, strict=True)
        for i in members
        if face > 0.0
    }
    if MINISTRY in sold:
        flags["mof"] = 0.0
    if CHINA in sold:
        flags["leaning"] = 0.0
    return {name: put(flag) for name, flag in flags.items()}


def seller_ties(who: Rows, world: Vintage) -> Array:
    """Put sellers in classes as the United States sees them: a group by its most distant member.

    Source: `assumptions/ties.csv`; whoever is at home is as close as the closest.
    """
    table, known = holders(), ties()
    member = np.zeros((len(who.sellers), len(CLASSES)))
    for s, members in enumerate(who.sellers):
        homes = [table[world.holders[i]].residence for i in members]
        foreign = [CLASSES.index(known[home].ties) for home in homes if home in known]
        member[s, max(foreign, default=0)] = 1.0
    return member
