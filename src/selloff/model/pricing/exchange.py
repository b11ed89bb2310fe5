"""Exchange rates and the flows that move them."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.sums import add_up, raised


def concave_flow(
    flow: Float[Array, " k"], unit: Float[Array, " k"], power: Float[Array, ""]
) -> Float[Array, " k"]:
    """Effective flow: proportional up to the unit flow, a power law beyond.

    x = flow / unit;  f(x) = x if |x| <= 1 else sign(x) |x|^eta

    Arguments:
        flow: cumulated purchases of each foreign currency [USD bn].
        unit: flow up to which each currency answers in proportion [USD bn].
        power: eta, between one half and one [power].

    Returns:
        Effective flow [USD bn].

    Source: assumption of impact concave in flow, docs/model/exchange.md: no study
    covers flows above a few percent of GDP.
    """
    ratio = jnp.abs(flow) / unit
    return (
        jnp.sign(flow)
        * unit
        * jnp.where(ratio > 1.0, raised(jnp.maximum(ratio, 1.0), power), ratio)
    )


def with_neighbours(own: Float[Array, " k"], cross: Float[Array, " k"]) -> Float[Array, " k"]:
    """Let every currency follow what flows do to the others.

    log e_k = m_k + c_k sum over l other than k of m_l

    Arguments:
        own: rise m of each currency by the flows into itself [log].
        cross: c, what each does per unit of another's rise, low where it is managed [ratio].

    Returns:
        Rise of each currency [log].

    Source: rounds of Japanese intervention, 2010 to 2026, docs/model/exchange.md.
    """
    return own + cross * (add_up(own) - own)
