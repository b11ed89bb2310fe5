"""Stress, what currencies feel of it, and who is forced out of a position by it."""

import math
from typing import Any

import numpy as np

from twin.arithmetic import Array, concave, left_of_flow
from twin.market_numpy import concession, unsettled
from twin.state_numpy import Case, State, Tick

ROUNDS = 3


def spread_stress(case: Case, tick: Tick, dislocation: float) -> tuple[float, float]:
    """A part of a dislocation is a squeeze of the world, the rest doubt; both on what is given."""
    stress, units = case.rules.stress, max(dislocation, 0.0) / case.rules.stress.unit
    squeeze = tick.elsewhere[0] + stress.origin * units
    return squeeze, tick.elsewhere[1] + (1.0 - stress.origin) * units


def felt_stress(case: Case, tick: Tick, dislocation: float) -> list[float]:
    """The same, levelling off; one is felt as one: (1 - exp(-s / L)) / (1 - exp(-1 / L))."""
    limit = case.rules.stress.limit
    return [
        (1.0 - math.exp(-each / limit)) / (1.0 - math.exp(-1.0 / limit))
        for each in spread_stress(case, tick, dislocation)
    ]


def lent(case: Case, state: State, tick: Tick) -> float:
    """Loans against Treasuries: they come with stress and end by their term."""
    news = state.others.dislocation - state.others.normal
    kept = state.others.lent * math.exp(-case.rules.repo.speed * tick.h)
    return float(max(min(sum(spread_stress(case, tick, news)), 1.0), kept))


def lent_depth(case: Case, state: State, tick: Tick) -> float:
    """Depth with the room that lending against Treasuries adds to dealers' books."""
    relief = case.on.fed_repo * case.rules.repo.relief * state.others.lent
    return float(tick.depth * (1.0 + relief))


def haven_move(case: Case, tick: Tick, dislocation: float) -> Array:
    """Down in a squeeze, up when the United States is doubted, currency by currency."""
    squeeze, doubt = felt_stress(case, tick, dislocation)
    haven = case.rules.haven
    return np.array(
        [
            case.on.haven * (haven.doubt[k] * doubt - haven.squeeze[k] * squeeze)
            for k in range(case.n_k)
        ]
    )


def shelter_move(case: Case, tick: Tick) -> Array:
    """While bills may not be paid: up at the short end, down at the long; buckets in between."""
    moved, n_m = np.zeros(case.n_o), case.first_bucket
    for m in range(n_m):
        moved[m] = case.on.haven * case.rules.haven.payment[m] * tick.payment
        for b in range(case.n_b):
            moved[n_m + b] += case.known.nodes[b, m] * moved[m]
    return moved


def funds_suffer(case: Case, state: State, tick: Tick, dislocation: float) -> float:
    """Distress of levered funds; of the stress that is given, doubt counts for less."""
    given = tick.elsewhere[0] + case.rules.funds_doubt_weight * tick.elsewhere[1]
    news = dislocation - state.others.normal
    return float(given + max(news, 0.0) / case.rules.stress.unit)


def ask_margin(case: Case, state: State, tick: Tick) -> None:
    """Margins at the close: up with distress at once, down by half in a half-life."""
    kept = state.others.margin * math.exp(-case.rules.margin_speed * tick.h)
    now = funds_suffer(case, state, tick, state.others.dislocation)
    state.others.margin = case.on.margins * max(now, kept)


def funds_closed(case: Case, state: State, tick: Tick, *, inventory: list[float]) -> float:
    """Share of levered funds' positions closed: sale and price, round after round."""
    stops, before = case.rules.funds, state.others.closed
    kept = unsettled(case, tick.h)
    closed = _closed_next(before, 0.0, tick.h, stops)
    for _ in range(ROUNDS):
        with_them = [
            inventory[b] + kept[b] * (closed - before) * case.positions[b] for b in range(case.n_b)
        ]
        distress = funds_suffer(case, state, tick, concession(case, tick, with_them))
        still_asked = max(state.others.margin - distress, 0.0)
        distress += case.rules.margin_weight * still_asked
        closed = _closed_next(before, _stopped(case, distress, stops), tick.h, stops)
    return closed


def carry_closed(case: Case, state: State, tick: Tick, *, flow: list[float], other: float) -> float:
    """Share of the yen carry trade closed: buying yen back strengthens it, which closes more.

    Other is the rise of the yen from bonds, policy rates and stress; what its trend has taken in
    already does not count.
    """
    stops, before, own = case.rules.carry, state.others.carry_closed, case.own
    trend = state.others.trend[1] - state.others.trend[0]
    given = other - trend
    given += own.fx_cross[0] * sum(own_rises(case, state, tick, flow)[1:])
    closed = _closed_next(before, 0.0, tick.h, stops)
    for _ in range(ROUNDS):
        back = (closed - before) * case.rules.carry_position
        lasting, fresh = currency_stocks(case, state, tick, 0, flow[0] + back)
        rise = own.prices.fx[case.yen, 0] * concave(lasting, case.inputs.unit_flow[0], own.fx_power)
        rise += own.fx_jump[0] * concave(fresh, case.inputs.unit_flow[0], own.fx_power)
        closed = _closed_next(before, _stopped(case, given + rise, stops), tick.h, stops)
    return closed


def own_rises(case: Case, state: State, tick: Tick, flow: list[float]) -> list[float]:
    """What each currency does by the flows into itself: the lasting part and the jump."""
    found = []
    for k in range(case.n_k):
        unit, power = case.inputs.unit_flow[k], case.own.fx_power
        lasting, fresh = currency_stocks(case, state, tick, k, flow[k])
        rise = case.own.prices.fx[case.yen + k, k] * concave(lasting, unit, power)
        found.append(float(rise + case.own.fx_jump[k] * concave(fresh, unit, power)))
    return found


def currency_stocks(
    case: Case, state: State, tick: Tick, k: int, flow: float
) -> tuple[float, float]:
    """Currency bought and still felt, and the part bought in the last days."""
    found = []
    for stock, decay in (
        (state.fx_felt[k], case.own.fx_decay),
        (state.fx_fresh[k], case.own.fx_jump_decay),
    ):
        found.append(math.exp(-decay * tick.h) * stock + left_of_flow(decay, tick.h) * flow)
    return found[0], found[1]


def _stopped(case: Case, distress: float, stops: Any) -> float:
    """m [1 - exp(-(x / x0)^p)], nothing without distress."""
    if distress <= 0.0:
        return 0.0
    gone = -math.expm1(-((distress / stops.scale) ** stops.power))
    return float(case.on.levered_funds * stops.most * gone)


def _closed_next(closed: float, target: float, h: float, stops: Any) -> float:
    """Out fast, back slowly."""
    speed = stops.cut_speed if target > closed else stops.rebuild_speed
    return float(target + (closed - target) * math.exp(-speed * h))
