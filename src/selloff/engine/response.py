"""How prices respond to what was sold, is carried, is announced, and to what is bought."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Draws, Inputs
from selloff.model.exchange import concave_flow
from selloff.model.sums import add_up


def bond_response(
    felt: Float[Array, " b"],
    inventory: Float[Array, " b"],
    expected: Float[Array, " b"],
    draw: Draws,
) -> Float[Array, " o"]:
    """Read prices off the impact operator.

    operator(lasting) x supply + operator(k) x inventory + operator(path) x announced

    Arguments:
        felt: face sold and still felt, less what the central bank bought [USD bn].
        inventory: face with intermediaries [USD bn].
        expected: face announced, believed and not yet sold, less purchases likewise [USD bn].
        draw: parameters of the draw.

    Returns:
        Yields and log exchange rates less baseline [decimal].

    Source: MODEL section 2.
    """
    return (
        add_up(draw.prices.lasting * felt, 1)
        + add_up(draw.prices.carried * inventory, 1)
        + add_up(draw.prices.expected * expected, 1)
    )


def surprise_left(inputs: Inputs, draw: Draws) -> Float[Array, ""]:
    """Find the share of the dealers' concession that announcements leave.

    1 - believed (1 - a), over sales and purchases by their face

    Arguments:
        inputs: the arm.
        draw: parameters of the draw.

    Returns:
        Share [fraction].

    Source: anticipation discount of the evidence synthesis.
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
    """Read off how everything responds to currency purchases, and add the currencies' jump.

    Arguments:
        felt: foreign currency bought and still felt [USD bn].
        fresh: foreign currency bought in the last days [USD bn].
        inputs: the arm.
        draw: parameters of the draw.

    Returns:
        Yields and log exchange rates less baseline [decimal].

    Source: MODEL section 5.
    """
    lasting = concave_flow(felt, inputs.gdp, draw.fx_power)
    jump = draw.fx_jump * concave_flow(fresh, inputs.gdp, draw.fx_power)
    n_k = jump.shape[0]
    response = add_up(draw.prices.fx * lasting, 1)
    return response.at[-n_k:].add(jump)
