"""How stocks die away over a step, and how much of a flow is still there at its end."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float


class Fading(eqx.Module):
    """Exact discretisation of x' = flow - k x over one step."""

    left: Float[Array, "*k"]
    """Part of the opening stock still there, exp(-k h) [fraction]."""
    kept: Float[Array, "*k"]
    """Part of a flow spread over the step still there, (1 - exp(-k h)) / (k h) [fraction]."""


def fading(rate: Float[Array, "*#k"], years: Float[Array, "*#k"]) -> Fading:
    """Discretise a decay over a step.

    Arguments:
        rate: speed k of the decay, positive [1/year].
        years: length h of the step [years].

    Returns:
        What is left of a stock and kept of a flow.

    Source: exact solution of a linear differential equation with a constant flow.
    """
    turns = rate * years
    return Fading(jnp.exp(-turns), -jnp.expm1(-turns) / turns)


def fade(stock: Float[Array, "*k"], flow: Float[Array, "*k"], over: Fading) -> Float[Array, "*k"]:
    """Carry a stock that dies away and is fed by a flow.

    x[t] = exp(-k h) x[t-1] + flow (1 - exp(-k h)) / (k h)

    Arguments:
        stock: at the start of the step, any unit.
        flow: during the step, same unit.
        over: the step's fading, broadcast against the stock.

    Returns:
        Stock at the end of the step, same unit.

    Source: `fading`.
    """
    return over.left * stock + over.kept * flow
