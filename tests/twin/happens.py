"""By draw, whether a question brings about what it was asked for: no comparison may be empty."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

import questions
from asked import BUT_ONE
from selloff.bridge.rows import LAST_SEATS
from selloff.engine import Outcome, Trajectory
from selloff.model.mechanisms import named
from selloff.vocab import BOND_MARKETS, CURRENCIES, TENORS

Flags = NDArray[np.bool_]
DOLLAR, YEN = 0, 1
JAPAN, PRIVATE, MINISTRY = (i - len(LAST_SEATS) for i in range(len(LAST_SEATS)))
TEN = TENORS.index("10Y")
EURO = CURRENCIES.index("EUR") - len(CURRENCIES)


def array(series: Any) -> NDArray[np.float64]:
    return np.asarray(series, np.float64)


def shown(found: Trajectory, name: str) -> NDArray[np.float64]:
    return array(found.reported[name])


def ended(found: Trajectory, name: str) -> NDArray[np.float64]:
    return array(found.ended[name])


def jgbs(found: Trajectory) -> NDArray[np.float64]:
    return shown(found, "foreign_bonds")[..., BOND_MARKETS.index("JPY")]


def sold_by(found: Trajectory, seat: int) -> NDArray[np.float64]:
    return array(found.others.sold)[:, seat].sum(axis=1)


def everybody_answers(found: Trajectory) -> Flags:
    rates = shown(found, "rates")
    moved = [array(found.fed).max(axis=1), array(found.followed).sum(axis=1)]
    moved += [shown(found, "forced").max(axis=1), ended(found, "carry_closed")]
    moved += [np.abs(rates[:, :, DOLLAR]).max(axis=1), -rates[:, -1, YEN]]
    return np.all(np.stack(moved) > 1e-6, axis=0)


def buys_tapers_and_lets_go(found: Trajectory) -> Flags:
    """Purchases go on after the gate shut, and what was bought comes back before the horizon."""
    bought = array(found.fed)
    ends = array(questions.lowered("early gate").inputs.clock.days).cumsum()
    shut = np.searchsorted(ends, ends[-1] - ended(found, "fed_shut_days"))
    peak = bought.max(axis=1)
    at_shut = bought[np.arange(len(bought)), np.minimum(shut, len(ends) - 1)]
    return (peak > at_shut + 1.0) & (bought[:, -1] < peak - 1.0)


def long_debt_shrinks(found: Trajectory) -> Flags:
    """More than where the Treasury answers as usual, and at times by all there is a year."""
    ready = questions.lowered("bills for bonds")
    treasury = named(ready.draws.mechanisms, "treasury")
    shifted = array(treasury.mix)[0]
    there_is = array(ready.inputs.books.holdings)[:, shifted < 0.0].sum()
    most = array(named(ready.draws.mechanisms, "treasury").rule.response) * array(found.prices)[
        :, :, TEN
    ].max(axis=1)
    usual = array(questions.answer("dump answered").holdings).sum(axis=1)
    debt = array(found.holdings).sum(axis=1)
    bills, bonds = debt[:, 0] - usual[:, 0], usual[:, -1] - debt[:, -1]
    return (bills > 1.0) & (bonds > 1.0) & (most > 1.1 * there_is)


def frozen_in_the_pause(found: Trajectory) -> Flags:
    """All that was due before it is sold, and no more of it ever."""
    programme = array(questions.lowered("hostile with a pause").inputs.sale.programme)[0].sum()
    left = array(found.account.to_come)[:, 0].sum(axis=1)
    is_frozen = ended(found, "frozen")[:, 0] == 1.0
    return is_frozen & (np.abs(left - 0.7 * programme) < 1e-6)


def ministry_has_sold_all(found: Trajectory) -> Flags:
    """Every bond is gone, and dollars go on being sold out of deposits."""
    book = array(questions.lowered("ministry runs dry").inputs.bystanders.books)[MINISTRY]
    gone = sold_by(found, MINISTRY)
    return (gone > book - 1e-6) & (shown(found, "intervened").max(axis=1) > 1.05 * book)


def floors_hold(found: Trajectory) -> Flags:
    """Both rates would have gone below their floors, and come close to them."""
    lowest = questions.lowered("at the floor").draws.mechanisms
    free, held = (
        array(each.reported["rates"]) for each in (questions.answer("dump answered"), found)
    )
    floor = np.array([array(named(lowest, name).floor)[0] for name in ("fed_rate", "boj_rate")])
    would = free[:, -1, YEN] < floor[YEN] - 1e-4
    return would & np.all(held > floor, axis=(1, 2)) & (held[:, -1, YEN] < 0.5 * floor[YEN])


def differs(name: str) -> Callable[[Trajectory], Flags]:
    """Whether a mechanism made a difference to prices where all of them are at work."""

    def moved(found: Trajectory) -> Flags:
        gap = array(found.prices) - array(questions.answer("everything").prices)
        return np.abs(gap).max(axis=(1, 2)) > 1e-6

    return moved


HAPPENS: dict[str, Callable[[Trajectory], Flags]] = {
    "nothing answered": lambda found: np.all(array(found.prices) == 0.0, axis=(1, 2)),
    "dump answered": everybody_answers,
    "ordered answered": lambda found: array(found.fed).max(axis=1) > 100.0,
    "descent answered": lambda found: array(found.followed).sum(axis=1) > 1.0,
    "announced answered": lambda found: ended(found, "several") == 1.0,
    "two sellers answered": lambda found: array(found.followed).sum(axis=1) > 10.0,
    "squeeze": lambda found: (
        (array(found.prices)[:, 10, EURO] < 0.0) & (array(found.followed).sum(axis=1) > 10.0)
    ),
    "doubt": lambda found: (
        (array(found.prices)[:, 10, EURO] > 0.0) & (sold_by(found, PRIVATE) > 5.0)
    ),
    "fed off": lambda found: (
        np.isfinite(ended(found, "fed_shut_days")) & (array(found.fed).max(axis=1) == 0.0)
    ),
    "early gate": buys_tapers_and_lets_go,
    "late gate": lambda found: array(found.fed).max(axis=1) > 100.0,
    "programme": lambda found: sold_by(found, JAPAN) > 0.1,
    "programme and rule": lambda found: array(found.fed).max(axis=1) > 1000.0 + 1.0,
    "run": lambda found: array(found.followed).sum(axis=1) > 50.0,
    "hostile": lambda found: (
        (ended(found, "frozen")[:, 0] == 1.0)
        & (np.asarray(found.outcome) == Outcome.frozen)
        & (array(found.sold).sum(axis=1) > 101.0)
        & (array(found.followed).sum(axis=1) > 10.0)
    ),
    "hostile alone": lambda found: (
        (ended(found, "frozen") == [1.0, 0.0]).all(axis=1)
        & (np.asarray(found.outcome) == Outcome.frozen)
    ),
    "hostile with a pause": frozen_in_the_pause,
    "capped yields": lambda found: jgbs(found)[:, -1] > 1.0,
    "weak yen": lambda found: (
        (shown(found, "intervened").max(axis=1) > 10.0) & (sold_by(found, MINISTRY) > 10.0)
    ),
    "ministry runs dry": ministry_has_sold_all,
    "strong yen": lambda found: (
        (shown(found, "intervened").min(axis=1) < -10.0) & (ended(found, "carry_closed") > 0.05)
    ),
    "leaning": lambda found: shown(found, "leant")[:, -1] > 10.0,
    "bills for bonds": long_debt_shrinks,
    "at the floor": floors_hold,
    "bunds bought": lambda found: (
        shown(found, "foreign_bonds")[..., BOND_MARKETS.index("EUR")][:, -1] > 0.1
    ),
    "everything": lambda found: everybody_answers(found) & (jgbs(found)[:, -1] > 0.0),
}
HAPPENS |= {f"all but {name}": differs(name) for name in BUT_ONE}


def draws(name: str, n_draws: int) -> tuple[int, ...]:
    """The first draws in which it happens."""
    found = np.nonzero(HAPPENS[name](questions.answer(name)))[0]
    return tuple(int(draw) for draw in found[:n_draws])
