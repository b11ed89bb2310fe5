"""Accounts and books in plain loops: who is paid, what becomes of the money, who holds what."""

import math
from dataclasses import dataclass, field

import numpy as np

from selloff.vocab import BOND_MARKETS
from twin.arithmetic import Array, bond_price
from twin.market_numpy import split
from twin.state_numpy import Case, State, Tick


@dataclass
class Money:
    """What a step's sales bought."""

    fx_flow: list[float]
    bought: Array
    """Foreign currency each seller bought."""
    foreign_flow: Array = field(default_factory=lambda: np.zeros(len(BOND_MARKETS)))
    """JGBs and Bunds."""
    defence: float = 0.0
    """Cash that the Ministry of Finance exchanges for yen."""


def price(case: Case, ytm: float, b: int) -> float:
    books = case.inputs.books
    return bond_price(ytm, books.coupon[b], books.years[b])


def pay(
    case: Case,
    state: State,
    tick: Tick,
    *,
    sales: Array,
    swapped: Array,
    followed: Array,
    back: Array,
    paid: list[float],
    base_price: list[float],
) -> Money:
    """Whoever sold is paid at the step's price and turns the cash into what it wants."""
    money = Money([0.0] * case.n_k, bought=np.zeros((case.n_s, case.n_k)))
    account, crowd = state.account, case.inputs.bystanders
    _lose_carry(case, state, tick)
    for s in range(case.n_s):
        cash = sum(sales[s, b] * paid[b] for b in range(case.n_b))
        account.proceeds[s] += cash
        account.at_baseline[s] += sum(sales[s, b] * base_price[b] for b in range(case.n_b))
        _place(case, money, cash, case.inputs.sale.into[s], account.assets)
        change = sum(swapped[s, b] * paid[b] for b in range(case.n_b))
        account.proceeds[s] += change
        account.assets[0] += change
        account.at_baseline[s] += sum(swapped[s, b] * base_price[b] for b in range(case.n_b))
        for a in range(case.n_a):
            money.bought[s] += cash * case.inputs.sale.into[s, a] * case.inputs.asset_currency[a]
    for c in range(case.n_c):
        cash = sum(followed[c, b] * paid[b] for b in range(case.n_b))
        change = sum(back[c, b] * paid[b] for b in range(case.n_b))
        state.others.proceeds += change
        state.others.assets[0] += change
        money.defence += crowd.intervenes[c] * cash
        state.others.proceeds += cash
        _place(case, money, cash, crowd.into[c], state.others.assets)
    account.backlog -= sales
    account.to_come -= sales
    account.refilled += swapped
    if sales.sum() > 1e-6:
        account.first_day = min(account.first_day, state.day + 1.0)
        account.last_day = state.day + tick.days
    return money


def _lose_carry(case: Case, state: State, tick: Tick) -> None:
    """Every day while it counts, a sold bond's yield is missed and that of the proceeds earned."""
    sale, account = case.inputs.sale, state.account
    counted = min(max(float(sale.carry_days) - state.day, 0.0), tick.days) / tick.days * tick.h
    for s in range(case.n_s):
        for b in range(case.n_b):
            gone = sale.programme[s, b] - account.to_come[s, b] + account.refilled[s, b]
            account.carry[s] += counted * gone * sale.given_up[b]
        for a in range(case.n_a):
            account.carry[s] -= counted * account.proceeds[s] * sale.into[s, a] * sale.earned[a]


def convert(case: Case, state: State, money: Money, rises: Array) -> None:
    """What the same dollars would have bought without the sale, less what they bought."""
    for s in range(case.n_s):
        for k in range(case.n_k):
            halfway = 0.5 * (state.fx_delta[k] + rises[k])
            state.account.conversion[s] += money.bought[s, k] * (1.0 - math.exp(-halfway))


def _place(case: Case, money: Money, cash: float, into: Array, assets: Array) -> None:
    if cash == 0.0:
        return
    for a in range(case.n_a):
        bought = cash * into[a]
        assets[a] += bought
        money.foreign_flow += bought * case.inputs.asset_bond[a]
        for k in range(case.n_k):
            money.fx_flow[k] += bought * case.inputs.asset_currency[a, k]


@dataclass
class Trades:
    """Everything that changes hands in a step."""

    sales: Array
    swapped: Array
    """Longer paper they sold to buy bills back."""
    followed: Array
    back: Array
    """Longer paper bystanders sold to buy bills back."""
    bank: list[float]
    """What the central bank bought less what it let go."""
    leant: list[float]
    served: float
    """What officials of managed currencies bought."""
    supplied: list[float]
    """What those who absorb must take, forced sales of levered funds among it."""
    cut: float
    """Share of their positions that levered funds closed in the step."""
    gaps: Array
    shift: list[float]
    waiting: float
    """What was put up and found no room."""


def keep_books(case: Case, state: State, tick: Tick, done: Trades) -> None:
    """Everybody keeps the maturity mix it has, trades and takes its part of new debt."""
    own, n_g = case.own, case.n_g
    was = split(case, [sum(state.gaps[g, b] for g in range(n_g)) for b in range(case.n_b)])
    now = split(case, [sum(done.gaps[g, b] for g in range(n_g)) for b in range(case.n_b)])
    trades = np.zeros((case.n_r, case.n_b))
    for b in range(case.n_b):
        for g in range(n_g):
            to_buy = own.shares[g, b] * done.supplied[b]
            trades[g, b] += to_buy - (done.gaps[g, b] - state.gaps[g, b])
        trades[n_g, b] += now[0][b] - was[0][b]
        trades[n_g + 1, b] += now[1][b] - was[1][b]
        trades[n_g + 2, b] += done.bank[b]
        trades[n_g - 2, b] += done.leant[b]
        for s in range(case.n_s):
            trades[n_g + 3 + s, b] -= done.sales[s, b] + done.swapped[s, b]
        # Foreign officials and foreign private holders are the last two that absorb.
        for c in range(case.n_c):
            seat = n_g - 2 if case.inputs.bystanders.official[c] == 1.0 else n_g - 1
            trades[seat, b] -= done.followed[c, b] + done.back[c, b]
        for r in range(case.n_r):
            trades[r, b] -= done.cut * case.rules.positions[r, b]
        for g in range(n_g):
            issued = case.inputs.books.issuance[tick.at, b] + done.shift[b]
            state.holdings[g, b] += own.shares[g, b] * issued
    state.holdings = state.holdings + trades
    state.net = state.net + trades


def mark_sellers(
    case: Case, state: State, sales: Array, *, base_price: list[float], after: list[float]
) -> list[tuple[float, float]]:
    """Keep the largest loss on what sellers still hold; face and value of what each has left."""
    loss, left = 0.0, []
    for s in range(case.n_s):
        kept = state.holdings[case.n_g + 3 + s]
        own = sum(kept[b] * (base_price[b] - after[b]) for b in range(case.n_b))
        loss += own
        if sum(sales[s]) > 1e-6:
            state.account.mark[s] = own
        left.append((sum(kept), sum(kept[b] * after[b] for b in range(case.n_b))))
    state.account.worst_mark = max(state.account.worst_mark, loss)
    return left
