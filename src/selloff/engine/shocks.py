"""Chance: drawn once a draw, reused by both arms and by every what-if."""

from collections.abc import Iterable

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.special import ndtr
from jaxtyping import Array, Float
from numpy.typing import NDArray

from selloff.engine.inputs import Clock, Draws, Market


class Paths(eqx.Module):
    """Prescribed randomness of one draw: market noise and the depth of dealers' books."""

    noise: Float[Array, "*d t f"]
    """Market noise factors at the end of each step [decimal]."""
    depth: Float[Array, "*d t"]
    """Dealer capacity relative to normal [ratio]."""
    sunspot: Float[Array, "*d"]
    """Which of several equilibria holders settle on, from calm to panic [fraction]."""
    patience: Float[Array, "*d"]
    """Hazard at which retaliation comes [fraction]."""


def draw_normals(
    seed: int, draws: Iterable[int], *, n_steps: int, n_factors: int
) -> NDArray[np.float64]:
    """Draw standard normals from the seed and the number of each draw alone.

    Source: PCG64 seeded by seed and draw (O'Neill 2014).
    """
    return np.stack(
        [
            np.random.default_rng([seed, draw]).standard_normal((n_steps + 1, n_factors + 1))
            for draw in draws
        ]
    )


def draw_budget_normals(seed: int, draws: Iterable[int], *, n_quarters: int) -> NDArray[np.float64]:
    """Draw the luck of the federal budget: growth, primary balance and cost of debt."""
    return np.stack(
        [np.random.default_rng([seed, draw, 1]).standard_normal((n_quarters, 3)) for draw in draws]
    )


def draw_paths(
    normals: Float[Array, "t_and_1 f_and_1"], clock: Clock, *, market: Market, draw: Draws
) -> Paths:
    """Turn standard normals into the paths of one draw.

    z[t] = D z[t-1] + v s[t] L e;  log depth likewise, mean-reverting around zero
    """

    def step(
        carry: tuple[Array, Array], x: tuple[Array, Array, Array, Array]
    ) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
        noise, log_depth = carry
        kind, years, swell, normal = x
        fresh = draw.noise_spread * swell * (market.shock[kind] @ normal[:-1])
        noise = market.decay[kind] * noise + fresh
        kept = jnp.exp(-draw.depth_decay * years)
        spread = draw.depth_volatility * jnp.sqrt(1.0 - kept**2)
        log_depth = kept * log_depth + spread * normal[-1]
        return (noise, log_depth), (noise, jnp.exp(log_depth))

    # Books open with the depth of the day, which nobody knows: a stationary draw.
    opening = (jnp.zeros(market.shock.shape[-1]), draw.depth_volatility * normals[0, -1])
    given = (clock.kind, clock.years, market.swell, normals[1:])
    _, (noise, depth) = jax.lax.scan(step, opening, given)
    # The opening row has room left: books open without market noise.
    sunspot, patience = ndtr(normals[0, 0]), -jnp.log(ndtr(normals[0, 1]))
    return Paths(noise, depth, sunspot, patience)
