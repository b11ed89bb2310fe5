"""Forced trades inside the clearing of a step: levered funds and the yen carry trade."""

from typing import Final

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Draws, Inputs
from selloff.engine.response import surprise_left
from selloff.engine.state import State
from selloff.engine.ticks import Tick
from selloff.model.pricing.exchange import concave_flow
from selloff.model.pricing.fading import fade
from selloff.model.pricing.intermediaries import dealer_wedge, split_inventory
from selloff.model.stops import closed_next, stopped_share
from selloff.model.stress import funds_distress
from selloff.model.sums import add_up

ROUNDS: Final = 3
"""Rounds of sale and price within a step; what is left of a spiral follows the next day."""


def concession(
    inventory: Float[Array, " b"], tick: Tick, inputs: Inputs, draw: Draws
) -> Float[Array, ""]:
    """Read the dealers' concession off the inventory."""
    who = draw.intermediaries
    dealers = split_inventory(add_up(inventory), who)[0]
    use = dealers / (who.dealer_capacity * tick.depth)
    face = add_up(inventory * inputs.books.equivalents)
    return dealer_wedge(face, use, who) * surprise_left(inputs, draw)


def unwind_funds(
    inventory: Float[Array, " b"], state: State, tick: Tick, *, inputs: Inputs, draw: Draws
) -> Float[Array, ""]:
    """Find the share of levered funds' positions that is closed at the end of the step.

    Sales deepen the dislocation that forces them: a few rounds from the calm side.
    """
    rules, before = draw.reactions, state.reacted.closed
    stops, position = rules.funds, add_up(rules.positions, 0)
    closed = closed_next(before, jnp.zeros(()), years=tick.years, stops=stops)
    for _ in range(ROUNDS):
        with_them = inventory + tick.fades.unsettled * (closed - before) * position
        dislocation = concession(with_them, tick, inputs, draw)
        distress = funds_distress(
            dislocation, tick.elsewhere, rules.funds_doubt_weight, rules.stress
        )
        target = inputs.switches.levered_funds * stopped_share(distress, stops)
        closed = closed_next(before, target, years=tick.years, stops=stops)
    return closed


def unwind_carry(
    flow: Float[Array, " k"],
    others: Float[Array, ""],
    state: State,
    *,
    tick: Tick,
    inputs: Inputs,
    draw: Draws,
) -> Float[Array, ""]:
    """Find the share of the yen carry trade that is closed at the end of the step.

    Buying the yen back strengthens it, which closes more. What counts is the rise against the
    yen's own trend: a slow rise is paid for out of the carry.
    """
    rules, before = draw.reactions, state.reacted.carry_closed
    stops, own = rules.carry, draw.prices.fx[-flow.shape[0]]
    lasting = fade(state.fx_felt, flow, tick.fades.felt)
    fresh = fade(state.fx_fresh, flow, tick.fades.fresh)
    used_to = state.reacted.trend[1] - state.reacted.trend[0]
    spilt = concave_flow(lasting[1:], inputs.gdp[1:], draw.fx_power)
    foreign = add_up(own[1:] * spilt)
    foreign = foreign + others - used_to
    closed = closed_next(before, jnp.zeros(()), years=tick.years, stops=stops)
    for _ in range(ROUNDS):
        bought = (closed - before) * rules.carry_position
        yen = jnp.stack([lasting[0] + tick.fades.felt.kept * bought])
        new = jnp.stack([fresh[0] + tick.fades.fresh.kept * bought])
        rise = own[0] * concave_flow(yen, inputs.gdp[:1], draw.fx_power)[0]
        jump = draw.fx_jump[0] * concave_flow(new, inputs.gdp[:1], draw.fx_power)[0]
        target = inputs.switches.levered_funds * stopped_share(foreign + rise + jump, stops)
        closed = closed_next(before, target, years=tick.years, stops=stops)
    return closed
