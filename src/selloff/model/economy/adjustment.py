"""Part of the way to a target in every period."""

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float


def adjust(
    target: Float[Array, " t"], speed: Float[Array, ""], *, years: float
) -> Float[Array, " t"]:
    """Follow a target at a steady speed, from zero.

    s[t] = s[t-1] + (1 - exp(-v h)) (x[t] - s[t-1]),  s[-1] = 0

    Arguments:
        target: x, mean of each period, any unit.
        speed: v [1/year].
        years: length h of a period [years].

    Returns:
        s at the end of each period, same unit.

    Source: a distributed lag with geometric weights (Koyck 1954).
    """
    step = -jnp.expm1(-speed * years)

    def move(at: Float[Array, ""], to: Float[Array, ""]) -> tuple[jax.Array, jax.Array]:
        new = at + step * (to - at)
        return new, new

    return jax.lax.scan(move, jnp.zeros(()), target)[1]
