"""Rules of policy in plain numbers: Washington and Tokyo."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from twin.arithmetic import Array, clipped, left_of_flow
from twin.state_numpy import Case, Fed, State, Tick

DUST = 1e-6


def watch_gate(case: Case, state: State, tick: Tick) -> Fed:
    """Opens above the gate, shuts below a part of it; counts the days of either.

    It goes by what lasts of the concession nobody is used to, the squeeze from elsewhere that
    purchases have not cured and what funds were forced to close; and keeps in mind how much of it
    came from elsewhere while it was open, cured or not.
    """
    fed, rule, others = state.others.fed, case.rules.fed, state.others
    left = max(tick.elsewhere[0] - sum(fed.held) / float(rule.cure), 0.0)
    own = others.dislocation - others.normal
    own += rule.forced * max(others.closed - fed.closed, 0.0) / tick.days
    bad = own + float(case.rules.stress.unit * left)
    came = float(case.rules.stress.unit * tick.elsewhere[0])
    kept = math.exp(-rule.memory * tick.h)
    lasting = kept * fed.lasting + (1.0 - kept) * bad
    was_open = fed.open_days > 0.0
    bar = rule.exit_frac * rule.gate if was_open else rule.gate
    if lasting > bar:
        part = came / (came + max(own, 0.0)) if came > 0.0 else 0.0
        return Fed(fed.held.copy(), fed.open_days + tick.days, 0.0, lasting, part, others.closed)
    shut = 0.0 if was_open else fed.shut_days + tick.days
    return Fed(fed.held.copy(), 0.0, shut, lasting, fed.given, others.closed)


def bought_of_due(
    case: Case, state: State, fed: Fed, *, due: float, carried: list[float]
) -> tuple[list[float], list[float]]:
    """From intermediaries the bonds nobody will buy back; the rest from holders in a squeeze."""
    coming_back = case.rules.fed.left * state.others.closed
    net = [carried[b] - coming_back * case.positions[b] for b in range(case.n_b)]
    there = [max(net[b], 0.0) if case.known.bought[b] > 0.0 else 0.0 for b in range(case.n_b)]
    taken = min(due, max(sum(net), 0.0), sum(there))
    on = float(case.on.fed_purchases)
    return (
        [on * taken * each / max(sum(there), 1e-12) for each in there],
        [on * fed.given * (due - taken) * part for part in case.known.bought],
    )


def fed_purchases(fed: Fed, tick: Tick, gap: float, rule: Any) -> float:
    """Pace by pace, the days of the step that fall into it; damped by inflation."""
    is_open = fed.open_days > 0.0
    begin = fed.open_days - tick.days if is_open else fed.shut_days
    end = begin + tick.days
    bought = 0.0
    for pace, first, last in _opened(rule) if is_open else _tapered(rule):
        bought += pace * max(min(end, last) - max(begin, first), 0.0)
    # A market that broke by itself gets no taper.
    told = 1.0 if is_open else fed.given
    return float(told * bought * math.exp(-rule.damping * max(gap, 0.0)))


def _opened(rule: Any) -> Iterator[tuple[float, float, float]]:
    yield rule.pace[0], 0.0, rule.pace_days[0]
    yield rule.pace[1], rule.pace_days[0], rule.pace_days[1]
    yield rule.pace[2], rule.pace_days[1], math.inf


def _tapered(rule: Any) -> Iterator[tuple[float, float, float]]:
    for stage, pace in enumerate(rule.taper):
        yield pace, stage * rule.taper_days, (stage + 1) * rule.taper_days


def run_off_frac(fed: Fed, case: Case, tick: Tick) -> float:
    """Part of what is held that is let go, once the delay since the gate shut is over."""
    rule, day = case.rules.fed, float(case.inputs.clock.lengths[0])
    is_due = fed.shut_days * day > rule.runoff_delay
    return 1.0 - math.exp(-rule.runoff_speed * tick.h) if is_due else 0.0


def yen_rate(case: Case, state: State, tick: Tick, *, stronger: float) -> float:
    """Lower where the yen rose; not below the floor."""
    rule = case.rules.boj_rate
    target = max(-rule.response * stronger, -float(case.known.short[1]))
    kept = math.exp(-rule.speed * tick.h)
    return float(case.on.policy_rates * (target + (state.others.rates[1] - target) * kept))


def broad(case: Case, rises: list[float]) -> float:
    """Four currencies at their weights; the rest of the basket moves with them."""
    basket = case.known.fed.basket
    left = 1.0 - sum(float(each) for each in basket.weights)
    parts = zip(rises, basket.weights, basket.rest, strict=True)
    return -sum(rise * (float(weight) + left * float(rest)) for rise, weight, rest in parts)


def dollar_rate(
    case: Case, state: State, tick: Tick, *, rise: float, dollar: float, felt: list[float]
) -> tuple[float, float]:
    """The Federal Reserve follows output day by day; its rate, and what is priced of it."""
    fed, view, rate = case.known.fed, state.others.view, state.others.rates[0]
    demand, labour, prices = fed.activity.demand, fed.activity.labour, fed.activity.prices
    n, left = 4.0 * tick.h, math.exp(-float(demand.easing) * tick.h)
    felt = [max(felt[s], left * state.others.strain[s]) for s in range(2)]
    state.others.strain = felt
    bond_premium = [float(demand.premium) * float(fed.moved[0, s]) * felt[s] for s in range(2)]
    tight = demand.ten_year * rise + demand.policy * rate + demand.dollar * dollar
    for s in range(2):
        tight += demand.spread * bond_premium[s]
        tight += (demand.fear * fed.moved[2, s] - demand.stocks * fed.moved[1, s]) * felt[s]
    new = demand.persistence**n * (view["y"] + view["c"] - view["h"]) - view["c"] + view["h"]
    law = view["u"] + labour.level * view["y"]
    jobs = view["u"] - labour.impact * (new - view["y"])
    jobs -= (1.0 - (1.0 - labour.speed) ** n) * law
    push = prices.slope * view["u"] + 4.0 * prices.pass_through * (dollar - view["d"]) / n
    inflation = prices.persistence**n * (view["pi"] + push) - push
    used = view["c"] + (view["h"] - view["c"]) * (1.0 - demand.adaptation) ** n
    state.others.view = {"y": new, "u": jobs, "pi": inflation, "c": tight, "h": used, "d": dollar}
    rule = case.rules.fed_rate
    later = demand.persistence ** (4.0 * rule.outlook) * (new + tight - used) - tight + used
    wanted = rule.output * later + rule.inflation * inflation - rule.spread * sum(bond_premium)
    target = max(wanted, -float(case.known.short[0]))
    rate = target + (rate - target) * math.exp(-rule.speed * tick.h)
    on, years = case.on.policy_rates, 2.0 * float(rule.speed)
    expected = target + (rate - target) * (1.0 - math.exp(-years)) / years
    part = float(rule.priced)
    priced = (1.0 - part) * rate + part * expected
    return float(on * rate), float(on * priced)


def shifted_debt(case: Case, state: State, tick: Tick) -> list[float]:
    """Bills instead of long debt after a rise of the 10-year yield."""
    mix = case.known.shifted
    at_hand = sum(state.holdings[:, b].sum() for b in range(case.n_b) if mix[b] < 0.0)
    a_year = min(case.rules.treasury * max(state.others.rises[0], 0.0), at_hand)
    return [case.on.treasury * a_year * tick.h * part for part in mix]


def foreign_purchases(case: Case, state: State, tick: Tick) -> Array:
    """JGBs by the Bank of Japan and Bunds by the ECB."""
    rises, on, rules = state.others.rises, case.on, case.rules
    jgbs = _urge(rules.boj, rises[1], tick.base_jgb, float(case.known.jgb_cap))
    bunds = _urge(rules.ecb, rises[2], 0.0, float(case.known.bund_cap))
    bought = on.boj * rules.boj.pace * jgbs, on.ecb * rules.ecb.pace * bunds
    # Nobody buys gilts or Chinese bonds by rule.
    return tick.days * np.array([*bought, 0.0, 0.0])


def _urge(rule: Any, rise: float, level: float, cap: float) -> float:
    """Against a rise beyond the gate, or against what the rise adds above a cap."""
    if math.isfinite(cap):
        above = max(level + rise - cap, 0.0) - max(level - cap, 0.0)
        return clipped(above / rule.cap_ramp)
    return clipped((rise - rule.gate) / rule.gate)


def dollars_sold(case: Case, state: State, tick: Tick) -> float:
    """The Ministry against a yen far from its trend, beyond what the baseline would have seen."""
    rule, others = case.rules.mof, state.others
    gap, base = (others.yen[i] - others.trend[i] for i in range(2))

    def urge(x: float) -> float:
        return clipped((x - rule.trigger) / rule.trigger)

    weak = max(urge(gap) - urge(base), 0.0)
    strong = max(urge(-gap) - urge(-base), 0.0)
    return float(case.on.mof * rule.pace * (weak - strong) * tick.days)


def reserves_wanted(case: Case, state: State, tick: Tick) -> list[float]:
    """Managed currencies against the rise of floating ones that they are not used to."""
    rule, others = case.rules.leaning, state.others
    news = max(others.risen - others.used_to, 0.0)
    output = float(case.known.output) * (1.0 + rule.others)
    face = case.on.leaning * rule.treasuries * rule.strength * output * news * tick.h
    return [face * part for part in case.known.official_mix]


def get_used_to(case: Case, state: State, tick: Tick, rises: list[float]) -> None:
    """The rise of floating currencies at the end of the step, and what is news of it later."""
    others = state.others
    others.risen = sum(case.known.floating[k] * rises[k] for k in range(case.n_k))
    kept = math.exp(-case.rules.leaning.speed * tick.h)
    others.used_to = others.risen + (others.used_to - others.risen) * kept
    kept = math.exp(-case.rules.defence.forgetting * tick.h)
    others.fallen_to = -others.risen + (others.fallen_to + others.risen) * kept


def retaliate(
    case: Case, state: State, tick: Tick, *, sales: list[float], left: list[tuple[float, float]]
) -> None:
    """The hazard grows as if nothing came of it; a freeze comes when patience ends.

    A frozen seller would have gone on at the pace of its latest sales, and would hold so much
    less of what it holds now (face and value in left).
    """
    rule, sale, others = case.rules.retaliation, case.inputs.sale, state.others
    months = tick.h / float(case.inputs.clock.lengths[1])
    for s in range(case.n_s):
        to_come, planned = sum(state.account.to_come[s]), others.planned[s]
        if others.frozen[s] == 1.0:
            others.planned[s] = max(planned - others.pace[s] * months, 0.0)
        else:
            others.planned[s] = to_come
            others.pace[s] = sales[s] / months if sales[s] > DUST else others.pace[s]
        many = sale.countries[s]
        sold = (planned - others.planned[s]) / many
        weight = math.exp(rule.speed * min(sold / months, rule.speed_cap))
        others.fresh[s] *= math.exp(-rule.memory * tick.h)
        others.fresh[s] += sold * weight * left_of_flow(rule.memory, tick.h)
        log = rule.size * (sum(sale.programme[s]) - others.planned[s]) / many
        ties = sum(sale.member[s, q] * rule.ties[q] for q in range(case.n_q))
        log += rule.hostility * sale.hostility[s] - rule.alignment * ties
        rate = rule.base * others.fresh[s] / rule.unit * math.exp(log)
        more = case.on.retaliation * rate * tick.h
        before, (face, worth) = others.hazard[s], left[s]
        exposed = max(worth * (1.0 - (to_come - others.planned[s]) / max(face, DUST)), 0.0)
        cost = rule.freeze_loss * exposed / many + rule.tariff_loss + rule.covert_loss
        others.sanction_loss[s] += (math.exp(-before) - math.exp(-before - more)) * cost * many
        others.hazard[s] = before + more
        if others.hazard[s] > tick.patience:
            others.struck[s] = 1.0
        if others.struck[s] == 1.0 and face > DUST:
            others.frozen[s] = 1.0
