"""From the bank's draws to price maps: the solved core, in par yields and exchange rates."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.abroad import bonds_bought_abroad, spillover
from selloff.bridge.arrays import put
from selloff.bridge.curve import between
from selloff.bridge.reference import GRID, Reference, par_row, present_value
from selloff.bridge.size import IMPACT_YEAR, growth_since
from selloff.data import Vintage
from selloff.engine import PriceMap
from selloff.evidence import Bank, few_of
from selloff.model.pricing.equilibrium import Equilibrium
from selloff.model.pricing.habitat import Economy
from selloff.model.pricing.impact import Impact, bond_supply, fx_supply, impact_operator
from selloff.vocab import (
    BOND_MARKETS,
    BP,
    BUCKET_EDGES,
    BUCKETS,
    CURRENCIES,
    FOREIGN,
    MONTHS_PER_YEAR,
    PCT,
    PRICES,
    TENOR_YEARS,
    TENORS,
)

Numbers = NDArray[np.float64]
_WEDGE_NODES = {"3m": 0.25, "2y": 2.0, "5y": 5.0, "10y": 10.0, "30y": 30.0}
_SHORTEST_WAIT = 1.0 / MONTHS_PER_YEAR
"""A wait below this counts as this [years]."""
BUCKET_YEARS = tuple(0.5 * (low + high) for low, high in pairwise(BUCKET_EDGES))
"""Maturity of the bond that stands for each bucket: its middle [years]."""


@dataclass(frozen=True, eq=False)
class Supplies:
    """What can be sold, on the maturity grid, and how answers are read."""

    buckets: Numbers
    """Value of one USD bn face of each bucket by maturity of its cash flows [USD bn]."""
    ten_year: Numbers
    """Value of one USD bn of the 10-year par bond [USD bn]."""
    outputs: Numbers
    """Dollar yields at tenors and buckets from zero log prices, output by maturity [1/year]."""
    equivalents: Numbers
    """Ten-year equivalents of one USD bn face of each bucket [ratio]."""


@lru_cache(maxsize=4)
def supplies(world: Vintage, quoted: Reference) -> Supplies:
    """Describe the bonds of a vintage."""
    times = GRID.years
    per_year = 1.0 / np.maximum(times, GRID.step)
    coupons = world.coupon_pct * PCT
    bonds = zip(BUCKET_YEARS, coupons, strict=True)
    buckets = np.stack([present_value(quoted.discounts, times, y, coupon=c) for y, c in bonds])
    more = [par_row(quoted.discounts, times, years) for years in BUCKET_YEARS]
    zero_to_par = np.concatenate([quoted.tenor_weights, np.stack(more)])
    dollar_duration = buckets @ times
    return Supplies(
        buckets,
        quoted.profile,
        zero_to_par * per_year,
        dollar_duration / (quoted.profile @ times),
    )


@lru_cache(maxsize=8)
def price_map(
    bank: Bank,
    world: Vintage,
    what: Supplies,
    *,
    mean_wait: float,
    only: tuple[int, ...] | None = None,
) -> PriceMap:
    """Solve the impact operator for every draw of the bank; who waits for ever expects nothing.

    Where a few draws are asked for, what is expected is solved for `only` their rows; elsewhere it
    is NaN.
    """
    if np.isinf(mean_wait):
        return _standing(bank, world, what)
    few = bank if only is None else few_of(bank, only)
    rows = slice(None) if only is None else list(only)
    sooner = 1.0 / max(mean_wait, _SHORTEST_WAIT)
    with ThreadPoolExecutor() as workers:
        waiting = workers.submit(_bonds, few, world, what, sooner)
        standing = _standing(bank, world, what)
        lasting = np.asarray(standing.lasting)
        expected = np.full_like(lasting, np.nan)
        expected[rows] = lasting[rows] - waiting.result()
        abroad = np.full_like(np.asarray(standing.foreign_expected), np.nan)
        abroad[rows] = _announced_part(few, what, sooner)
        return replace(standing, expected=put(expected), foreign_expected=put(abroad))


@lru_cache(maxsize=8)
def _standing(bank: Bank, world: Vintage, what: Supplies) -> PriceMap:
    """The price map but for what is expected, kept for the next question.

    What is expected of a sale depends on how long it is waited for; here for ever.
    """
    _handed(bank, what)  # once, before two ask for it at the same time
    with ThreadPoolExecutor() as workers:
        waiting = workers.submit(_bonds, bank, world, what, None)
        lasting = _responses(bank, what, 0.0) * (1.0 / growth_since(IMPACT_YEAR, world))
        carried = waiting.result()
    # Bonds and currencies are separate desks up to the share that is integrated.
    keep = bank.draws["fx_bond_integration"]
    others = lasting[:, :, len(BUCKET_YEARS) :].copy()
    abroad, fx = np.split(others, [len(BOND_MARKETS)], axis=2)
    foreign_bonds = bonds_bought_abroad(bank, world, abroad[:, : PRICES.foreign.start])
    foreign_bonds[:, PRICES.fx] = keep[:, None, None] * abroad[:, PRICES.fx]
    fx[:, : PRICES.fx.start] *= keep[:, None, None]
    fx = fx * _fx_scale(bank, fx, world)[:, None, :]
    # What a currency does to others is estimated: the core does not know which are managed.
    fx[:, PRICES.fx] *= np.eye(len(FOREIGN))
    return PriceMap(
        lasting=put(_bonds(bank, world, what, 0.0)),
        carried=put(carried),
        expected=put(np.zeros_like(carried)),
        foreign_bonds=put(foreign_bonds),
        foreign_expected=put(np.zeros((bank.n_draws, len(BOND_MARKETS)))),
        fx=put(fx),
        wedge=put(_wedge_shape(bank)),
    )


def _bonds(bank: Bank, world: Vintage, what: Supplies, sooner: float | None) -> Numbers:
    """Outputs per unit of each bucket."""
    scale = 1.0 / growth_since(IMPACT_YEAR, world)
    values = scale * _responses(bank, what, sooner)[:, :, : len(BUCKET_YEARS)]
    values[:, PRICES.fx] *= bank.draws["fx_bond_integration"][:, None, None]
    # Abroad as in the record of announcements: the core would give twice as much.
    values[:, PRICES.foreign] = spillover(bank)[:, :, None] * values[:, TENORS.at("10Y"), None]
    return values


def _announced_part(bank: Bank, what: Supplies, sooner: float) -> Numbers:
    """Part of the answer to bonds bought abroad that their announcement brings.

    1 - r(waiting) / r(at once), r the answer of the market's own 10-year yield
    """
    first = len(BUCKET_YEARS)
    waiting, lasting = (
        np.diagonal(
            _responses(bank, what, rate)[:, PRICES.foreign, first : first + len(BOND_MARKETS)],
            axis1=1,
            axis2=2,
        )
        for rate in (sooner, 0.0)
    )
    return 1.0 - waiting / lasting


def transient_wedge(bank: Bank, prices: PriceMap, what: Supplies, *, world: Vintage) -> Numbers:
    """Dealer wedge that completes the transient impact prior.

    psi = b_T - what operator(k) already gives, never below zero
    """
    ten, bucket = TENORS.at("10Y"), BUCKETS.at("7-10Y")
    carried = np.asarray(prices.carried)[:, ten, bucket] / what.equivalents[bucket]
    wanted = bank.draws["transient_impact"] * BP / 100.0 / growth_since(IMPACT_YEAR, world)
    return np.maximum(wanted - carried, 0.0)


@lru_cache(maxsize=16)
def _responses(bank: Bank, what: Supplies, sooner: float | None) -> Numbers:
    """Outputs per unit of each supply that dies away, kept for the next question.

    It dies away as a sale is forgotten, sooner by a rate, or as intermediaries pass it on.
    """
    forgotten, passed_on = bank.draws["supply_decay"], bank.draws["transient_half_life"]
    decay = np.log(2.0) / passed_on if sooner is None else forgotten + sooner
    return _outputs(_impacts(bank, what, decay), what)


def _impacts(bank: Bank, what: Supplies, decay: Numbers) -> Impact:
    economies, found = core(bank)
    return impact_operator(economies, found, GRID, exposure=_handed(bank, what), decay=decay)


@lru_cache(maxsize=8)
def _handed(bank: Bank, what: Supplies) -> Numbers:
    """Buckets sold, a 10-year bond of each foreign market bought, each foreign currency bought."""
    economies, found = core(bank)
    abroad = [CURRENCIES.at(each) for each in BOND_MARKETS]
    handed = [
        bond_supply(found, GRID, what.buckets, 0),
        -bond_supply(found, GRID, what.ten_year[None], *abroad),
        -fx_supply(found, economies.n_currencies),
    ]
    return np.concatenate(handed, axis=-1)


def core(bank: Bank) -> tuple[Economy, Equilibrium]:
    """Read the pricing core off the bank."""
    core = {k.removeprefix("core_"): v for k, v in bank.draws.items() if k[:5] == "core_"}
    dynamics, n = core.pop("dynamics"), bank.n_draws
    found = Equilibrium(
        dynamics, np.zeros_like(dynamics), np.zeros(n), np.ones(n, bool), np.zeros(n, int)
    )
    return Economy(**core), found


def _outputs(impact: Impact, what: Supplies) -> Numbers:
    """Stack dollar yields, foreign 10-year yields and log exchange rates."""
    ten = TENORS.at("10Y")
    dollar = what.outputs @ impact.bonds[:, :, 0]
    foreign = np.einsum("m,dmjs->djs", what.outputs[ten], impact.bonds[:, :, 1:])
    return np.concatenate([dollar, foreign, -impact.currencies], axis=1)


def _fx_scale(bank: Bank, fx: Numbers, world: Vintage) -> Numbers:
    """Factor on each currency's flows that gives all the yen's impact per percent of GDP."""
    size = np.array([world.gdp_usd_bn[c] for c in FOREIGN])
    own = np.diagonal(fx[:, PRICES.fx], axis1=1, axis2=2) * PCT * size
    return np.asarray(bank.draws["fx_impact"][:, None] * PCT / own)


def _wedge_shape(bank: Bank) -> Numbers:
    """Height of the dealer wedge over outputs: dollar curve, foreign 10-year yields, no FX."""
    heights = np.stack([bank.draws[f"wedge_shape_{name}"] for name in _WEDGE_NODES], axis=1)
    shape = between((*TENOR_YEARS, *BUCKET_YEARS), tuple(_WEDGE_NODES.values()))
    nothing = np.zeros((bank.n_draws, len(FOREIGN)))
    return np.concatenate([heights @ shape.T, spillover(bank), nothing], axis=1)
