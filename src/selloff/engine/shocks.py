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


class Luck(eqx.Module):
    """Where chance stands between two stretches of steps."""

    noise: Float[Array, "*d f"]
    log_depth: Float[Array, "*d"]
    sunspot: Float[Array, "*d"]
    patience: Float[Array, "*d"]


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


def draw_rows(seed: int, draws: Iterable[int], *, n_rows: int) -> NDArray[np.int64]:
    """Give each draw a row of the bank, from the seed and the number of the draw alone.

    Every `n_rows` draws go once through all rows, in an order of their own.
    """
    numbers = np.fromiter(draws, np.int64)
    rounds, places = numbers // n_rows, numbers % n_rows
    orders = {
        n: np.random.default_rng([seed, n, 2]).permutation(n_rows) for n in set(rounds.tolist())
    }
    return np.array([orders[n][at] for n, at in zip(rounds.tolist(), places, strict=True)])


def draw_budget_normals(seed: int, draws: Iterable[int], *, n_quarters: int) -> NDArray[np.float64]:
    """Draw the luck of the federal budget: growth, primary balance and cost of debt."""
    return np.stack(
        [np.random.default_rng([seed, draw, 1]).standard_normal((n_quarters, 3)) for draw in draws]
    )


def draw_paths(
    normals: Float[Array, "t_and_1 f_and_1"], clock: Clock, *, market: Market, draw: Draws
) -> Paths:
    """Turn standard normals into the paths of one draw; the first row opens it."""
    return follow_luck(open_luck(normals[0], draw), normals[1:], clock, market=market, draw=draw)[1]


def open_luck(normals: Float[Array, " f_and_1"], draw: Draws) -> Luck:
    """Open without market noise, with the depth of the day, which nobody knows: a stationary draw.

    Noise leaves room in the row for beliefs and for the patience of the United States.
    """
    return Luck(
        noise=jnp.zeros(normals.shape[0] - 1),
        log_depth=draw.depth_volatility * normals[-1],
        sunspot=ndtr(normals[0]),
        patience=-jnp.log(ndtr(normals[1])),
    )


def follow_luck(
    luck: Luck, normals: Float[Array, "t f_and_1"], clock: Clock, *, market: Market, draw: Draws
) -> tuple[Luck, Paths]:
    """Follow one draw's chance over a stretch of steps.

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

    given = (clock.kind, clock.years, market.swell, normals)
    (noise, depth), path = jax.lax.scan(step, (luck.noise, luck.log_depth), given)
    return Luck(noise, depth, luck.sunspot, luck.patience), Paths(
        *path, luck.sunspot, luck.patience
    )
