"""Paths that are followed with a delay or linger, on steps of any length."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.pricing.fading import Fading, fade, fading


def lingering(
    before: Float[Array, "*k"], now: Float[Array, "*k"], years: Float[Array, ""], speed: Array
) -> Float[Array, "*k"]:
    """Rise at once and fall slowly.

    e[t] = max(x[t], e[t-1] exp(-v h))

    Arguments:
        before: e at the end of the last step, any unit.
        now: x at the end of this one, same unit.
        years: length h of the step [years].
        speed: v, at which it falls [1/year].

    Returns:
        e at the end of this step, same unit.

    Source: assumption; credit spreads after their largest rises, docs/model/us-economy.md.
    """
    return jnp.maximum(now, before * jnp.exp(-speed * years))


def lingered(
    path: Float[Array, "t k"], years: Float[Array, " t"], speed: Float[Array, ""]
) -> Float[Array, "t k"]:
    """Let every column of a path linger, from zero.

    Arguments:
        path: x at the end of each step, any unit.
        years: length of each step [years].
        speed: at which it falls [1/year].

    Returns:
        What lingers at the end of each step, same unit.

    Source: `lingering`.
    """

    def step(before: Array, given: tuple[Array, Array]) -> tuple[Array, Array]:
        found = lingering(before, *given, speed)
        return found, found

    return jax.lax.scan(step, jnp.zeros(path.shape[1]), (path, years))[1]


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
