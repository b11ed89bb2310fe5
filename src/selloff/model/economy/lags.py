"""Paths that are followed with a delay, on steps of any length."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.pricing.fading import Fading, fade, fading


def unsettled(
    path: Float[Array, " t"], years: Float[Array, " t"], speed: Float[Array, ""]
) -> Float[Array, " t"]:
    """Find how much of a path's past changes has not yet died away.

    e[t] = exp(-v h) e[t-1] + (x[t] - x[t-1]) (1 - exp(-v h)) / (v h),  x = e = 0 at the opening

    Exact for a path that moves evenly within each step, so that a month is what its days are.

    Arguments:
        path: x at the end of each step, any unit.
        years: length h of each step [years].
        speed: v, at which changes die away [1/year].

    Returns:
        The part at the end of each step, same unit.

    Source: `fading`.
    """
    moves = jnp.diff(path, prepend=0.0)
    over = fading(jnp.broadcast_to(speed, years.shape), years)

    def step(
        left: Float[Array, ""], given: tuple[Float[Array, ""], Fading]
    ) -> tuple[Float[Array, ""], Float[Array, ""]]:
        found = fade(left, *given)
        return found, found

    return jax.lax.scan(step, jnp.zeros(()), (moves, over))[1]
