"""Bonds and currencies reprice; whoever sold is paid and places the money."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.account import book_conversion, book_sales
from selloff.engine.moment import Now
from selloff.engine.state import Sold
from selloff.engine.trading import Carried, Traded
from selloff.model.mechanisms import AbstractForcedCurrency, AbstractPressure, Moment
from selloff.model.pricing.bonds import bond_price
from selloff.model.pricing.exchange import concave_flow, with_neighbours
from selloff.model.pricing.fading import fade
from selloff.model.stress import level_off, spread_stress
from selloff.model.sums import add_up, once
from selloff.vocab.axes import ASSETS, FOREIGN, PRICES

_DOLLARS = ASSETS.at("usd_cash")
_YEN = FOREIGN.at("JPY")
_YEN_ALONE = slice(_YEN, _YEN + 1)


class Bonds(eqx.Module):
    """Prices of the step before money is placed."""

    felt: Float[Array, " b"]
    """Face sold and still felt [USD bn]."""
    stress: Float[Array, "2"]
    """Squeeze and doubt as they are felt [ratio]."""
    moves: Float[Array, " o"]
    """Outputs less baseline [decimal]."""
    base_yield: Float[Array, " b"]
    """Bucket yields of the baseline [decimal]."""
    base_price: Float[Array, " b"]
    paid: Float[Array, " b"]
    """Price at which the step's sales are paid [fraction of face]."""


class Money(eqx.Module):
    """What sellers and everybody else were paid, and what that did to currencies."""

    account: Sold
    cash: Float[Array, ""]
    """What bystanders were paid [USD bn]."""
    defence: Float[Array, ""]
    """The part of it that the Ministry of Finance exchanges for yen [USD bn]."""
    placed: Float[Array, " a"]
    """What they turned it into [USD bn]."""
    loose: Float[Array, " k"]
    """Foreign currency bought without bonds in the step [USD bn]."""
    fx_flow: Float[Array, " k"]
    """Foreign currency bought in all [USD bn]."""
    closed: dict[str, Float[Array, ""]]
    """By forced trade in a currency, the share of the position that is closed [fraction]."""
    fx_felt: Float[Array, " k"]
    fx_fresh: Float[Array, " k"]
    foreign_felt: Float[Array, " f"]
    prices: Float[Array, " o"]
    """Outputs less baseline at the end of the step [decimal]."""


def reprice_bonds(now: Now, moment: Moment, traded: Traded, carried: Carried) -> Bonds:
    """Reprice bonds, and find the price at which the step's sales are paid.

    A fund that leaves closes the other side of its trade too, so what it sells is carried and
    never felt for good.
    """
    state, tick, inputs, draw = now.state, now.tick, now.inputs, now.draw
    for_good = carried.supplied - add_up(carried.cut, 0) + moment.offered.issuance
    felt = fade(state.felt, for_good, tick.fades.felt)
    still = traded.is_free * inputs.sale.announced[:, None] * (state.sold.to_come - traded.sales)
    promised = add_up(still, 0) - inputs.outside.announced * traded.bank.to_come
    spread = spread_stress(carried.dislocation - state.seen.used_to, tick.elsewhere, draw.stress)
    stress = level_off(spread, draw.stress.limit)
    moves = (
        add_up(draw.prices.lasting * felt, 1)
        + add_up(draw.prices.carried * carried.inventory, 1)
        + add_up(draw.prices.expected * (draw.belief * promised), 1)
        + draw.prices.wedge * carried.dislocation
    )
    for mechanism, own in zip(draw.mechanisms, state.answers, strict=True):
        if isinstance(mechanism, AbstractPressure):
            moves = moves + moment.on[mechanism.switch] * mechanism.press(own, moment, stress)
    base_yield = inputs.market.bucket_yield + inputs.market.node_to_bucket @ tick.noise
    halfway = 0.5 * (state.bucket_delta + moves[PRICES.buckets])
    books = inputs.books
    return Bonds(
        felt=felt,
        stress=stress,
        moves=moves,
        base_yield=base_yield,
        base_price=bond_price(base_yield, books.coupon, books.years),
        paid=once(bond_price(base_yield + halfway, books.coupon, books.years)),
    )


def place_money(now: Now, moment: Moment, traded: Traded, bonds: Bonds) -> Money:
    """Pay whoever sold, let them change the money, and reprice currencies."""
    state, tick, inputs, draw = now.state, now.tick, now.inputs, now.draw
    account, sellers = book_sales(now, traded, bonds.paid, bonds.base_price)
    crowd = inputs.bystanders
    cash = add_up(traded.followed * bonds.paid, 1)
    refilling = add_up(add_up(traded.swapped, 0) * bonds.paid)
    placed = add_up(cash[:, None] * crowd.into, 0).at[_DOLLARS].add(refilling)
    invested = add_up(sellers, 0) + placed
    loose = tick.currency + moment.offered.currency
    fx_flow = add_up(invested[:, None] * inputs.asset_currency, 0) + loose
    closed, bought_back = _unwind_currency(now, moment, fx_flow, bonds)
    loose, fx_flow = loose + bought_back, fx_flow + bought_back
    fx_felt = fade(state.fx_felt, fx_flow, tick.fades.currency)
    fx_fresh = fade(state.fx_fresh, fx_flow, tick.fades.fresh)
    bonds_bought = add_up(invested[:, None] * inputs.asset_bond, 0) + moment.offered.foreign_bonds
    foreign_felt = fade(state.foreign_felt, bonds_bought + tick.foreign_bonds, tick.fades.felt)
    foreign_priced = foreign_felt + draw.prices.foreign_expected * draw.belief * tick.foreign_ahead
    lasting = concave_flow(fx_felt, inputs.unit_flow, draw.fx_power)
    jump = draw.fx_jump * concave_flow(fx_fresh, inputs.unit_flow, draw.fx_power)
    moved = add_up(draw.prices.fx * lasting, 1)
    own = moved[PRICES.fx] + jump
    moved = moved.at[PRICES.fx].set(with_neighbours(own, draw.fx_cross))
    prices = bonds.moves + moved + add_up(draw.prices.foreign_bonds * foreign_priced, 1)
    bought = add_up(sellers[:, :, None] * inputs.asset_currency, 1)
    return Money(
        account=book_conversion(account, bought, prices[PRICES.fx], now),
        cash=add_up(cash) + refilling,
        defence=add_up(crowd.intervenes * cash),
        placed=placed,
        loose=loose,
        fx_flow=fx_flow,
        closed=closed,
        fx_felt=fx_felt,
        fx_fresh=fx_fresh,
        foreign_felt=foreign_felt,
        prices=prices,
    )


def _unwind_currency(
    now: Now, moment: Moment, flow: Float[Array, " k"], bonds: Bonds
) -> tuple[dict[str, Float[Array, ""]], Float[Array, " k"]]:
    """Force trades funded in yen inside the same clearing: buying the yen back strengthens it."""
    state, fades, draw, unit_flow = now.state, now.tick.fades, now.draw, now.inputs.unit_flow
    own = jnp.diagonal(draw.prices.fx[PRICES.fx])
    lasting = fade(state.fx_felt, flow, fades.currency)
    fresh = fade(state.fx_fresh, flow, fades.fresh)
    rises = own * concave_flow(lasting, unit_flow, draw.fx_power)
    rises = rises + draw.fx_jump * concave_flow(fresh, unit_flow, draw.fx_power)
    spilt = with_neighbours(rises, draw.fx_cross)[_YEN] - rises[_YEN]
    given = bonds.moves[PRICES.fx.start + _YEN] + spilt

    def market(bought: Float[Array, ""]) -> Float[Array, ""]:
        yen, new = (
            lasting[_YEN_ALONE] + fades.currency.kept * bought,
            fresh[_YEN_ALONE] + fades.fresh.kept * bought,
        )
        rise = own[_YEN] * concave_flow(yen, unit_flow[_YEN_ALONE], draw.fx_power)[0]
        jump = draw.fx_jump[_YEN] * concave_flow(new, unit_flow[_YEN_ALONE], draw.fx_power)[0]
        return given + rise + jump

    closed, back = {}, jnp.zeros(())
    for mechanism, before in zip(draw.mechanisms, state.answers, strict=True):
        if isinstance(mechanism, AbstractForcedCurrency):
            share = mechanism.unwind(before, moment, market)
            closed[mechanism.name] = share
            back = back + (share - before) * mechanism.owed
    return closed, jnp.zeros_like(flow).at[_YEN].set(back)
