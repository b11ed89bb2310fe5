"""Who trades in a step: what goes of what everybody wants, and who carries it at the end."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.clearing import clear_market, clear_purchases
from selloff.engine.desired import Desired
from selloff.engine.forced import concession, unwind_funds
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.state import Bought, State
from selloff.engine.ticks import Tick
from selloff.model.pricing.absorption import close_gaps
from selloff.model.pricing.intermediaries import split_inventory
from selloff.model.sums import add_up

_TINY = 1e-300
"""Keeps a division by nothing from being one; far below any amount [USD bn]."""


class Traded(eqx.Module):
    """What goes of what everybody wants."""

    backlog: Float[Array, "s b"]
    """Face put up for sale, before it is sold [USD bn]."""
    sales: Float[Array, "s b"]
    """Face sold by each seller [USD bn]."""
    is_free: Float[Array, "s 1"]
    """Zero for a seller whose book is frozen [flag]."""
    bank: Bought
    delivered: Float[Array, " b"]
    """Face delivered to the central bank [USD bn]."""
    ruled: Float[Array, " b"]
    """The part of it that its rule asked for [USD bn]."""
    followed: Float[Array, " c"]
    """Face each reactor sold [USD bn]."""
    supplied: Float[Array, " b"]
    """Face that goes through intermediaries, before levered funds are forced [USD bn]."""


class Carried(eqx.Module):
    """Who carries it at the end of the step."""

    gaps: Float[Array, "g b"]
    closed: Float[Array, ""]
    """Share of levered funds' positions that is closed [fraction]."""
    forced: Float[Array, " b"]
    """Face levered funds were forced to sell in the step [USD bn]."""
    supplied: Float[Array, " b"]
    """Face that those who absorb must take [USD bn]."""
    inventory: Float[Array, " b"]
    """Face with intermediaries [USD bn]."""
    dealers: Float[Array, ""]
    levered: Float[Array, ""]
    dislocation: Float[Array, ""]
    """Dealers' concession on the 10-year [decimal]."""


def trade(state: State, tick: Tick, wish: Desired, *, inputs: Inputs, draw: Draws) -> Traded:
    """Find what goes: the central bank first, then sellers and everybody else together.

    Of what a rule or a reactor wants, what does not go is dropped; a seller's rest waits.
    """
    others = add_up(wish.sales[:, None] * inputs.reactors.profile, 0)
    due = state.bought.backlog + tick.purchases
    wanted = due + wish.purchases
    delivered = clear_purchases(wanted, state, tick, draw)
    purchases = jnp.where(delivered > 0.0, due / (wanted + _TINY), 0.0) * delivered
    backlog = state.sold.backlog + tick.scheduled
    is_free = 1.0 - state.reacted.frozen[:, None]
    sales, served = clear_market(
        backlog * is_free,
        others,
        state,
        tick=tick,
        bought=delivered,
        sale=inputs.sale,
        draw=draw,
    )
    return Traded(
        backlog=backlog,
        sales=sales,
        is_free=is_free,
        bank=Bought(due - purchases, state.bought.to_come - purchases),
        delivered=delivered,
        ruled=delivered - purchases,
        followed=served * wish.sales,
        supplied=add_up(sales, 0) + served * others - delivered,
    )


def settle(
    state: State, tick: Tick, wish: Desired, *, traded: Traded, inputs: Inputs, draw: Draws
) -> Carried:
    """Let slow buyers close their gaps and force levered funds inside the same clearing.

    What the central bank lets go is known long before and goes to final buyers at once, as new
    debt does.
    """
    gaps = close_gaps(state.gaps, draw.shares * traded.supplied, tick.fades.gaps)
    closed = unwind_funds(add_up(gaps, 0), state, tick, inputs=inputs, draw=draw)
    forced = (closed - state.reacted.closed) * add_up(draw.reactions.positions, 0)
    gaps = gaps + tick.fades.gaps.kept[:, None] * draw.shares * forced
    inventory = add_up(gaps, 0)
    dealers, levered = split_inventory(add_up(inventory), draw.intermediaries)
    return Carried(
        gaps=gaps,
        closed=closed,
        forced=forced,
        supplied=traded.supplied + forced + wish.returned,
        inventory=inventory,
        dealers=dealers,
        levered=levered,
        dislocation=concession(inventory, tick, inputs, draw),
    )
