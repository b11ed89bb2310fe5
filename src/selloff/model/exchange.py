"""Exchange rates and the flows that move them."""

import jax.numpy as jnp
from jaxtyping import Array, Float


def concave_flow(
    flow: Float[Array, " k"], size: Float[Array, " k"], power: Float[Array, ""]
) -> Float[Array, " k"]:
    """Effective flow: proportional up to 1% of GDP, a power law beyond.

    x = flow / (1% of GDP);  f(x) = x if |x| <= 1 else sign(x) |x|^eta

    Arguments:
        flow: cumulated purchases of each foreign currency [USD bn].
        size: GDP of each currency area [USD bn].
        power: eta, between one half and one [power].

    Returns:
        Effective flow [USD bn].

    Source: form from the evidence synthesis (impact concave in flow), an assumption: no study
    covers flows above a few percent of GDP.
    """
    unit = 0.01 * size
    ratio = jnp.abs(flow) / unit
    return jnp.sign(flow) * unit * jnp.where(ratio > 1.0, jnp.maximum(ratio, 1.0) ** power, ratio)


def carry_flow(
    stock: Float[Array, " k"],
    flow: Float[Array, " k"],
    *,
    decay: Float[Array, ""],
    years: Float[Array, ""],
) -> Float[Array, " k"]:
    """Carry a stock of currency purchases that dies away.

    x[t] = exp(-k h) x[t-1] + flow (1 - exp(-k h)) / (k h)

    Arguments:
        stock: purchases still felt at the start of the step [USD bn].
        flow: purchases during the step [USD bn].
        decay: rate at which they are no longer felt [1/year].
        years: length of the step [years].

    Returns:
        Purchases still felt at the end of the step [USD bn].

    Source: exact discretisation of a mean-reverting stock.
    """
    turns = decay * years
    return jnp.exp(-turns) * stock - jnp.expm1(-turns) / turns * flow
