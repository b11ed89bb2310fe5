"""Who trades in a step: what goes of what everybody wants, and who carries it at the end."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.clearing import clear_market, clear_purchases
from selloff.engine.moment import Now
from selloff.engine.state import Bought
from selloff.model.mechanisms import AbstractForcedSale, Moment
from selloff.model.pricing.absorption import close_gaps
from selloff.model.pricing.intermediaries import (
    dealer_wedge,
    full_books,
    part_with_room,
    split_inventory,
)
from selloff.model.refill import BILLS, bills_to_buy, bucket_by_bucket, for_longer_paper
from selloff.model.sums import TINY, add_up


class Traded(eqx.Module):
    """What goes of what everybody wants."""

    backlog: Float[Array, "s b"]
    """Face put up for sale, before it is sold [USD bn]."""
    sales: Float[Array, "s b"]
    """Face sold by each seller out of what it put up [USD bn]."""
    refill: Float[Array, "s b"]
    """Longer paper sold to buy bills back, bills below zero, face [USD bn]."""
    is_free: Float[Array, "s 1"]
    """Zero for a seller whose book is frozen [flag]."""
    bank: Bought
    delivered: Float[Array, " b"]
    """Face delivered to central banks, at home and abroad [USD bn]."""
    leant: Float[Array, " b"]
    """The part of it that goes to officials of managed currencies [USD bn]."""
    delivered_frac: Float[Array, " b"]
    """Part of what was wanted that is delivered [fraction]."""
    served: Float[Array, ""]
    """Part of what bystanders would sell that goes [fraction]."""
    followed: Float[Array, "c b"]
    """Face each bystander sold [USD bn]."""
    swapped: Float[Array, "c b"]
    """Longer paper it sold to buy bills back, bills below zero, face [USD bn]."""
    supplied: Float[Array, " b"]
    """Face that goes through intermediaries, before levered funds are forced [USD bn]."""
    waiting: Float[Array, ""]
    """Face put up in the step for which intermediaries had no room [USD bn]."""


class Carried(eqx.Module):
    """Who carries it at the end of the step."""

    gaps: Float[Array, "g b"]
    closed: dict[str, Float[Array, ""]]
    """By forced trade in Treasuries, the share of the position that is closed [fraction]."""
    cut: Float[Array, "r b"]
    """Face levered funds were forced to sell in the step, by row of the books [USD bn]."""
    waiting: Float[Array, ""]
    """Face they were forced to sell and could not: books were full [USD bn]."""
    supplied: Float[Array, " b"]
    """Face that those who absorb must take [USD bn]."""
    inventory: Float[Array, " b"]
    """Face with intermediaries [USD bn]."""
    dealers: Float[Array, ""]
    levered: Float[Array, ""]
    dislocation: Float[Array, ""]
    """Dealers' concession on the 10-year [decimal]."""


def trade(now: Now, moment: Moment) -> Traded:
    """Find what goes: central banks first, then sellers and everybody else together.

    What a mechanism wants and does not get is dropped; a seller's rest waits.
    """
    state, tick, inputs, draw = now.state, now.tick, now.inputs, now.draw
    wish = moment.offered
    left = _left_to_bystanders(now)
    wished = bucket_by_bucket(wish.sales, left, inputs.bystanders.bills_first)
    others = add_up(wished, 0)
    due = state.bought.backlog + tick.purchases
    wanted = due + wish.purchases + wish.reserves
    delivered = clear_purchases(wanted, state, tick, draw.intermediaries)
    is_wanted = wanted > 0.0
    delivered_frac = jnp.where(is_wanted, delivered / jnp.where(is_wanted, wanted, 1.0), 0.0)
    purchases = due * delivered_frac
    backlog = state.sold.backlog + tick.scheduled
    is_free = 1.0 - moment.known["frozen"][:, None]
    sales, served, waiting = clear_market(
        backlog * is_free,
        others,
        delivered,
        state=state,
        tick=tick,
        sale=inputs.sale,
        draw=draw,
    )
    refill, swapped = is_free * _refill(now), _refill_of_bystanders(now, left)
    return Traded(
        backlog=backlog,
        sales=sales,
        refill=refill,
        is_free=is_free,
        bank=Bought(due - purchases, state.bought.to_come - purchases),
        delivered=delivered,
        leant=wish.reserves * delivered_frac,
        delivered_frac=delivered_frac,
        served=served,
        followed=served * wished,
        swapped=swapped,
        supplied=add_up(sales + refill, 0) + add_up(swapped, 0) + served * others - delivered,
        waiting=waiting,
    )


def _refill(now: Now) -> Float[Array, "s b"]:
    """Let sellers of bills buy them back for what they hold of longer paper."""
    sold, sale = now.state.sold, now.inputs.sale
    rows = now.state.holdings[now.state.holdings.shape[0] - sold.refilled.shape[0] :]
    bills_sold = (sale.programme - sold.to_come)[:, BILLS]
    bought = bills_to_buy(bills_sold, -sold.refilled[:, BILLS], now.draw.refill, now.tick.years)
    # The flag stands outside: slopes of what is not refilled are then zero as well.
    return sale.refills[:, None] * for_longer_paper(bought, rows - sold.to_come)


def _left_to_bystanders(now: Now) -> Float[Array, "c b"]:
    """Face each bystander still has."""
    crowd, others = now.inputs.bystanders, now.state.others
    return crowd.books[:, None] * crowd.profile - others.sold - others.refilled


def _refill_of_bystanders(now: Now, left: Float[Array, "c b"]) -> Float[Array, "c b"]:
    """Let those who sell bills first buy them back."""
    sold, back = now.state.others.sold[:, BILLS], -now.state.others.refilled[:, BILLS]
    bought = bills_to_buy(sold, back, now.draw.refill, now.tick.years)
    return now.inputs.bystanders.bills_first[:, None] * for_longer_paper(bought, left)


def carry(now: Now, moment: Moment, traded: Traded) -> Carried:
    """Let slow buyers close their gaps and force levered funds inside the same clearing.

    Who is forced has the last room on dealers' books and waits once it is gone. What a central
    bank lets go is known before and moves no price on the day (Du, Forbes and Luzzetti 2024).
    """
    state, tick, draw = now.state, now.tick, now.draw
    gaps = close_gaps(state.gaps, draw.shares * traded.supplied, tick.fades.gaps)
    before = add_up(gaps, 0)
    closed, cut, waiting = {}, jnp.zeros_like(state.holdings), jnp.zeros(())
    full = full_books(tick.depth, draw.intermediaries)

    def market(more: Float[Array, " b"]) -> Float[Array, ""]:
        return concession(before + tick.fades.unsettled * more, now)

    for mechanism, own in zip(draw.mechanisms, state.answers, strict=True):
        if isinstance(mechanism, AbstractForcedSale):
            share = mechanism.unwind(own, moment, market)
            wanted = (share - own) * mechanism.positions
            held = add_up(before + tick.fades.unsettled * add_up(cut, 0))
            change = add_up(tick.fades.unsettled * add_up(wanted, 0))
            part = part_with_room(change, held, full=full)
            cut = cut + part * wanted
            waiting = waiting + (1.0 - part) * jnp.maximum(add_up(wanted), 0.0)
            closed[mechanism.name] = own + part * (share - own)
    forced = add_up(cut, 0)
    gaps = gaps + tick.fades.gaps.kept[:, None] * draw.shares * forced
    inventory = add_up(gaps, 0)
    dealers, levered = split_inventory(add_up(inventory), draw.intermediaries)
    return Carried(
        gaps=gaps,
        closed=closed,
        cut=cut,
        waiting=waiting,
        supplied=traded.supplied + forced + moment.offered.returned,
        inventory=inventory,
        dealers=dealers,
        levered=levered,
        dislocation=concession(inventory, now),
    )


def concession(inventory: Float[Array, " b"], now: Now) -> Float[Array, ""]:
    """Read the dealers' concession on the 10-year off the inventory, less what was announced."""
    who = now.draw.intermediaries
    dealers = split_inventory(add_up(inventory), who)[0]
    use = dealers / (who.dealer_capacity * now.tick.depth)
    face = add_up(inventory * now.inputs.books.equivalents)
    return dealer_wedge(face, use, who) * _surprise_left(now)


def _surprise_left(now: Now) -> Float[Array, ""]:
    """Share of the concession that announcements leave: 1 - believed (1 - a), by face.

    Source: anticipation discount; see docs/model/announcement.md.
    """
    sale, outside, draw = now.inputs.sale, now.inputs.outside, now.draw
    face = add_up(sale.programme) + add_up(outside.programme)
    announced = add_up(sale.announced * add_up(sale.programme, 1))
    announced = announced + add_up(outside.announced * outside.programme)
    believed = draw.belief * announced / jnp.maximum(face, TINY)
    return 1.0 - believed * (1.0 - draw.surprise_left)
