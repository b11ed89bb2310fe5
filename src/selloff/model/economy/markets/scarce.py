"""The price of gold, or of Bitcoin, under the flow that buys it."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.lags import unsettled


class ScarceMarket(eqx.Module):
    """How deep a market is whose supply hardly answers.

    Source: price effects per 100 tonnes of gold, or per billion of dollars, that banks quote.
    """

    depth: Float[Array, "*d"]
    """Purchases that would double the price [USD bn]."""
    lasting: Float[Array, "*d"]
    """Part of the effect that stays [fraction]."""
    speed: Float[Array, "*d"]
    """Speed at which the rest dies away [1/year]."""


def scarce_price(
    spent: Float[Array, " t"], years: Float[Array, " t"], market: ScarceMarket
) -> Float[Array, " t"]:
    """Move the price of a scarce thing by what is spent on it.

    d log p = eta dQ for a quantity dQ, so for dollars p = 1 + F / D, D = p_0 / eta;
    F = w G + (1 - w) e, e the part of spending G whose temporary effect has not died away

    Arguments:
        spent: G, so far [USD bn].
        years: length of each step [years].
        market: how deep it is.

    Returns:
        Log price less baseline [log].

    Source: a constant percentage per tonne or coin; dearer, a dollar buys fewer. That a part
    dies away, as holders sell, is an assumption.
    """
    felt = market.lasting * spent + (1.0 - market.lasting) * unsettled(spent, years, market.speed)
    return jnp.log1p(felt / market.depth)
