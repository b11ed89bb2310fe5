"""Chance: drawn once a draw, reused by both arms and by every what-if."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int, PRNGKeyArray

from selloff.engine.inputs import Clock, Draws, Market


class Paths(eqx.Module):
    """Prescribed randomness of one draw: market noise and the depth of dealers' books."""

    noise: Float[Array, "*d t f"]
    """Market noise factors at the end of each step [decimal]."""
    depth: Float[Array, "*d t"]
    """Dealer capacity relative to normal [ratio]."""


def draw_paths(
    key: PRNGKeyArray, index: Int[Array, ""], clock: Clock, *, market: Market, draw: Draws
) -> Paths:
    """Draw the chance of one draw from its number alone.

    z[t] = D z[t-1] + L e;  log depth likewise, mean-reverting around zero

    Arguments:
        key: of the seed.
        index: number of the draw, so that chunking cannot matter [index].
        clock: step lengths.
        market: covariance of the noise.
        draw: parameters of the draw.

    Returns:
        The draw's paths.

    Source: exact discretisation of Ornstein-Uhlenbeck processes.
    """
    n_factors = market.shock.shape[-1]
    normals = jax.random.normal(
        jax.random.fold_in(key, index), (clock.years.shape[0], n_factors + 1)
    )

    def step(
        carry: tuple[Array, Array], x: tuple[Array, Array, Array]
    ) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        noise, log_depth = carry
        kind, years, normal = x
        noise = market.decay[kind] * noise + market.shock[kind] @ normal[:-1]
        kept = jnp.exp(-draw.depth_decay * years)
        spread = draw.depth_volatility * jnp.sqrt(1.0 - kept**2)
        log_depth = kept * log_depth + spread * normal[-1]
        return (noise, log_depth), (noise, jnp.exp(log_depth))

    # Books open with the depth of the day, which nobody knows: a stationary draw.
    start = jax.random.normal(jax.random.fold_in(jax.random.fold_in(key, index), 1), ())
    opening = (jnp.zeros(n_factors), draw.depth_volatility * start)
    _, (noise, depth) = jax.lax.scan(step, opening, (clock.kind, clock.years, normals))
    return Paths(noise, depth)
