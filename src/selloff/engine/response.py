"""How prices respond to what was sold, is carried, is announced, and to what is bought."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.inputs import Draws, Inputs
from selloff.model.exchange import concave_flow
from selloff.model.sums import add_up


def bond_response(
    felt: Float[Array, " b"],
    inventory: Float[Array, " b"],
    to_come: Float[Array, "s b"],
    *,
    believed: Float[Array, " s"],
    draw: Draws,
) -> Float[Array, " o"]:
    """Read prices off the impact operator.

    operator(lasting) x supply + operator(k) x inventory + operator(path) x announced

    Arguments:
        felt: face sold and still felt [USD bn].
        inventory: face with intermediaries [USD bn].
        to_come: face of the programmes not yet sold [USD bn].
        believed: share of each programme that is announced and believed [fraction].
        draw: parameters of the draw.

    Returns:
        Yields and log exchange rates less baseline [decimal].

    Source: MODEL section 2.
    """
    expected = add_up(believed[:, None] * to_come, 0)
    return (
        add_up(draw.prices.lasting * felt, 1)
        + add_up(draw.prices.carried * inventory, 1)
        + add_up(draw.prices.expected * expected, 1)
    )


def surprise_left(
    programme: Float[Array, "s b"],
    believed: Float[Array, " s"],
    draw: Draws,
) -> Float[Array, ""]:
    """Find the share of the dealers' concession that an announcement leaves.

    1 - believed (1 - a)

    Arguments:
        programme: face each seller means to sell [USD bn].
        believed: share of each programme that is announced and believed [fraction].
        draw: parameters of the draw.

    Returns:
        Share [fraction].

    Source: anticipation discount of the evidence synthesis.
    """
    weight = add_up(programme, 1)
    mean = add_up(weight * believed) / jnp.maximum(add_up(weight), 1e-12)
    return 1.0 - mean * (1.0 - draw.surprise_left)


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
