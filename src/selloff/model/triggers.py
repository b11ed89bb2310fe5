"""What could set a large sale off: hazards that follow the state, and the tree of what comes."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float


class Triggers(eqx.Module):
    """How often each trigger comes, and what a holder then does.

    Source: proportional hazards (Cox 1972); what holders do is judgement.
    """

    base: Float[Array, "*d k"]
    """Intensity where the state is zero [1/year]."""
    loading: Float[Array, "*d k"]
    """Rise of the log intensity per unit of the state [1 per unit of the state]."""
    sale: Float[Array, "*d k"]
    """Chance that any sale follows [fraction]."""
    dump: Float[Array, "*d k"]
    """Part of those sales that come all at once [fraction]."""


class Tree(eqx.Module):
    """Chances by the end of each step."""

    none: Float[Array, "*d t"]
    """That no sale has begun [fraction]."""
    descent: Float[Array, "*d t k"]
    """That a controlled descent has, by what set it off [fraction]."""
    dump: Float[Array, "*d t k"]
    """That a sale at once has, by what set it off [fraction]."""


def trend_gap(
    level: Float[Array, " t"],
    opening: Float[Array, ""],
    *,
    years: Float[Array, " t"],
    half_life: Float[Array, ""],
) -> Float[Array, " t"]:
    """Distance of a level from its own trend.

    m[t] = m[t-1] + (1 - 2^(-h / H)) (y[t] - m[t-1]);  x[t] = y[t] - m[t]

    Arguments:
        level: y at the end of each step [log].
        opening: trend m when the books open [log].
        years: length h of each step [years].
        half_life: H, memory of the trend [years].

    Returns:
        Distance x at the end of each step [log].

    Source: exponentially weighted mean, as in `data.yen_trend`.
    """

    def follow(trend: Array, now: tuple[Array, Array]) -> tuple[Array, Array]:
        at, length = now
        trend = trend - jnp.expm1(-jnp.log(2.0) * length / half_life) * (at - trend)
        return trend, at - trend

    return jax.lax.scan(follow, opening, (level, years))[1]


def step_hazards(
    state: Float[Array, "t k"], years: Float[Array, " t"], triggers: Triggers
) -> Float[Array, "t k"]:
    """Hazard of each trigger in each step, at the state with which the step begins.

    h_k[t] = l_k0 exp(b_k x_k[t]) h[t]

    Arguments:
        state: x when the step begins [unit of the state].
        years: length h of each step [years].
        triggers: of one draw.

    Returns:
        Hazards [fraction].

    Source: proportional hazards (Cox 1972).
    """
    return triggers.base * jnp.exp(triggers.loading * state) * years[:, None]


def chance_of_any(hazards: Float[Array, "t k"]) -> Float[Array, "t k"]:
    """Chance that a trigger has come at least once, whether or not anything followed.

    1 - exp(-sum h_k)

    Arguments:
        hazards: of each trigger in each step [fraction].

    Returns:
        Chances by the end of each step [fraction].

    Source: Poisson process.
    """
    return -jnp.expm1(-jnp.cumsum(hazards, axis=0))


def grow_tree(hazards: Float[Array, "t k"], triggers: Triggers) -> Tree:
    """Chances of each path: the first trigger that a sale follows ends the tree.

    r_kp[t] = h_k[t] q_kp;  S[t] = exp(-sum r);  p_kp[t] += S[t-1] (1 - exp(-r[t])) r_kp / r[t]

    Exact while intensities are constant within a step: nothing is drawn, so the chances of one
    draw are expected values given its path of the state, and they add up to one.

    Arguments:
        hazards: of each trigger in each step [fraction].
        triggers: of one draw.

    Returns:
        Chances by the end of each step.

    Source: competing risks (Prentice and others 1978), thinned by q.
    """
    ends = hazards * triggers.sale
    total = jnp.sum(ends, axis=1)
    so_far = jnp.cumsum(total)
    reached = jnp.exp(-(so_far - total)) * -jnp.expm1(-total)
    is_possible = total > 0.0
    share = ends / jnp.where(is_possible, total, 1.0)[:, None]
    begun = jnp.cumsum(jnp.where(is_possible, reached, 0.0)[:, None] * share, axis=0)
    return Tree(
        none=jnp.exp(-so_far), descent=begun * (1.0 - triggers.dump), dump=begun * triggers.dump
    )
