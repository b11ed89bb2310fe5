"""The price of gold under the flow that buys it."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.lags import unsettled


class GoldMarket(eqx.Module):
    """How deep the market for gold is.

    Source: price effects per 100 tonnes that banks quote.
    """

    depth: Float[Array, "*d"]
    """Purchases that would double the price [USD bn]."""
    lasting: Float[Array, "*d"]
    """Part of the effect that stays [fraction]."""
    speed: Float[Array, "*d"]
    """Speed at which the rest dies away [1/year]."""


def gold_price(
    bought: Float[Array, " t"], years: Float[Array, " t"], market: GoldMarket
) -> Float[Array, " t"]:
    """Move the price of gold by what is bought.

    d log p = eta dQ for dQ tonnes, so for dollars p = 1 + F / D, D = p_0 / eta;
    F = w G + (1 - w) e, e the part of purchases G whose temporary effect has not died away

    Arguments:
        bought: G, gold bought so far [USD bn].
        years: length of each step [years].
        market: how deep it is.

    Returns:
        Log price less baseline [log].

    Source: a constant percentage per tonne; dearer gold is fewer tonnes for a dollar. That a
    part dies away, as holders sell and jewellers wait, is an assumption.
    """
    felt = market.lasting * bought + (1.0 - market.lasting) * unsettled(bought, years, market.speed)
    return jnp.log1p(felt / market.depth)
