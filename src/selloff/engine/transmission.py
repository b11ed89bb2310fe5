"""From prices to people: the economy is worked out on the paths of the markets."""

from dataclasses import replace
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from selloff.engine.calendar import Calendar, by_quarter, by_step, by_year
from selloff.engine.simulate import Trajectory
from selloff.model.economy.dollar import Basket, broad_dollar
from selloff.model.economy.drivers import Drivers
from selloff.model.economy.emerging.economies import (
    EmergingPaths,
    EmergingRules,
    EmergingWorld,
    emerging_paths,
)
from selloff.model.economy.japan.core import JapanPaths, JapanRules, JapanWorld, japan_paths
from selloff.model.economy.lags import lingered
from selloff.model.economy.markets.assets import MarketMoves, MarketResponses, market_moves
from selloff.model.economy.markets.borrowers import BorrowerRules, Borrowers, borrowers
from selloff.model.economy.reserves.capacity import CapacityRules, move_price
from selloff.model.economy.reserves.shares import (
    Feared,
    ReservePaths,
    ReserveRules,
    ReserveWorld,
    reserve_paths,
)
from selloff.model.economy.tariffs import (
    TariffPaths,
    TariffRules,
    TariffWorld,
    tariff_paths,
)
from selloff.model.economy.united_states.core import UsPaths, UsRules, UsWorld, us_paths
from selloff.model.economy.united_states.ratings import RatingRules, downgrade_prob
from selloff.model.mechanisms import Bystanders
from selloff.model.mechanisms.defence import faces_sold
from selloff.model.sums import add_up
from selloff.vocab import (
    BOND_MARKETS,
    BORROWING_RATES,
    ECONOMIES,
    FOREIGN,
    MARKETS,
    PRICES,
    STRESSES,
    TENORS,
    VOLATILITIES,
)

_AHEAD = ("debt", "interest", "revenue", "gdp")
"""What a budget has by quarter."""


class Setting(eqx.Module):
    """The world economy as the books open, the same for all draws."""

    calendar: Calendar
    spent: Float[Array, "a n"]
    """One where an asset is bought in that scarce market [flag]."""
    official: Float[Array, ""]
    """Share of the programme that comes from official books [fraction]."""
    programme: Float[Array, ""]
    """Face all sellers mean to sell [USD bn]."""
    japan_share: Float[Array, " s"]
    """Share of each seller's sales that comes out of Japan's official book [fraction]."""
    japan_book: Float[Array, ""]
    """That book as it opens, face [USD bn]."""
    us: UsWorld
    japan: JapanWorld
    emerging: EmergingWorld
    reserves: ReserveWorld
    tariffs: TariffWorld
    bystanders: Bystanders


class Responses(eqx.Module):
    """Parameters of the economy, one row a draw."""

    dollar: Basket
    markets: MarketResponses
    us: UsRules
    ratings: RatingRules
    borrowers: BorrowerRules
    japan: JapanRules
    emerging: EmergingRules
    reserves: ReserveRules
    capacity: CapacityRules
    tariffs: TariffRules


class Transmitted(eqx.Module):
    """What became of the economy, one row a draw."""

    broad: Float[Array, "*d t"]
    """Broad dollar less baseline [log]."""
    premium: Float[Array, "*d t"]
    """Fiscal premium on yields of ten years and longer [decimal]."""
    ten_year: Float[Array, "*d q"]
    """10-year yield less baseline, mean of the quarter [decimal]."""
    defended: Float[Array, "*d t"]
    """Treasuries that officials sold so far for want of dollars, face [USD bn]."""
    us: UsPaths
    policy_rate: Float[Array, "*d q"]
    """Mean of the quarter less baseline [decimal]."""
    downgrade_base: Float[Array, "*d q"]
    downgrade: Float[Array, "*d q"]
    borrowers: Borrowers
    markets: MarketMoves
    japan: JapanPaths
    emerging: EmergingPaths
    reserves: ReservePaths
    price_fast: Float[Array, "*d r"]
    price_slow: Float[Array, "*d r"]


def transmit(
    path: Trajectory, chance: Float[Array, "d q 3"], setting: Setting, responses: Responses
) -> Transmitted:
    """Work out the economy on the paths of a batch of draws."""
    return jax.vmap(lambda p, c, r: _transmit_one(p, c, setting, r))(path, chance, responses)


def with_room(setting: Setting, n_years: int, n_steps: int) -> Setting:
    """Make room for a longer run, so that one program serves all that are shorter."""
    n_q = 4 * n_years

    def fill(leaf: Array, length: int) -> Array:
        held = np.asarray(leaf)
        room = [(0, length - held.shape[0])] + [(0, 0)] * (held.ndim - 1)
        return jax.device_put(np.pad(held, room, mode="edge"))

    time, budget = setting.calendar, setting.us.budget
    more = n_q - time.quarter_end.size
    alive = np.pad(np.asarray(budget.alive), [(0, more), (0, more), (0, 0)])
    ahead = {name: fill(getattr(budget, name), n_q) for name in _AHEAD}
    steps = {name: fill(getattr(time, name), n_steps) for name in ("years", "quarter", "part")}
    ends = fill(time.quarter_end, n_q), fill(time.run_year_end, n_years)
    us = replace(setting.us, budget=replace(budget, alive=jax.device_put(alive), **ahead))
    return replace(
        setting, calendar=replace(time, quarter_end=ends[0], run_year_end=ends[1], **steps), us=us
    )


def cut_to(found: Transmitted, *, n_steps: int, n_quarters: int) -> Transmitted:
    """Leave out what lies beyond the run."""

    def shorten(leaf: Array, length: int) -> Array:
        # JAX takes a while to cut, even where nothing comes off.
        return leaf[:, :length] if leaf.ndim > 1 and leaf.shape[1] > length else leaf

    def cut(part: Any, length: int) -> Any:
        return jax.tree.map(lambda leaf: shorten(leaf, length), part)

    quarterly = (
        *("us", "ten_year", "policy_rate", "downgrade_base"),
        *("downgrade", "borrowers", "japan"),
    )
    shorter = {name: cut(getattr(found, name), n_quarters) for name in quarterly}
    steps = {
        name: cut(getattr(found, name), n_steps)
        for name in ("broad", "premium", "defended", "markets")
    }
    return replace(found, **shorter, **steps)


def _transmit_one(
    path: Trajectory, chance: Float[Array, "q 3"], setting: Setting, rules: Responses
) -> Transmitted:
    time = setting.calendar
    steps = drivers(path, setting, rules.dollar)
    struck = by_quarter(path.reported["struck"], time)
    tariffs = tariff_paths(struck, setting.tariffs, rules.tariffs)
    felt = by_quarter(_strained(steps, time, rules), time)
    trade = jnp.stack([tariffs.us_gdp, tariffs.us_prices, tariffs.us_customs], axis=1)
    us = us_paths(felt, chance, setting.us, rules.us, trade=trade)
    premium = by_step(us.premium, time)
    steps = _with_premium(steps, premium, setting)
    quarters = by_quarter(steps, time)
    ten_year = TENORS.pick(quarters.yields, "10Y")
    moves = _markets(steps, us, setting, rules)
    costs, fear = by_quarter((moves.rates, VOLATILITIES.pick(moves.volatility, "vix")), time)
    mortgage, spread = (BORROWING_RATES.pick(costs, name) for name in ("mortgage_30y", "ig_oas"))
    base, cut = downgrade_prob(us, rules.ratings)
    fast, slow = move_price(setting.programme, setting.reserves, rules.capacity)
    return Transmitted(
        broad=steps.broad,
        premium=premium,
        ten_year=ten_year,
        defended=_sold(path.reported["needed"], setting),
        us=us,
        policy_rate=ECONOMIES.pick(quarters.rates, "USA"),
        downgrade_base=base,
        downgrade=cut,
        borrowers=borrowers(mortgage, ten_year + spread, rules.borrowers),
        markets=moves,
        japan=japan_with(
            japan_paths(
                quarters,
                _held(path, setting),
                setting.japan,
                rules.japan,
                last=time.last_quarter,
            ),
            tariffs,
            rules.japan,
        ),
        emerging=emerging_paths(
            quarters,
            fear,
            by_quarter(_spent(path, rules), time),
            world=setting.emerging,
            rules=rules.emerging,
        ),
        reserves=_reserves(path, steps, moves, cut - base, setting=setting, rules=rules),
        price_fast=fast,
        price_slow=slow,
    )


def japan_with(japan: JapanPaths, tariffs: TariffPaths, rules: JapanRules) -> JapanPaths:
    """Add what tariffs do to Japan's exports and output."""
    lost = tariffs.japan_exports / rules.trade_share
    return replace(japan, exports=japan.exports + lost, gdp=japan.gdp + tariffs.japan_gdp)


def _strained(steps: Drivers, time: Calendar, rules: Responses) -> Drivers:
    """Who borrows goes on feeling a stress that has gone."""
    easing = rules.us.economy.demand.easing
    return eqx.tree_at(lambda d: d.stress, steps, lingered(steps.stress, time.years, easing))


def drivers(path: Trajectory, setting: Setting, dollar: Basket) -> Drivers:
    """Read off one draw's path what moves the economy."""
    log_fx = path.prices[:, PRICES.fx]
    return Drivers(
        yields=path.prices[:, PRICES.tenors],
        jgb=FOREIGN.pick(path.prices[:, PRICES.foreign], "JPY"),
        rates=path.reported["rates"],
        log_fx=log_fx,
        broad=broad_dollar(log_fx, dollar),
        stress=path.stress,
        spent=(path.placed + path.placed_by_others) @ setting.spent,
        jgbs=path.reported["foreign_bonds"][:, BOND_MARKETS.at("JPY")],
    )


def _with_premium(steps: Drivers, premium: Float[Array, " t"], setting: Setting) -> Drivers:
    """All but the bond market's own clearing know one US curve, the fiscal premium in it."""
    return replace(steps, yields=steps.yields + jnp.outer(premium, setting.us.budget.loading))


def _markets(steps: Drivers, us: UsPaths, setting: Setting, rules: Responses) -> MarketMoves:
    """Markets move with the economy as it comes, and not ahead of it."""
    time = setting.calendar
    return market_moves(steps, by_step(us.gdp, time), time.years, rules.markets)


def _spent(path: Trajectory, rules: Responses) -> Float[Array, "t 2"]:
    """Of what officials sold in a squeeze a part leaves reserves, of what they defend with all."""
    return path.reported["needed"] * jnp.stack([rules.emerging.spent, jnp.ones(())])


def _sold(met: Float[Array, "t 2"], setting: Setting) -> Float[Array, " t"]:
    """Face that all officials sold for want of dollars [USD bn]."""
    return jax.vmap(lambda m: add_up(faces_sold(m, setting.bystanders)))(met)


def _held(path: Trajectory, setting: Setting) -> Float[Array, " q"]:
    """Face Japan's official book still holds at the end of each quarter [USD bn]."""
    sold = jnp.cumsum(path.sold_by @ setting.japan_share)
    return setting.japan_book - sold[setting.calendar.quarter_end]


def _reserves(
    path: Trajectory,
    steps: Drivers,
    moves: MarketMoves,
    cut: Float[Array, " q"],
    *,
    setting: Setting,
    rules: Responses,
) -> ReservePaths:
    time = setting.calendar
    years, gold = by_year((steps, MARKETS.pick(moves.assets, "gold")), time)
    # Prices stay where the run left them; nobody doubts for ever.
    feared = Feared(
        doubt=STRESSES.pick(years.stress, "doubt") * time.is_run,
        frozen=jnp.max(path.reported["struck"], axis=1, initial=0.0)[time.year_end],
        default=cut[time.quarter[time.year_end]],
    )
    return reserve_paths(
        years,
        setting.official * path.placed[time.year_end],
        (path.reported["bought_dollars"] - _sold(_spent(path, rules), setting))[time.year_end],
        gold_price=gold,
        feared=feared,
        world=setting.reserves,
        rules=rules.reserves,
    )
