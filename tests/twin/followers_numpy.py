"""Who else sells of its own accord, in plain loops over holders and classes of ties."""

import math
from dataclasses import dataclass

from twin.arithmetic import Array, clipped, normal
from twin.market_numpy import carried_over, inventory_limit
from twin.policy_numpy import (
    DUST,
    bought_of_due,
    dollars_sold,
    fed_purchases,
    foreign_purchases,
    reserves_wanted,
    run_off_frac,
    shifted_debt,
    watch_gate,
)
from twin.state_numpy import Case, Fed, State, Tick
from twin.stress_numpy import felt_stress


@dataclass
class Wish:
    """What everybody else sets out to do in a step."""

    sales: list[float]
    purchases: list[float]
    reserves: list[float]
    returned: list[float]
    fed: Fed
    foreign: Array
    dollars: float
    shift: list[float]
    several: float
    more: list[float]
    """Of Marches of 2020, and of the book in defence."""


def desire(case: Case, state: State, tick: Tick) -> Wish:
    """At the prices of the last step."""
    others, crowd = state.others, case.inputs.bystanders
    fed = watch_gate(case, state, tick)
    due = fed_purchases(fed, tick, float(case.known.inflation_gap), case.rules.fed)
    over = carried_over(case, state, tick)
    bought, direct = bought_of_due(case, state, fed, due=due, carried=over)
    let_go = run_off_frac(fed, case, tick)
    sales, several = _own_sales(case, state, tick)
    needed = sold_for_dollars(case, others.needed)
    more = more_needed(case, state, tick)
    after = sold_for_dollars(case, [x + y for x, y in zip(others.needed, more, strict=True)])
    for c in range(case.n_c):
        left = max(crowd.books[c] - sum(others.sold[c]), 0.0)
        sales[c] += case.on.defence * min(after[c] - needed[c], left)
    dollars = dollars_sold(case, state, tick)
    # Part of the dollars comes from the Ministry's bonds, as far as it has any.
    book = sum(
        crowd.intervenes[c] * (crowd.books[c] - sum(others.sold[c])) for c in range(case.n_c)
    )
    bonds = min(max(case.rules.mof.bond_share * dollars, 0.0), max(book, 0.0))
    for c in range(case.n_c):
        sales[c] += crowd.intervenes[c] * bonds
    return Wish(
        sales=sales,
        purchases=bought,
        reserves=reserves_wanted(case, state, tick),
        returned=[let_go * fed.held[b] - direct[b] for b in range(case.n_b)],
        fed=fed,
        foreign=foreign_purchases(case, state, tick),
        dollars=dollars - bonds,
        shift=shifted_debt(case, state, tick),
        several=several,
        more=more,
    )


def _own_sales(case: Case, state: State, tick: Tick) -> tuple[list[float], float]:
    """Each goes part of the way to the share of its book that its motives ask for."""
    who, crowd, others = case.rules.followers, case.inputs.bystanders, state.others
    _, doubt = felt_stress(case, tick, others.dislocation - others.normal)
    needed = sold_for_dollars(case, others.needed)
    runs, several = _run(case, state, tick)
    anyone_frozen = max(others.frozen, default=0.0)
    pickup = others.rises[0] - (others.rates[0] - others.rates[1]) - others.rises[1]
    lost = max(-pickup, 0.0)
    sales = []
    for c in range(case.n_c):
        run = sum(crowd.member[c, q] * runs[q] for q in range(case.n_q))
        ties = sum(crowd.member[c, q] * who.ties[q] for q in range(case.n_q))
        motives = (
            crowd.runs[c] * run,
            crowd.runs[c] * (1.0 - ties) * who.freeze_fear * anyone_frozen,
            crowd.flees[c] * who.flight * doubt,
            crowd.rebalances[c] * who.rebalancing * lost,
        )
        kept = 1.0
        for motive in motives:
            kept *= 1.0 - clipped(motive)
        speed = who.slow_speed if crowd.rebalances[c] == 1.0 else who.speed
        # Of what is left once dollars were raised.
        whole, done = crowd.books[c] - needed[c], sum(others.sold[c]) - needed[c]
        short = max((1.0 - kept) * whole - done, 0.0)
        sales.append(case.on.followers * (1.0 - math.exp(-speed * tick.h)) * short)
    return sales, float(case.on.followers * several)


def more_needed(case: Case, state: State, tick: Tick) -> list[float]:
    """Of Marches of 2020, and of the book in defence: part of the way to what is wanted."""
    rule, others = case.rules.defence, state.others
    squeeze, _ = felt_stress(case, tick, others.dislocation - others.normal)
    news = max(-others.risen - others.fallen_to, 0.0)
    kept = 1.0 - case.on.fed_repo * rule.borrowed
    part = 1.0 - math.exp(-rule.speed * tick.h)
    wanted = [kept * rule.need * squeeze, kept * rule.strength * news]
    return [part * max(w - m, 0.0) for w, m in zip(wanted, others.needed, strict=True)]


def sold_for_dollars(case: Case, met: list[float]) -> list[float]:
    """Face by holder."""
    crowd = case.inputs.bystanders
    return [
        crowd.books[c] * min(crowd.own_stress[c] * met[0] + crowd.defends[c] * met[1], 1.0)
        for c in range(case.n_c)
    ]


def _run(case: Case, state: State, tick: Tick) -> tuple[list[float], float]:
    """Share of each class that runs, and whether beliefs leave room for several outcomes."""
    who, crowd, sale = case.rules.followers, case.inputs.bystanders, case.inputs.sale
    programme = sum(sum(sale.programme[s]) for s in range(case.n_s))
    sold = programme - sum(sum(state.account.to_come[s]) for s in range(case.n_s))
    told = sum(sale.announced[s] * sum(sale.programme[s]) for s in range(case.n_s))
    told /= max(programme, 1e-12)
    public = who.public_noise * (1.0 - told * (1.0 - who.told_noise))
    # Precisions: tau_p / sqrt(tau_x) <= sqrt(2 pi) means a single equilibrium.
    is_unique = (1.0 / public**2) / math.sqrt(1.0 / who.private_noise**2) <= math.sqrt(2 * math.pi)
    several = 1.0 if sold > 0.0 and not is_unique else 0.0

    limit, carried = inventory_limit(case, tick.depth), sum(carried_over(case, state, tick))
    counted_on = who.at_home + case.on.fed_purchases * who.backstop
    at_risk = sum(crowd.runs[c] * crowd.books[c] for c in range(case.n_c))
    left = at_risk - sum(crowd.runs[c] * sum(state.others.sold[c]) for c in range(case.n_c))
    capacity = (max(limit - carried, 0.0) + counted_on) / max(left, DUST)
    at_rest = (limit + counted_on) / max(at_risk, DUST)
    shares = []
    for q in range(case.n_q):
        calm = (1.0 - who.cost_ratio) * (1.0 - who.alignment_weight * who.ties[q])
        panic = several * tick.sunspot * clipped(carried / limit)
        moved = normal((calm + panic * (1.0 - calm) - capacity) / who.private_noise)
        usual = normal((calm - at_rest) / who.private_noise)
        shares.append(max(moved - usual, 0.0))
    return shares, several
