"""Every mechanism with its parameters and what it knows of the world, one row a draw."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.abroad import spillover
from selloff.bridge.arrays import put
from selloff.bridge.build import build
from selloff.bridge.curve import between
from selloff.bridge.operators import BUCKET_YEARS, Supplies, core
from selloff.bridge.reference import GRID
from selloff.bridge.rows import ABSORBING, GROUPS, Rows, row_books
from selloff.bridge.us import us_rules
from selloff.data import Vintage, inflation_gap_pct, short_rate_pct, yen_trend
from selloff.evidence import Bank, fixed
from selloff.model.economy.dollar import Basket
from selloff.model.mechanisms import AbstractMechanism
from selloff.model.mechanisms.carry_trade import CarryTrade
from selloff.model.mechanisms.defence import Defence
from selloff.model.mechanisms.fed import FedPurchases
from selloff.model.mechanisms.fed_rate import FedRate
from selloff.model.mechanisms.followers import Followers
from selloff.model.mechanisms.gated_bonds import GatedBondBuyer
from selloff.model.mechanisms.haven import Haven
from selloff.model.mechanisms.leaning import Leaning
from selloff.model.mechanisms.levered_funds import LeveredFunds
from selloff.model.mechanisms.margins import Margins
from selloff.model.mechanisms.mof import Intervention
from selloff.model.mechanisms.policy_rates import PolicyRate
from selloff.model.mechanisms.repo import FedRepo
from selloff.model.mechanisms.retaliation import Retaliation
from selloff.model.mechanisms.treasury import TreasuryShift
from selloff.model.pricing.equilibrium import fx_loadings, integrated_decay
from selloff.scenario import Rules
from selloff.vocab import BUCKETS, CURRENCIES, FOREIGN, PCT, TENOR_YEARS, TENORS, holders
from selloff.vocab import mechanisms as table

Array = NDArray[np.float64]
_BILLS: Final = BUCKETS.at("0-1Y")
_LONG: Final = [BUCKETS.at(bucket) for bucket in ("10-20Y", "20-30Y")]
_MANAGED: Final = "CNY"
"""The managed currency of the model; its economy stands for all of them."""
CLASSES: Final[Mapping[str, type[AbstractMechanism]]] = {
    "fed_repo": FedRepo,
    "defence": Defence,
    "followers": Followers,
    "margins": Margins,
    "levered_funds": LeveredFunds,
    "carry_trade": CarryTrade,
    "fed_purchases": FedPurchases,
    "fed_rate": FedRate,
    "boj_rate": PolicyRate,
    "treasury": TreasuryShift,
    "boj": GatedBondBuyer,
    "ecb": GatedBondBuyer,
    "mof": Intervention,
    "leaning": Leaning,
    "retaliation": Retaliation,
    "haven": Haven,
}
"""What each mechanism is, in the order in which they are asked."""


@lru_cache(maxsize=8)
def mechanisms(
    bank: Bank, world: Vintage, what: Supplies, *, who: Rows, rules: Rules
) -> tuple[AbstractMechanism, ...]:
    """Set up every mechanism: parameters from the bank, facts from the world.

    Kept for the next question with the same sellers and rules.
    """
    switch = {name: row.name for row in table().values() for name in row.modules}
    facts, drawn = _facts(world, rules), _drawn(bank, world, what, who)

    def one(name: str, cls: type[AbstractMechanism]) -> AbstractMechanism:
        known = {k: _every(bank, fact) for k, fact in facts.get(name, {}).items()}
        own = drawn.get(name, {})
        return build(cls, name, bank, world, name=name, switch=switch[name], **known, **own)

    return tuple(one(name, cls) for name, cls in CLASSES.items())


def _every(bank: Bank, fact: str | float | Array) -> Any:
    """The same fact in every draw; words stay words."""
    if isinstance(fact, str):
        return fact
    return put(np.broadcast_to(fact, (bank.n_draws, *np.shape(fact))))


def _facts(world: Vintage, rules: Rules) -> dict[str, dict[str, Any]]:
    """What mechanisms know as the books open, from the vintage and the words of the scenario."""
    gap = rules.us_inflation_gap_pp
    gap = inflation_gap_pct(world.date, world.snapshot) if gap is None else gap
    cap = np.inf if rules.jgb_cap_pct is None else rules.jgb_cap_pct * PCT
    return {
        "fed_purchases": {"mix": _coupon_mix(world), "inflation_gap": gap * PCT},
        "fed_rate": {"floor": _floor("USD", world)},
        "boj_rate": {"floor": _floor("JPY", world), "economy": "JPN", "currency": "JPY"},
        "treasury": {"mix": _bills_for_bonds(world)},
        "boj": {"cap": cap, "currency": "JPY"},
        "ecb": {"cap": np.inf, "currency": "EUR"},
        "defence": {"floating": _floating()},
        "leaning": {
            "output": world.gdp_usd_bn[_MANAGED],
            "floating": _floating(),
            "mix": _official_mix(world),
        },
        "mof": {
            "yen_trend": yen_trend(world.date, world.snapshot, memory_days=fixed("mof_memory"))
        },
        "haven": {"nodes": between(BUCKET_YEARS, TENOR_YEARS)},
    }


def _floor(currency: str, world: Vintage) -> float:
    """Lowest deviation of a policy rate [decimal]."""
    return -max(short_rate_pct(currency, world.date, world.snapshot), 0.0) * PCT


def _floating() -> Array:
    """Weights of the currencies that float, as in the broad dollar."""
    weights = np.array([fixed(f"usd_broad_{c.lower()}") * (c != _MANAGED) for c in FOREIGN])
    return np.asarray(weights / weights.sum())


def _official_mix(world: Vintage) -> Array:
    """What foreign officials hold, bucket by bucket."""
    table = holders()
    is_official = [table[holder].group == "foreign_official" for holder in world.holders]
    book = world.books[is_official].sum(axis=0)
    return np.asarray(book / book.sum())


def _coupon_mix(world: Vintage) -> Array:
    """What a dollar of the Federal Reserve's purchases goes into: no bills."""
    coupons = world.outstanding.copy()
    coupons[_BILLS] = 0.0
    return np.asarray(coupons / coupons.sum())


def _bills_for_bonds(world: Vintage) -> Array:
    """What a dollar of the Treasury's shift moves: bills up, long debt down."""
    shifted, long = np.zeros(len(BUCKETS)), world.outstanding[_LONG]
    shifted[_BILLS] = 1.0
    shifted[_LONG] = -long / long.sum()
    return shifted


def _drawn(bank: Bank, world: Vintage, what: Supplies, who: Rows) -> dict[str, dict[str, Any]]:
    """Fields that are worked out draw by draw."""
    us = us_rules(bank)
    return {
        "levered_funds": {"positions": put(_positions(bank, world, who))},
        "fed_rate": {
            "loadings": put(_dollar_rate(bank, what)),
            "activity": us.economy,
            "moved": us.moved,
            "basket": build(Basket, "dollar", bank),
        },
        "boj_rate": {"loadings": put(_yen_rate(bank, what))},
    }


def _positions(bank: Bank, world: Vintage, who: Rows) -> Array:
    """Levered funds' bonds by row: the row of Cayman funds first, then domestic funds' row."""
    books = row_books(who, world)
    wanted = bank.draws["levered_holdings_frac"] * world.outstanding.sum()
    found = np.zeros((bank.n_draws, *books.shape))
    for row in (GROUPS.index("levered"), ABSORBING.index("usa_household")):
        held = books[row].sum()
        taken = np.minimum(wanted, held)
        found[:, row] = (taken / held if held > 0.0 else 0.0 * taken)[:, None] * books[row]
        wanted = wanted - taken
    return found


def _dollar_rate(bank: Bank, what: Supplies) -> Array:
    """Response of outputs to the dollar's policy rate: the mean of what is expected of it.

    (1 - exp(-v T)) / (v T) at maturity T, 1 / v for the euro by interest parity, others beside it
    as in the core; abroad as in the record of announcements.
    """
    speed = (np.log(2.0) / bank.draws["fed_rate_expected"])[:, None]
    dollar = -np.expm1(-speed * GRID.years) / speed @ what.outputs.T
    currencies = fx_loadings(core(bank)[1].dynamics, len(CURRENCIES))[:, CURRENCIES.at("USD")]
    beside = currencies / currencies[:, FOREIGN.at("EUR")][:, None]
    abroad = spillover(bank) * dollar[:, TENORS.at("10Y")][:, None]
    return np.concatenate([dollar, abroad, -beside / speed], axis=1)


@lru_cache(maxsize=4)
def _yen_rate(bank: Bank, what: Supplies) -> Array:
    """Response of outputs to the short rate of the yen, by the core."""
    n_j, yen = len(CURRENCIES), CURRENCIES.at("JPY")
    _, solved = core(bank)
    bonds = integrated_decay(solved.dynamics, GRID, n_j)[:, :, yen]
    dollar = bonds[:, :, CURRENCIES.at("USD")] @ what.outputs.T
    foreign = np.einsum("m,dmj->dj", what.outputs[TENORS.at("10Y")], bonds[:, :, 1:])
    return np.concatenate([dollar, foreign, -fx_loadings(solved.dynamics, n_j)[:, yen]], axis=1)
