"""How prices respond to what was sold, is carried, is announced, and to what is bought."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Draws, Inputs
from selloff.engine.state import State
from selloff.engine.ticks import Tick
from selloff.model.haven import haven_response
from selloff.model.pricing.exchange import concave_flow
from selloff.model.stress import level_off, spread_stress
from selloff.model.sums import add_up


def bond_response(
    felt: Float[Array, " b"],
    inventory: Float[Array, " b"],
    expected: Float[Array, " b"],
    draw: Draws,
) -> Float[Array, " o"]:
    """Read prices off the impact operator.

    operator(lasting) x supply + operator(k) x inventory + operator(path) x announced
    """
    return (
        add_up(draw.prices.lasting * felt, 1)
        + add_up(draw.prices.carried * inventory, 1)
        + add_up(draw.prices.expected * expected, 1)
    )


def surprise_left(inputs: Inputs, draw: Draws) -> Float[Array, ""]:
    """Find the share of the dealers' concession that announcements leave.

    1 - believed (1 - a), over sales and purchases by their face
    """
    sale, outside = inputs.sale, inputs.outside
    face = add_up(sale.programme) + add_up(outside.programme)
    told = add_up(sale.announced * add_up(sale.programme, 1))
    told = told + add_up(outside.announced * outside.programme)
    believed = draw.belief * told / jnp.maximum(face, 1e-12)
    return 1.0 - believed * (1.0 - draw.surprise_left)


def fx_response(
    felt: Float[Array, " k"], fresh: Float[Array, " k"], inputs: Inputs, draw: Draws
) -> Float[Array, " o"]:
    """Read off how everything responds to currency purchases, and add the currencies' jump."""
    lasting = concave_flow(felt, inputs.gdp, draw.fx_power)
    jump = draw.fx_jump * concave_flow(fresh, inputs.gdp, draw.fx_power)
    n_k = jump.shape[0]
    response = add_up(draw.prices.fx * lasting, 1)
    return response.at[-n_k:].add(jump)


def rate_response(rates: Float[Array, "2"], draw: Draws) -> Float[Array, " o"]:
    """Read off how everything responds to the policy rates of dollar and yen."""
    return add_up(draw.reactions.policy * rates, 1)


def haven_move(dislocation: Float[Array, ""], tick: Tick, draw: Draws) -> Float[Array, " k"]:
    """Read off how currencies respond to stress."""
    return haven_response(felt_stress(dislocation, tick, draw), draw.reactions.haven)


def felt_stress(dislocation: Float[Array, ""], tick: Tick, draw: Draws) -> Float[Array, "2"]:
    """Tell what squeeze and what doubt are felt at the end of a step."""
    rules = draw.reactions.stress
    return level_off(spread_stress(dislocation, tick.elsewhere, rules), rules.limit)


def lend_to_dealers(state: State, tick: Tick, inputs: Inputs, draw: Draws) -> Tick:
    """Give dealers the room that the central bank's lending against Treasuries adds.

    depth (1 + rho min(stress, 1))

    Source: standing repo facility; how much room it adds is an assumption.
    """
    rules = draw.reactions
    stress = spread_stress(state.reacted.dislocation, tick.elsewhere, rules.stress)
    more = inputs.switches.fed_repo * rules.fed.repo_relief * jnp.minimum(add_up(stress), 1.0)
    return eqx.tree_at(lambda t: t.depth, tick, tick.depth * (1.0 + more))
