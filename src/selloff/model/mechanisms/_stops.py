"""Levered positions that are cut when prices move against them, and rebuilt later."""

from collections.abc import Callable
from typing import Final

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.sums import raised

ROUNDS: Final = 3
"""Rounds of sale and price within a step; what is left of a spiral follows the next day."""


class Stops(eqx.Module):
    """When levered traders cut, and how fast they come back.

    Source: hedge funds' sales of March 2020 and April 2025; yen futures of summer 2024.
    """

    scale: Float[Array, "*d"]
    """Distress at which all but 1/e of the position is gone [unit of the distress]."""
    power: Float[Array, "*d"]
    """How late the cuts begin [power]."""
    most: Float[Array, "*d"]
    """Largest part of the position that can be forced out [fraction]."""
    cut_speed: Float[Array, "*d"]
    """Speed at which positions are cut [1/year]."""
    rebuild_speed: Float[Array, "*d"]
    """Speed at which what was cut is built again [1/year]."""


def stopped_share(distress: Float[Array, ""], stops: Stops) -> Float[Array, ""]:
    """Share of a position that is closed at a given distress.

    m [1 - exp(-(x / x_0)^p)]

    Arguments:
        distress: stress of the market, or rise of the funding currency [ratio or log].
        stops: when traders cut.

    Returns:
        Share closed [fraction].

    Source: Weibull form, an assumption: stops and margins differ from trader to trader.
    """
    ratio = jnp.maximum(distress, 0.0) / stops.scale
    positive = ratio > 0.0
    share = -jnp.expm1(-raised(jnp.where(positive, ratio, 1.0), stops.power))
    return stops.most * jnp.where(positive, share, 0.0)


def closed_next(
    closed: Float[Array, ""], target: Float[Array, ""], *, years: Float[Array, ""], stops: Stops
) -> Float[Array, ""]:
    """Close fast, come back slowly.

    target + (closed - target) exp(-v h), v the speed of cuts below the target, of return above

    Arguments:
        closed: share closed at the end of the last step [fraction].
        target: share closed at today's distress [fraction].
        years: length h of the step [years].
        stops: how fast traders leave and come back.

    Returns:
        Share closed at the end of the step [fraction].

    Source: assumption; margin calls are met within days, capital comes back over months.
    """
    speed = jnp.where(target > closed, stops.cut_speed, stops.rebuild_speed)
    return target + (closed - target) * jnp.exp(-speed * years)


def spiral(
    before: Float[Array, ""],
    distress: Callable[[Float[Array, ""]], Float[Array, ""]],
    *,
    on: Float[Array, ""],
    years: Float[Array, ""],
    stops: Stops,
) -> Float[Array, ""]:
    """Let sales deepen the distress that forces them, a few rounds from the calm side.

    Arguments:
        before: share closed at the end of the last step [fraction].
        distress: what is suffered when a share more is closed in the step [ratio or log].
        on: one where the mechanism is on [flag].
        years: length of the step [years].
        stops: when traders cut.

    Returns:
        Share closed at the end of the step [fraction].

    Source: margin spiral (Brunnermeier and Pedersen 2009).
    """
    closed = closed_next(before, jnp.zeros(()), years=years, stops=stops)
    for _ in range(ROUNDS):
        target = on * stopped_share(distress(closed - before), stops)
        closed = closed_next(before, target, years=years, stops=stops)
    return closed
