"""Slow elastic sectors: who ends up with the bonds, and when."""

import jax.numpy as jnp
from jaxtyping import Array, Float


def absorption_shares(
    holdings: Float[Array, "g b"], elasticity: Float[Array, " g"]
) -> Float[Array, "g b"]:
    """Final share of a sale that each group buys, bucket by bucket.

    omega_gb = e_g H_gb / sum_g e_g H_gb

    Arguments:
        holdings: face held by each group that can buy [USD bn].
        elasticity: demand elasticity of each group relative to the average [ratio].

    Returns:
        Shares that sum to one over groups in every bucket [fraction].

    Source: MODEL section 2; a proportional response to a common price change.
    """
    pull = elasticity[:, None] * holdings
    return pull / jnp.sum(pull, axis=0)


def kept_fraction(speed: Float[Array, " g"], years: Float[Array, ""]) -> Float[Array, " g"]:
    """Part of a flow spread over a step that its final buyer has not yet taken at the end.

    (1 - exp(-k h)) / (k h)

    Arguments:
        speed: rate at which each group closes its gap [1/year].
        years: length of the step [years].

    Returns:
        Fractions [fraction].

    Source: exact solution of g' = s / h - k g over one step.
    """
    turns = speed * years
    return -jnp.expm1(-turns) / turns


def close_gaps(
    gaps: Float[Array, "g b"],
    wanted: Float[Array, "g b"],
    *,
    speed: Float[Array, " g"],
    years: Float[Array, ""],
) -> Float[Array, "g b"]:
    """Carry each group's gap between what it will buy and what it has bought.

    g[t] = exp(-k h) g[t-1] + omega s (1 - exp(-k h)) / (k h)

    Arguments:
        gaps: face each group still has to buy at the start of the step [USD bn].
        wanted: its final share of the step's sale [USD bn].
        speed: rate at which each group closes its gap [1/year].
        years: length of the step [years].

    Returns:
        Gaps at the end of the step [USD bn].

    Source: slow-moving capital, MODEL section 2; exact discretisation.
    """
    decay = jnp.exp(-speed * years)[:, None]
    return decay * gaps + kept_fraction(speed, years)[:, None] * wanted
