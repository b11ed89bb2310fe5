"""Clearing in plain loops: what the market takes, who carries it, and what dealers ask for it."""

import math

import numpy as np

from twin.arithmetic import Array, clipped, left_of_flow
from twin.state_numpy import Case, State, Tick


def inventory_limit(case: Case, depth: float) -> float:
    """Largest inventory at which dealers still bid."""
    who = case.who
    room = who.use_limit * who.dealer_capacity * depth
    return float(min(room / (1.0 - who.levered_share), room + who.levered_capacity))


def most_carried(case: Case, depth: float) -> float:
    """Inventory at which dealers are full to the brim."""
    who = case.who
    brim = who.dealer_capacity * depth
    return float(min(brim / (1.0 - who.levered_share), brim + who.levered_capacity))


def unsettled(case: Case, h: float) -> list[float]:
    """Part of a sale spread over the step that intermediaries hold at its end, by bucket."""
    own, groups = case.own, range(case.n_g)
    kept = [left_of_flow(own.speed[g], h) for g in groups]
    return [sum(kept[g] * own.shares[g, b] for g in groups) for b in range(case.n_b)]


def carried_over(case: Case, state: State, tick: Tick) -> list[float]:
    """Inventory of earlier steps still there at the end of this one, bucket by bucket."""
    kept = [math.exp(-case.own.speed[g] * tick.h) for g in range(case.n_g)]
    return [sum(kept[g] * state.gaps[g][b] for g in range(case.n_g)) for b in range(case.n_b)]


def delivered(case: Case, state: State, tick: Tick, wanted: list[float]) -> list[float]:
    """What the market delivers of what the central bank wants, bucket by bucket."""
    space = _space(case, tick, flow=wanted, carried=-sum(carried_over(case, state, tick)))
    taken = min(sum(wanted), case.who.daily_turnover * tick.days, space)
    return [each * taken / max(sum(wanted), 1e-12) for each in wanted]


def sales_and_served(
    case: Case, state: State, tick: Tick, *, others: list[float], bought: list[float]
) -> tuple[Array, float, float]:
    """What the market takes of each seller's backlog, and the part of others' sales that goes.

    Sellers whose book is frozen put up nothing; everybody is served in proportion. Last comes
    what found no taker.
    """
    who, sale = case.who, case.inputs.sale
    backlog = np.array(
        [
            [0.0 if state.others.frozen[s] == 1.0 else x for x in state.account.backlog[s]]
            for s in range(case.n_s)
        ]
    )
    turnover = who.daily_turnover * tick.days
    wanted = [
        min(sum(backlog[s]), min(sale.turnover_frac[s], case.own.participation) * turnover)
        for s in range(case.n_s)
    ]
    put_up = [sum(backlog[s, b] for s in range(case.n_s)) + others[b] for b in range(case.n_b)]
    made = sum(part * bought[b] for b, part in enumerate(unsettled(case, tick.h)))
    space = _space(case, tick, flow=put_up, carried=sum(carried_over(case, state, tick)) - made)
    in_all = sum(wanted) + sum(others)
    served = min(in_all, turnover, space) / max(in_all, 1e-12)
    sales = np.zeros_like(backlog)
    for s in range(case.n_s):
        mine = wanted[s] * served
        for b in range(case.n_b):
            if sale.ordered[s]:
                ahead = sum(backlog[s, c] for c in range(case.n_b) if sale.before[s, b, c] == 1.0)
                sales[s, b] = min(max(mine - ahead, 0.0), backlog[s, b])
            else:
                sales[s, b] = backlog[s, b] * mine / max(sum(backlog[s]), 1e-12)
    return sales, float(served), in_all - min(in_all, turnover, space)


def refill(case: Case, state: State, tick: Tick) -> Array:
    """Bills that sellers buy back, and what they sell of what they mean to keep to pay for them."""
    account, sale, rule = state.account, case.inputs.sale, case.own.refill
    swapped = np.zeros((case.n_s, case.n_b))
    first = len(state.holdings) - case.n_s
    for s in range(case.n_s):
        if sale.refills[s] == 0.0 or state.others.frozen[s] == 1.0:
            continue
        missing = rule.share * (sale.programme[s, 0] - account.to_come[s, 0])
        missing += account.refilled[s, 0]
        kept = [
            max(state.holdings[first + s, b] - account.to_come[s, b], 0.0)
            for b in range(1, case.n_b)
        ]
        bills = max(missing, 0.0) * (1.0 - math.exp(-rule.speed * tick.h))
        bills = min(bills, sum(kept))
        swapped[s, 0] = -bills
        for b in range(1, case.n_b):
            swapped[s, b] = bills * kept[b - 1] / max(sum(kept), 1e-12)
    return swapped


def _space(case: Case, tick: Tick, *, flow: list[float], carried: float) -> float:
    """Face that still fits, on the bucket whose other side is slowest."""
    kept = max(part if flow[b] > 0.0 else 0.0 for b, part in enumerate(unsettled(case, tick.h)))
    room = max(inventory_limit(case, tick.depth) - carried, 0.0)
    return room / (kept if kept > 0.0 else 1.0)


def levered_part(case: Case, inventory: float) -> float:
    """Levered funds take a fixed share while they have room."""
    room = case.who.levered_capacity
    return float(max(min(case.who.levered_share * inventory, room), -room))


def split(case: Case, inventory: list[float]) -> tuple[list[float], list[float]]:
    """Dealers' and levered funds' part of every bucket of the inventory."""
    total = sum(inventory)
    part = levered_part(case, total) / total if total != 0.0 else 0.0
    return [(1.0 - part) * each for each in inventory], [part * each for each in inventory]


def concession(case: Case, tick: Tick, inventory: list[float]) -> float:
    """Rise of the 10-year yield that dealers ask for: convex in the use of their books."""
    who, equivalents = case.who, case.inputs.books.equivalents
    face = sum(inventory[b] * equivalents[b] for b in range(case.n_b))
    dealers = sum(inventory) - levered_part(case, sum(inventory))
    use = dealers / (who.dealer_capacity * tick.depth)
    bend = clipped(use) ** who.stress_power
    if use > 1.0:
        # Straight on from full books.
        bend = 1.0 + who.stress_beyond * (use - 1.0)
    stress = 1.0 + (who.stress_multiple - 1.0) * bend
    return float(who.wedge * face * stress * _surprise(case))


def _surprise(case: Case) -> float:
    """What announcements leave of it, over sales and purchases by their face."""
    sale, outside, own = case.inputs.sale, case.inputs.outside, case.own
    told = sum(sum(sale.programme[s]) * sale.announced[s] for s in range(case.n_s))
    told += sum(outside.programme[b] * outside.announced[b] for b in range(case.n_b))
    face = sale.programme.sum() + outside.programme.sum()
    return float(1.0 - own.belief * told / max(face, 1e-12) * (1.0 - own.surprise_left))
