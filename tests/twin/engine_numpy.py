"""The engine once more in plain loops: draw by draw, step by step, bucket by bucket.

Written from the equations; it shares no code with the model or the engine. It takes the same
inputs, as NumPy arrays.
"""

import math
from dataclasses import replace
from typing import Any

import numpy as np

from selloff.vocab import TENORS
from twin.arithmetic import Array, left_of_flow
from twin.books_numpy import Trades, convert, keep_books, mark_sellers, pay, price
from twin.bystanders_numpy import by_maturity, keep_own_books, own_refill
from twin.followers_numpy import Wish, desire
from twin.market_numpy import (
    concession,
    delivered,
    levered_part,
    most_carried,
    refill,
    sales_and_served,
    unsettled,
)
from twin.policy_numpy import broad, dollar_rate, get_used_to, retaliate, yen_rate
from twin.prices_numpy import bond_moves, currency_moves
from twin.state_numpy import Case, Path, State, Tick, case_of, opening, tick_at
from twin.stress_numpy import (
    ask_margin,
    carry_closed,
    felt_stress,
    funds_closed,
    haven_move,
    lent,
    lent_depth,
    shelter_move,
)


def simulate(inputs: Any, paths: Any, draws: Any, *, draw: int) -> Path:
    """One draw of one arm."""
    case = case_of(inputs, draws, draw)
    state, path = opening(case), Path()
    for at in range(len(inputs.clock.years)):
        _step(case, state, tick_at(case, paths, draw, at), path)
    path.account, path.reacted, path.holdings = state.account, state.others, state.holdings
    path.bought = state.net[: case.n_g + 3]
    path.outcome = _outcome(case, state, path)
    return path


def _step(case: Case, state: State, tick: Tick, path: Path) -> None:
    state.others.lent = lent(case, state, tick)
    tick = replace(tick, depth=lent_depth(case, state, tick))
    wish = desire(case, state, tick)
    done, promised = _trade(case, state, tick, wish)
    inventory = [sum(done.gaps[g, b] for g in range(case.n_g)) for b in range(case.n_b)]
    dislocation = concession(case, tick, inventory)
    moves = bond_moves(case, state, tick, done, inventory=inventory, promised=promised)
    moves = moves + case.own.prices.wedge * dislocation + shelter_move(case, tick)

    market, buckets = case.inputs.market, range(case.n_b)
    base_yield = market.bucket_yield + market.node_to_bucket @ tick.noise
    base_price = [price(case, base_yield[b], b) for b in buckets]
    # Whoever sells is paid half-way.
    halfway = [0.5 * (state.bucket_delta[b] + moves[case.first_bucket + b]) for b in buckets]
    paid = [price(case, base_yield[b] + halfway[b], b) for b in buckets]
    money = pay(
        case,
        state,
        tick,
        sales=done.sales,
        swapped=done.swapped,
        followed=done.followed,
        back=done.back,
        paid=paid,
        base_price=base_price,
    )
    haven = haven_move(case, tick, dislocation - state.others.normal)
    flow = [money.fx_flow[k] + case.inputs.outside.currency[tick.at, k] for k in range(case.n_k)]
    flow[0] += wish.dollars
    carry = carry_closed(case, state, tick, flow=flow, other=moves[case.yen] + haven[0])
    flow[0] += (carry - state.others.carry_closed) * case.rules.carry_position
    moves = moves + currency_moves(
        case, state, tick, flow, foreign_flow=money.foreign_flow + wish.foreign
    )
    for k in range(case.n_k):
        moves[case.yen + k] += haven[k]
    convert(case, state, money, moves[case.yen : case.yen + case.n_k])
    state.fx_delta = moves[case.yen : case.yen + case.n_k].copy()

    state.bucket_delta = moves[case.first_bucket : case.first_bucket + case.n_b].copy()
    keep_books(case, state, tick, done)
    after = [price(case, base_yield[b] + state.bucket_delta[b], b) for b in buckets]
    left = mark_sellers(case, state, done.sales, base_price=base_price, after=after)
    _remember(case, state, tick, wish, done=done, defence=money.defence, moves=moves, left=left)
    path.stress.append(felt_stress(case, tick, dislocation - state.others.normal))
    state.others.dislocation, state.others.carry_closed = dislocation, carry
    ask_margin(case, state, tick)
    now, kept = max(dislocation, 0.0), math.exp(-case.rules.stress.speed * tick.h)
    state.others.normal = now + (state.others.normal - now) * kept
    state.gaps = done.gaps
    state.day += tick.days
    _write(case, state, tick, path, prices=moves, done=done)


def _trade(case: Case, state: State, tick: Tick, wish: Wish) -> tuple[Trades, list[float]]:
    """What goes of what everybody wants, and who still has to buy; what is promised after it."""
    buckets, outside = range(case.n_b), case.inputs.outside
    wished = by_maturity(case, state, wish.sales)
    others = [sum(wished[c, b] for c in range(case.n_c)) for b in buckets]
    state.account.backlog += case.inputs.sale.scheduled[tick.at]
    due = [state.to_buy[b] + outside.purchases[tick.at, b] for b in buckets]
    wanted = [due[b] + wish.purchases[b] + wish.reserves[b] for b in buckets]
    bought = delivered(case, state, tick, wanted)
    prescribed = [due[b] / wanted[b] * bought[b] if bought[b] > 0.0 else 0.0 for b in buckets]
    leant = [wish.reserves[b] / wanted[b] * bought[b] if bought[b] > 0.0 else 0.0 for b in buckets]
    state.others.leant = state.others.leant + np.array(leant)
    # What the rule wanted and did not get is dropped; what is prescribed waits.
    state.to_buy = np.array([due[b] - prescribed[b] for b in buckets])
    state.to_buy_later = state.to_buy_later - np.array(prescribed)
    sales, served, unserved = sales_and_served(case, state, tick, others=others, bought=bought)
    swapped, back = refill(case, state, tick), own_refill(case, state, tick)
    through = [
        sum(sales[s, b] + swapped[s, b] for s in range(case.n_s)) + served * others[b] - bought[b]
        for b in buckets
    ]
    through = [through[b] + sum(back[c, b] for c in range(case.n_c)) for b in buckets]
    gaps, closed, forced, stuck = _settle(case, state, tick, through)
    state.others.fed = wish.fed
    state.others.fed.held += [
        bought[b] - prescribed[b] - leant[b] - wish.returned[b] for b in buckets
    ]
    cut, state.others.closed = closed - state.others.closed, closed
    done = Trades(
        sales=sales,
        swapped=swapped,
        followed=served * wished,
        back=back,
        bank=[bought[b] - leant[b] - wish.returned[b] for b in buckets],
        leant=leant,
        served=served,
        # What the central bank lets go reaches final buyers at once, as new debt does.
        supplied=[through[b] + forced[b] + wish.returned[b] for b in buckets],
        cut=cut,
        gaps=gaps,
        shift=wish.shift,
        waiting=unserved + stuck,
    )
    return done, _promised(case, state, sales)


def _settle(
    case: Case, state: State, tick: Tick, through: list[float]
) -> tuple[Array, float, list[float], float]:
    """Slow buyers buy, levered funds are forced, and that lands with slow buyers too.

    They sell, or buy back, until dealers are full on that side; the rest of a sale waits.
    """
    own = case.own
    left = [math.exp(-own.speed[g] * tick.h) for g in range(case.n_g)]
    kept = [left_of_flow(own.speed[g], tick.h) for g in range(case.n_g)]
    gaps = np.zeros_like(state.gaps)
    for g in range(case.n_g):
        for b in range(case.n_b):
            to_buy = own.shares[g, b] * through[b]
            gaps[g, b] = left[g] * state.gaps[g, b] + kept[g] * to_buy
    inventory = [sum(gaps[g, b] for g in range(case.n_g)) for b in range(case.n_b)]
    before = state.others.closed
    asked = funds_closed(case, state, tick, inventory=inventory)
    stay = unsettled(case, tick.h)
    lands = sum(case.positions[b] * (asked - before) * stay[b] for b in range(case.n_b))
    brim = most_carried(case, tick.depth)
    closed = asked
    if lands > 0.0:
        closed = before + (asked - before) * min(1.0, max(brim - sum(inventory), 0.0) / lands)
    elif lands < 0.0:
        closed = before + (asked - before) * min(1.0, max(brim + sum(inventory), 0.0) / -lands)
    stuck = max(asked - closed, 0.0) * sum(case.positions)
    forced = [(closed - before) * each for each in case.positions]
    for g in range(case.n_g):
        for b in range(case.n_b):
            gaps[g, b] += kept[g] * own.shares[g, b] * forced[b]
    return gaps, closed, forced, stuck


def _promised(case: Case, state: State, sales: Array) -> list[float]:
    """Face announced and still to come, of sellers who may sell, less purchases likewise."""
    sale, outside = case.inputs.sale, case.inputs.outside
    promised = [-outside.announced[b] * state.to_buy_later[b] for b in range(case.n_b)]
    for s in range(case.n_s):
        for b in range(case.n_b):
            if state.others.frozen[s] == 0.0:
                promised[b] += sale.announced[s] * (state.account.to_come[s, b] - sales[s, b])
    return promised


def _remember(
    case: Case,
    state: State,
    tick: Tick,
    wish: Wish,
    *,
    done: Trades,
    defence: float,
    moves: Array,
    left: list[tuple[float, float]],
) -> None:
    """Everybody else's accounts, for the next step."""
    others = state.others
    base = -float(tick.base_log_fx[0])
    tens = (TENORS.index("10Y"), *range(case.jgb, case.jgb + case.n_k))
    others.rises = [float(moves[o]) for o in tens]
    others.yen = [base - float(moves[case.yen]), base]
    kept = math.exp(-case.rules.mof.trend_speed * tick.h)
    others.trend = [others.yen[i] + (others.trend[i] - others.yen[i]) * kept for i in range(2)]
    rises = [float(moves[case.yen + k]) for k in range(case.n_k)]
    get_used_to(case, state, tick, rises)
    yen = yen_rate(case, state, tick, stronger=float(moves[case.yen]))
    dollar = broad(case, rises)
    felt = felt_stress(case, tick, others.dislocation - others.normal)
    rate, priced = dollar_rate(case, state, tick, rise=others.rises[0], dollar=dollar, felt=felt)
    others.rates, others.priced = [rate, yen], [priced, yen]
    others.foreign = others.foreign + wish.foreign
    others.intervened += wish.dollars + defence
    keep_own_books(state, done.followed, done.back)
    for i in range(2):
        others.needed[i] += case.on.defence * done.served * wish.more[i]
    others.several = max(others.several, wish.several)
    sold = [sum(done.sales[s]) for s in range(case.n_s)]
    retaliate(case, state, tick, sales=sold, left=left)


def _write(
    case: Case, state: State, tick: Tick, path: Path, *, prices: Array, done: Trades
) -> None:
    market, others = case.inputs.market, state.others
    inventory = float(state.gaps.sum())
    levered = levered_part(case, inventory)
    path.prices.append(prices)
    path.base_ten_year.append(market.ten_year + market.node_to_ten_year @ tick.noise)
    path.base_log_fx.append(tick.base_log_fx)
    path.sold.append(float(done.sales.sum()))
    path.unsold.append(float(state.account.to_come.sum()))
    path.dealers.append(inventory - levered)
    path.levered.append(levered)
    path.use.append((inventory - levered) / (case.who.dealer_capacity * tick.depth))
    path.waiting.append(done.waiting)
    path.absorbed.append([float(state.net[r].sum()) for r in range(case.n_g + 3)])
    path.fed.append(float(state.net[case.n_g + 2].sum()))
    ministry = case.inputs.bystanders.intervenes
    path.followed.append(
        float(sum(sum(done.followed[c]) for c in range(case.n_c) if ministry[c] == 0.0))
    )
    path.forced.append(others.closed * sum(case.positions))
    path.margin.append(others.margin)
    path.intervened.append(others.intervened)
    path.leant.append(float(sum(others.leant)))
    path.needed.append(list(others.needed))
    bought = float(sum(others.leant)) / case.rules.leaning.treasuries
    path.bought_dollars.append(bought - others.intervened)
    path.foreign_bonds.append(others.foreign)
    path.rates.append(others.rates)
    path.sold_by.append([float(sum(done.sales[s])) for s in range(case.n_s)])
    path.placed.append([float(each) for each in state.account.assets])
    path.placed_by_others.append([float(each) for each in others.assets])
    path.hazard.append(float(sum(others.hazard)))
    path.struck.append(others.struck.copy())


def _outcome(case: Case, state: State, path: Path) -> int:
    account = state.account
    if not all(math.isfinite(x) for prices in path.prices for x in prices):
        return 4
    if case.inputs.sale.programme.sum() <= 0.0:
        return 0
    left = [float(sum(account.to_come[s])) for s in range(case.n_s)]
    if sum(left) > 1e-6:
        kept_back = sum(left[s] for s in range(case.n_s) if state.others.frozen[s] == 1.0)
        return 5 if kept_back > 1e-6 else 3
    return 2 if account.last_day > float(case.inputs.sale.due) + 0.5 else 1
