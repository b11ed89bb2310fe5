"""Tariffs that follow retaliation: trade, prices and output on both sides."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.adjustment import adjust
from selloff.vocab import QUARTERS_PER_YEAR

_QUARTER_YEARS = 1.0 / QUARTERS_PER_YEAR


class TariffWorld(eqx.Module):
    """What each seller's country sells to the United States, the same for all draws.

    Source: `bridge.tariffs`.
    """

    imports: Float[Array, " s"]
    """US imports from it over US output [fraction]."""
    japan: Float[Array, " s"]
    """The same over Japan's output where it is Japan, else zero [fraction]."""


class TariffRules(eqx.Module):
    """What tariffs do.

    Source: Fajgelbaum and others (2020); Amiti, Redding and Weinstein (2019); Cavallo and others
    (2021); Caldara and others (2019).
    """

    rate: Float[Array, "*d"]
    """Rise of the tariff on the seller's goods [fraction]."""
    store: Float[Array, "*d"]
    """Part of the tariff bill that reaches consumer prices [fraction]."""
    customs: Float[Array, "*d"]
    """Part of the tariff bill by which the deficit without interest falls [fraction]."""
    output: Float[Array, "*d"]
    """US output lost per tariff bill, retaliation by the seller included [ratio]."""
    trade: Float[Array, "*d"]
    """Fall of the log of trade per tariff [ratio]."""
    kept: Float[Array, "*d"]
    """Part of lost exports that the seller's output loses [fraction]."""
    speed: Float[Array, "*d"]
    """Speed at which trade and prices follow [1/year]."""


class TariffPaths(eqx.Module):
    """What tariffs add, by quarter.

    Source: `tariff_paths`.
    """

    us_gdp: Float[Array, "*d q"]
    """Output of the United States [log]."""
    us_prices: Float[Array, "*d q"]
    """Its consumer prices [log]."""
    us_customs: Float[Array, "*d q"]
    """Customs revenue over its output, at an annual rate, less what other taxes lose [fraction]."""
    japan_exports: Float[Array, "*d q"]
    """Exports of Japan over its output [fraction]."""
    japan_gdp: Float[Array, "*d q"]
    """Output of Japan [log]."""


def tariff_paths(
    struck: Float[Array, "q s"], world: TariffWorld, rules: TariffRules
) -> TariffPaths:
    """Work out what tariffs do once the United States has struck.

    bill = adjusted t sum_s struck_s m_s;   y_US = -o bill;   p_US = theta bill;   T = f bill
    x_JP = -(1 - exp(-e t)) adjusted sum_s struck_s m_JP,s;   y_JP = k x_JP

    Arguments:
        struck: part of the quarter since the United States struck at each seller [fraction].
        world: what is traded.
        rules: what tariffs do.

    Returns:
        What tariffs add to both economies.

    Source: Fajgelbaum and others (2020): a rise from 2.6 to 16.6 percent on 12.7 percent of
    imports; prices before duty did not fall, so the whole bill is paid in the United States.
    """
    bill = rules.rate * adjust(struck @ world.imports, rules.speed, years=_QUARTER_YEARS)
    exposed = adjust(struck @ world.japan, rules.speed, years=_QUARTER_YEARS)
    exports = jnp.expm1(-rules.trade * rules.rate) * exposed
    return TariffPaths(
        us_gdp=-rules.output * bill,
        us_prices=rules.store * bill,
        us_customs=rules.customs * bill,
        japan_exports=exports,
        japan_gdp=rules.kept * exports,
    )
