"""Bonds and currencies reprice; whoever sold is paid and places the money."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.account import book_sales
from selloff.engine.desired import Desired
from selloff.engine.forced import unwind_carry
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.response import bond_response, fx_response, haven_move, rate_response
from selloff.engine.state import Sold, State
from selloff.engine.ticks import Tick
from selloff.engine.trading import Carried, Traded
from selloff.model.pricing.bonds import bond_price
from selloff.model.pricing.fading import fade
from selloff.model.sums import add_up


class Bonds(eqx.Module):
    """Bond prices of the step, before currencies move."""

    felt: Float[Array, " b"]
    """Face sold and still felt [USD bn]."""
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
    """What reactors were paid [USD bn]."""
    defence: Float[Array, ""]
    """The part of it that the Ministry of Finance exchanges for yen [USD bn]."""
    placed: Float[Array, " a"]
    """What they turned it into [USD bn]."""
    loose: Float[Array, " k"]
    """Foreign currency bought without bonds in the step [USD bn]."""
    fx_flow: Float[Array, " k"]
    """Foreign currency bought in all [USD bn]."""
    carry_closed: Float[Array, ""]
    fx_felt: Float[Array, " k"]
    fx_fresh: Float[Array, " k"]
    jgb_felt: Float[Array, ""]
    prices: Float[Array, " o"]
    """Outputs less baseline at the end of the step [decimal]."""


def bucket_yields(inputs: Inputs) -> slice:
    """Find where bucket yields stand among the outputs: ahead of foreign yields and currencies."""
    n_behind = 2 * inputs.gdp.shape[0]
    return slice(-n_behind - inputs.books.years.shape[0], -n_behind)


def reprice_bonds(
    state: State,
    tick: Tick,
    wish: Desired,
    *,
    traded: Traded,
    carried: Carried,
    inputs: Inputs,
    draw: Draws,
) -> Bonds:
    """Reprice bonds, and find the price at which the step's sales are paid.

    A fund that leaves closes the other side of its trade too, so what it sells is carried and
    never felt for good.
    """
    market, sale = inputs.market, inputs.sale
    felt = fade(state.felt, carried.supplied - carried.forced + wish.shift, tick.fades.felt)
    still = traded.is_free * sale.announced[:, None] * (state.sold.to_come - traded.sales)
    promised = add_up(still, 0) - inputs.outside.announced * traded.bank.to_come
    moves = bond_response(felt, carried.inventory, draw.belief * promised, draw)
    moves = moves + draw.prices.wedge * carried.dislocation
    moves = moves + rate_response(state.reacted.rates, draw)
    base_yield = market.bucket_yield + market.node_to_bucket @ tick.noise
    halfway = 0.5 * (state.bucket_delta + moves[bucket_yields(inputs)])
    return Bonds(
        felt=felt,
        moves=moves,
        base_yield=base_yield,
        base_price=bond_price(base_yield, inputs.books.coupon, inputs.books.years),
        paid=bond_price(base_yield + halfway, inputs.books.coupon, inputs.books.years),
    )


def place_money(
    state: State,
    tick: Tick,
    wish: Desired,
    *,
    traded: Traded,
    carried: Carried,
    bonds: Bonds,
    inputs: Inputs,
    draw: Draws,
) -> Money:
    """Pay whoever sold, let them change the money, and reprice currencies."""
    account, fx_flow, jgb_flow = book_sales(
        state,
        traded.sales,
        bonds.paid,
        base_price=bonds.base_price,
        backlog=traded.backlog,
        inputs=inputs,
        days=tick.days,
    )
    cash = traded.followed * add_up(inputs.reactors.profile * bonds.paid, 1)
    placed = add_up(cash[:, None] * inputs.reactors.into, 0)
    loose = tick.currency + _yen(wish.dollars, tick.currency)
    fx_flow = fx_flow + add_up(placed[:, None] * inputs.asset_currency, 0) + loose
    haven = inputs.switches.haven * haven_move(carried.dislocation, tick, draw)
    n_k = haven.shape[0]
    resting = bonds.moves[-n_k] + haven[0]
    closed = unwind_carry(fx_flow, resting, state, tick=tick, inputs=inputs, draw=draw)
    back = (closed - state.reacted.carry_closed) * draw.reactions.carry_position
    loose, fx_flow = loose + _yen(back, loose), fx_flow + _yen(back, loose)
    fx_felt = fade(state.fx_felt, fx_flow, tick.fades.felt)
    fx_fresh = fade(state.fx_fresh, fx_flow, tick.fades.fresh)
    jgb_flow = jgb_flow + add_up(placed * inputs.jgb) + wish.jgbs
    jgb_felt = fade(state.jgb_felt, jgb_flow, tick.fades.felt)
    prices = bonds.moves + fx_response(fx_felt, fx_fresh, inputs, draw)
    prices = prices + draw.prices.jgb * jgb_felt
    return Money(
        account=account,
        cash=add_up(cash),
        defence=add_up(inputs.reactors.intervenes * cash),
        placed=placed,
        loose=loose,
        fx_flow=fx_flow,
        carry_closed=closed,
        fx_felt=fx_felt,
        fx_fresh=fx_fresh,
        jgb_felt=jgb_felt,
        prices=prices.at[-n_k:].add(haven),
    )


def _yen(dollars: Float[Array, ""], like: Float[Array, " k"]) -> Float[Array, " k"]:
    """Dollars exchanged for yen, as a flow into each currency."""
    return jnp.concatenate([dollars[None], jnp.zeros_like(like[1:])])
