"""What bonds and currencies cost, output by output, less baseline."""

import math

import numpy as np

from twin.arithmetic import Array, concave, left_of_flow
from twin.books_numpy import Trades
from twin.state_numpy import Case, State, Tick
from twin.stress_numpy import currency_stocks, own_rises


def bond_moves(
    case: Case,
    state: State,
    tick: Tick,
    done: Trades,
    *,
    inventory: list[float],
    promised: list[float],
) -> Array:
    """From what is felt, carried and expected, and from policy rates as last priced or set.

    A fund closes both sides of its trade: what it is forced to sell is never felt for good.
    """
    own, others = case.own, state.others
    for b in range(case.n_b):
        for_good = done.supplied[b] - done.cut * case.positions[b] + done.shift[b]
        state.felt[b] = (
            math.exp(-own.supply_decay * tick.h) * state.felt[b]
            + left_of_flow(own.supply_decay, tick.h) * for_good
        )
    moves = np.zeros(case.n_o)
    for o in range(case.n_o):
        for b in range(case.n_b):
            moves[o] += own.prices.lasting[o, b] * state.felt[b]
            moves[o] += own.prices.carried[o, b] * inventory[b]
            moves[o] += own.prices.expected[o, b] * own.belief * promised[b]
        for j in range(2):
            # What was expected of rates in the two episodes is in their currencies already.
            rates = others.priced if o < case.yen else others.rates
            moves[o] += case.rules.policy[o, j] * rates[j]
    return moves


def currency_moves(
    case: Case, state: State, tick: Tick, flow: list[float], *, foreign_flow: Array
) -> Array:
    """Everything responds to currencies and to JGBs bought; currencies jump on the day."""
    own = case.own
    moves, rises = np.zeros(case.n_o), own_rises(case, state, tick, flow)
    stocks = [currency_stocks(case, state, tick, k, flow[k]) for k in range(case.n_k)]
    for k, (lasting, fresh) in enumerate(stocks):
        state.fx_felt[k], state.fx_fresh[k] = lasting, fresh
        unit = case.inputs.unit_flow[k]
        for o in range(case.yen):
            moves[o] += own.prices.fx[o, k] * concave(lasting, unit, own.fx_power)
        moves[case.yen + k] += rises[k]
        for other in range(case.n_k):
            if other != k:
                moves[case.yen + k] += own.fx_cross[k] * rises[other]
    outside = case.inputs.outside
    for market in range(len(state.foreign_felt)):
        state.foreign_felt[market] = math.exp(-own.supply_decay * tick.h) * state.foreign_felt[
            market
        ] + left_of_flow(own.supply_decay, tick.h) * (
            foreign_flow[market] + outside.foreign_bonds[tick.at, market]
        )
        believed = own.belief * outside.foreign_ahead[tick.at, market]
        priced = state.foreign_felt[market] + own.prices.foreign_expected[market] * believed
        moves = moves + own.prices.foreign_bonds[:, market] * priced
    return moves
