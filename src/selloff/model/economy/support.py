"""What was ever seen of a response, and how it bends beyond."""

import jax.numpy as jnp
from jaxtyping import Array, Float


def bend(
    values: Float[Array, "*t"], seen: Float[Array, "*k"], over: Float[Array, ""]
) -> Float[Array, "*t"]:
    """Follow a response as far as it was seen, and level it off beyond.

    x up to S;  beyond, S [1 + o (1 - exp(-(x / S - 1) / o))], with the sign of x

    Arguments:
        values: x, in any unit.
        seen: S, the most that was seen either way [the same unit].
        over: o, how far beyond it may go [fraction of S].

    Returns:
        The same, never beyond (1 + o) S.

    Source: assumption; a slope learned within a sample says nothing far outside of it.
    """
    excess = jnp.maximum(jnp.abs(values) / seen - 1.0, 0.0)
    size = jnp.minimum(jnp.abs(values), seen) - seen * over * jnp.expm1(-excess / over)
    return jnp.sign(values) * size
