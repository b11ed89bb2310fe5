"""The broad dollar: four currencies at their weights, and the rest of the basket."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float


class Basket(eqx.Module):
    """What the broad dollar is made of.

    Source: Federal Reserve, H.10, trade weights.
    """

    weights: Float[Array, "*d k"]
    """Weights of the currencies of the model [fraction]."""
    rest: Float[Array, "*d k"]
    """Move of the rest of the basket per unit of each of them [ratio]."""


def broad_dollar(log_fx: Float[Array, "*t k"], basket: Basket) -> Float[Array, "*t"]:
    """Weigh what currencies did to the dollar.

    -(w . e + (1 - sum w) r . e)

    Arguments:
        log_fx: e, log dollars per unit of each currency, against the baseline [log].
        basket: weights w, and slopes r of the rest of the basket.

    Returns:
        Broad dollar against the baseline, up when the dollar is dearer [log].

    Source: Federal Reserve, H.10: a geometric mean of 26 currencies; that 60 percent of it moves
    with the four is least squares, docs/model/dollar.md.
    """
    rest = 1.0 - jnp.sum(basket.weights)
    return -log_fx @ (basket.weights + rest * basket.rest)
