"""Currency crises: a logit in what an economy is like and what the world does to it."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from selloff.vocab import REGIMES

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
"""Gauss-Hermite nodes and weights of a standard normal, up to a factor."""


class Economies(eqx.Module):
    """What emerging economies are like, one row each.

    Source: `data.emerging`.
    """

    reserves: Float[Array, " *n"]
    """Official reserves over GDP [fraction]."""
    current_account: Float[Array, " *n"]
    """Over GDP [fraction]."""
    inflation: Float[Array, " *n"]
    """Of consumer prices [decimal a year]."""
    appreciation: Float[Array, " *n"]
    """Real, against the dollar, over three years [log]."""
    debt: Float[Array, " *n"]
    """External debt over GDP [fraction]."""
    regime: Float[Array, " *n 3"]
    """One for its regime: fixed, managed, floating [flag]."""


class CrisisModel(eqx.Module):
    """The logit of a crisis that begins within a year.

    Source: estimated by `tools/origins/crisis_model.py`.
    """

    intercept: Float[Array, "*d"]
    """Managed or fixed regime, everything else at its mean, a quiet world [log odds]."""
    slopes: Float[Array, "*d 5"]
    """Per standard deviation of each fundamental, none below zero [log odds]."""
    floating: Float[Array, "*d"]
    """What a floating exchange rate adds [log odds]."""
    world: Float[Array, "*d 3"]
    """Per unit of each pressure of the world, none below zero [log odds]."""
    tight: Float[Array, "*d 2"]
    """Rise of the dollar and of the VIX at which the world is tight [log, index points]."""
    unit: Float[Array, "*d 3"]
    """What counts as one of each pressure [decimal, log, index points]."""
    seen: Float[Array, "*d 3"]
    """The most of each pressure that the sample holds [ratio]."""
    over: Float[Array, "*d"]
    """How far beyond it a pressure may go [fraction]."""
    year_spread: Float[Array, "*d"]
    """Standard deviation of what else a year brings to all [log odds]."""
    centre: Float[Array, "*d 5"]
    """Means of the fundamentals [see `fundamentals`]."""
    scale: Float[Array, "*d 5"]
    """Standard deviations of the fundamentals [see `fundamentals`]."""
    limits: Float[Array, "*d 2 5"]
    """Lowest and highest value of each fundamental that counts [see `fundamentals`]."""


def fundamentals(economies: Economies, limits: Float[Array, "2 5"]) -> Float[Array, "n 5"]:
    """Line up what makes a crisis likelier, each so that more of it is worse.

    -ln(reserves / GDP), current-account deficit / GDP, ln(1 + inflation), real appreciation,
    external debt / GDP; kept within limits beyond which data are rare

    Arguments:
        economies: what they are like.
        limits: lowest and highest value of each that counts [the same units].

    Returns:
        Fundamentals in their own units [log, fraction, log, log, fraction].

    Source: Frankel and Saravelos (2012): reserves and real appreciation warn best.
    """
    rows = (
        -jnp.log(jnp.maximum(economies.reserves, jnp.exp(-limits[1, 0]))),
        -economies.current_account,
        jnp.log1p(economies.inflation),
        economies.appreciation,
        economies.debt,
    )
    return jnp.clip(jnp.stack(rows, axis=-1), limits[0], limits[1])


def tightness(
    dollar: Float[Array, " t"], vix: Float[Array, " t"], tight: Float[Array, " 2"]
) -> Float[Array, " t"]:
    """How tight the world is for those who owe dollars.

    min(max(dollar, 0) / D + max(VIX, 0) / V, 1)

    Arguments:
        dollar: broad dollar, positive when stronger [log].
        vix: above its mean [index points].
        tight: rise of either at which the world is tight [log, index points].

    Returns:
        From loose to tight [fraction].

    Source: assumption; one is the summer of 2013. Emerging economies are under stress when the
    dollar is strong or fear is high, and eased when the dollar merely falls.
    """
    load = jnp.maximum(dollar, 0.0) / tight[0] + jnp.maximum(vix, 0.0) / tight[1]
    return jnp.minimum(load, 1.0)


def pressures(
    ten_year: Float[Array, " t"],
    dollar: Float[Array, " t"],
    *,
    vix: Float[Array, " t"],
    tight: Float[Array, " 2"],
    unit: Float[Array, " 3"],
) -> Float[Array, "t 3"]:
    """Line up what the world does to emerging economies in a year.

    max(yield, 0) tight / u_i, dollar / u_D, VIX / u_V

    Arguments:
        ten_year: change of the US 10-year yield over the year [decimal].
        dollar: change of the broad dollar over the year, positive when stronger [log].
        vix: mean of the year above the mean of all years [index points].
        tight: see `tightness` [log, index points].
        unit: u, what counts as one of each [decimal, log, index points].

    Returns:
        Pressures [ratio].

    Source: assumption; what `tools/origins/crisis_model.py` estimates and `emerging_paths` applies.
    """
    rising = jnp.maximum(ten_year, 0.0) * tightness(dollar, vix, tight)
    return jnp.stack([rising, dollar, vix], axis=-1) / unit


def vulnerability(economies: Economies, crisis: CrisisModel) -> Float[Array, " n"]:
    """How prone to crisis economies are in a quiet world.

    s = a + b . (x - mean) / sd + d floating

    Arguments:
        economies: what they are like.
        crisis: the logit.

    Returns:
        Log odds of a crisis within a year [log odds].

    Source: `tools/origins/crisis_model.py`.
    """
    standard = (fundamentals(economies, crisis.limits) - crisis.centre) / crisis.scale
    return (
        crisis.intercept
        + standard @ crisis.slopes
        + crisis.floating * REGIMES.pick(economies.regime, "floating")
    )


def chance(index: Float[Array, " n"], crisis: CrisisModel) -> Float[Array, " n"]:
    """Chance of a crisis within a year.

    P = E[1 / (1 + exp(-s - sigma u))],  u standard normal, the year's own luck

    Arguments:
        index: log odds before the year's luck [log odds].
        crisis: the logit.

    Returns:
        Chance [fraction].

    Source: Gauss-Hermite quadrature with nine nodes.
    """
    luck = crisis.year_spread * jnp.asarray(_NODES)
    weights = jnp.asarray(_WEIGHTS / _WEIGHTS.sum())
    return jax.nn.sigmoid(index[:, None] + luck) @ weights
