"""Series of the dataset that rest on more than one array of the engine, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.bill import own_currency
from selloff.bridge.curve import par_yields
from selloff.bridge.lower import Lowered
from selloff.bridge.rows import GROUPS, by_row, holder_shares, own_sales
from selloff.bridge.transmission import Economics
from selloff.data import Vintage, short_rate_pct
from selloff.engine import Outcome, Trajectory, Transmitted
from selloff.model.pricing.bonds import bond_price
from selloff.model.sums import DUST
from selloff.vocab import (
    BOND_MARKETS,
    CURRENCIES,
    PRICES,
    RESERVE_ASSETS,
    STRESSES,
    TENOR_YEARS,
    TENORS,
)

Numbers = NDArray[np.float64]


class CapacityOutcome(IntEnum):
    """What came of it when dealers' books were too small."""

    room_for_all = 0
    orders_waited = 1
    """Books were full and orders stood in line."""
    beyond_capacity = 2
    """Capacity fell below what dealers held; they asked the price of it."""


@dataclass(frozen=True, eq=False)
class Sources:
    """Where the series of a dataset come from: the roots of the column `from` of the variables."""

    asked: Lowered
    economics: Economics
    world: Vintage
    run: Trajectory | None = None
    economy: Transmitted | None = None

    def read(self, source: str) -> Any:
        """Follow a dotted path, through objects, by key and along tuples, or call a function.

        A bond market in brackets behind it picks that market.
        """
        if source in _DERIVED:
            return _DERIVED[source](self)
        source, _, market = source.rstrip("]").partition("[")
        found: Any = self
        for name in source.split("."):
            if isinstance(found, tuple):
                found = np.array([getattr(each, name) for each in found])
            else:
                found = found[name] if isinstance(found, Mapping) else getattr(found, name)
        return BOND_MARKETS.pick(found, market) if market else found


def _opening_curve(given: Sources) -> Numbers:
    return par_yields(given.world.curves["USD"], np.array(TENOR_YEARS))


def _opening_mortgage_rate(given: Sources) -> Numbers:
    return np.median(given.economics.responses.borrowers.opening_rate)


def _opening_policy_rate(given: Sources) -> Numbers:
    world = given.world
    pair = ("USD", "JPY")
    return np.array([short_rate_pct(each, world.date, world.snapshot) for each in pair])


def _dollar_curve(given: Any) -> Numbers:
    """What the bond market does, and the fiscal premium."""
    loading = np.asarray(given.economics.setting.us.budget.loading)
    premium = np.asarray(given.economy.premium)[:, :, None] * loading
    return np.asarray(given.run.prices[:, :, PRICES.tenors] + premium)


def _ten_years(given: Any) -> Numbers:
    dollar = TENORS.pick(_dollar_curve(given), "10Y")
    return np.concatenate([dollar[:, :, None], given.run.prices[:, :, PRICES.foreign]], axis=2)


def _exchange_rates(given: Any) -> Numbers:
    fx = given.run.prices[:, :, PRICES.fx]
    return np.concatenate([np.zeros_like(fx[:, :, :1]), fx], axis=2)


def _baseline_fx(given: Any) -> Numbers:
    fx = np.exp(given.run.base_log_fx)
    return np.concatenate([np.ones_like(fx[:, :, :1]), fx], axis=2)


def _opening_fx(given: Sources) -> Numbers:
    return np.append(1.0, np.exp(given.asked.inputs.market.log_fx))


def _programme(given: Sources) -> float:
    return float(np.sum(given.asked.inputs.sale.programme))


def _carried(given: Any) -> Numbers:
    return np.asarray(given.run.dealers + given.run.levered)


def _absorbed_by_holder(given: Any) -> Numbers:
    """What each holder bought: its share of its row, and what it sold itself taken off."""
    run, rows, sale = given.run, given.asked.rows, given.asked.inputs.sale
    shares = holder_shares(rows, given.world)
    sold = own_sales(run.others.sold + run.others.refilled, rows, given.world)
    bought = run.bought + by_row(sold, rows)[:, : len(GROUPS)]
    found = np.einsum("drb,rhb->dh", bought, shares[: len(GROUPS)]) - sold.sum(axis=2)
    gone = np.asarray(sale.programme) - run.account.to_come + run.account.refilled
    return np.asarray(found - np.einsum("dsb,shb->dh", gone, shares[len(GROUPS) :]))


def _days_to_complete(given: Any) -> Numbers:
    """Business days from the first sale to the last; NaN where something is left."""
    account, outcome = given.run.account, given.run.outcome
    days = account.last_day - account.first_day + 1.0
    days = np.where(outcome == Outcome.nothing_to_sell, 0.0, days)
    is_open = np.isin(outcome, [Outcome.unfinished, Outcome.no_equilibrium, Outcome.frozen])
    return np.asarray(np.where(is_open, np.nan, days))


def _capacity_outcome(given: Any) -> Numbers:
    """What came of it when dealers' books were too small."""
    waited = given.run.waiting.max(axis=1) > DUST
    beyond = given.run.use.max(axis=1) > 1.0 + DUST
    found = np.where(waited, CapacityOutcome.orders_waited, CapacityOutcome.room_for_all)
    return np.where(beyond, CapacityOutcome.beyond_capacity, found)


def _proceeds(given: Any) -> Numbers:
    return np.asarray(given.run.account.proceeds.sum(axis=1))


def _execution_loss(given: Any) -> Numbers:
    return np.asarray(given.run.account.at_baseline.sum(axis=1) - _proceeds(given))


def _seller_bill(given: Any) -> Numbers:
    """Parts of the sellers' bill, in the order of the axis."""
    account = given.run.account
    parts = (
        _execution_loss(given),
        account.conversion.sum(axis=1),
        account.mark.sum(axis=1),
        _sanction_loss(given),
        account.carry.sum(axis=1),
    )
    return np.stack(parts, axis=1)


def _seller_bill_lc(given: Any) -> Numbers:
    """The bill in the sellers' currency at the opening's rate."""
    asked = given.asked
    currency = own_currency(asked.rows, asked.inputs.sale.programme, given.world)
    return _seller_bill(given) / CURRENCIES.pick(_opening_fx(given), currency)


def _bond_waiting_loss(given: Any) -> Numbers:
    """What markets took off bonds until they were sold: opening prices less baseline prices."""
    inputs, account = given.asked.inputs, given.run.account
    opening = bond_price(inputs.market.bucket_yield, inputs.books.coupon, inputs.books.years)
    gone = np.asarray(inputs.sale.programme) - account.to_come + account.refilled
    return np.asarray((gone * np.asarray(opening)).sum(axis=2) - account.at_baseline).sum(axis=1)


def _currency_waiting_loss(given: Any) -> Numbers:
    """What markets took off dollars until they were changed: baseline rates against the opening."""
    placed = np.diff(given.run.placed, axis=1, prepend=0.0)
    changed = placed @ np.asarray(given.asked.inputs.asset_currency)
    changed = changed + np.asarray(given.asked.inputs.outside.currency)
    rise = given.run.base_log_fx - np.asarray(given.asked.inputs.market.log_fx)
    return np.asarray((changed * -np.expm1(-rise)).sum(axis=(1, 2)))


def _currency_flow_loss(given: Any) -> Numbers:
    """What dollars changed without a bond lose to their own weight, halfway through each step."""
    rise = given.run.prices[:, :, PRICES.fx]
    before = np.concatenate([np.zeros_like(rise[:, :1]), rise[:, :-1]], axis=1)
    flow = np.asarray(given.asked.inputs.outside.currency)
    return np.asarray((flow * -np.expm1(-0.5 * (before + rise))).sum(axis=(1, 2)))


def _sanction_prob(given: Any) -> Numbers:
    return np.asarray(-np.expm1(-given.run.ended["hazard_by_seller"].sum(axis=1)))


def _sanction_loss(given: Any) -> Numbers:
    return np.asarray(given.run.ended["sanction_loss"].sum(axis=1))


def _squeeze_peak(given: Any) -> Numbers:
    return np.asarray(STRESSES.pick(given.run.stress, "squeeze").max(axis=1))


def _doubt_peak(given: Any) -> Numbers:
    return np.asarray(STRESSES.pick(given.run.stress, "doubt").max(axis=1))


def _reserve_capacity(given: Sources) -> Numbers:
    return np.array([given.economics.capacity[name] for name in RESERVE_ASSETS])


_DERIVED: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType(
    {
        function.__name__.removeprefix("_"): function
        for function in (
            *(_opening_curve, _opening_mortgage_rate, _opening_policy_rate),
            *(_dollar_curve, _ten_years, _exchange_rates, _baseline_fx),
            *(_opening_fx, _programme, _carried, _absorbed_by_holder),
            *(_days_to_complete, _capacity_outcome, _proceeds, _execution_loss, _seller_bill),
            *(_seller_bill_lc, _sanction_prob, _sanction_loss),
            *(_bond_waiting_loss, _currency_waiting_loss, _currency_flow_loss),
            *(_reserve_capacity, _squeeze_peak, _doubt_peak),
        )
    }
)
