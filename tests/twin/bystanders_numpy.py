"""Which maturities leave the books of those who sell of their own accord, and what comes back."""

import math

import numpy as np

from twin.arithmetic import Array
from twin.state_numpy import Case, State, Tick


def by_maturity(case: Case, state: State, sales: list[float]) -> Array:
    """As held, or bills as long as there are any and then the rest as held."""
    crowd, wished = case.inputs.bystanders, np.zeros((case.n_c, case.n_b))
    for c in range(case.n_c):
        left = _left(case, state, c)
        if crowd.bills_first[c] == 1.0:
            wished[c, 0] = min(sales[c], left[0])
            left[0] = 0.0
        rest = sales[c] - wished[c, 0]
        for b in range(case.n_b):
            wished[c, b] += rest * left[b] / max(sum(left), 1e-12)
    return wished


def own_refill(case: Case, state: State, tick: Tick) -> Array:
    """Bills that come back to them, below zero, and the longer paper that pays for them."""
    others, rule = state.others, case.own.refill
    back = np.zeros((case.n_c, case.n_b))
    for c in range(case.n_c):
        if case.inputs.bystanders.bills_first[c] == 0.0:
            continue
        longer = _left(case, state, c)[1:]
        missing = max(rule.share * others.sold[c, 0] + others.refilled[c, 0], 0.0)
        bills = min(missing * (1.0 - math.exp(-rule.speed * tick.h)), sum(longer))
        back[c, 0] = -bills
        for b in range(1, case.n_b):
            back[c, b] = bills * longer[b - 1] / max(sum(longer), 1e-12)
    return back


def keep_own_books(state: State, followed: Array, back: Array) -> None:
    """Count what went and what came back, by maturity."""
    state.others.sold = state.others.sold + followed
    state.others.refilled = state.others.refilled + back


def _left(case: Case, state: State, c: int) -> list[float]:
    crowd, gone = case.inputs.bystanders, state.others.sold + state.others.refilled
    return [max(crowd.books[c] * crowd.profile[c, b] - gone[c, b], 0.0) for b in range(case.n_b)]
