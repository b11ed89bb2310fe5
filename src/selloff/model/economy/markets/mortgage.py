"""The 30-year mortgage rate follows the 10-year yield within days, and the volatility of yields."""

import equinox as eqx
from jaxtyping import Array, Float

from selloff.model.economy.lags import unsettled


class Mortgage(eqx.Module):
    """How lenders follow the bond market.

    Source: weekly survey rates of Freddie Mac on the 10-year yield and MOVE, 2004 to 2026.
    """

    pass_through: Float[Array, "*d"]
    """Rise of the mortgage rate per rise of the 10-year yield, in the end [ratio]."""
    speed: Float[Array, "*d"]
    """Speed at which lenders catch up [1/year]."""
    volatility: Float[Array, "*d"]
    """Rise of the mortgage rate per point of MOVE [decimal per point]."""


def mortgage_rate(
    ten_year: Float[Array, " t"],
    move: Float[Array, " t"],
    years: Float[Array, " t"],
    rule: Mortgage,
) -> Float[Array, " t"]:
    """Set the 30-year mortgage rate.

    m = b (y - e) + c MOVE,  e: the part of changes of y that lenders have not followed yet

    Arguments:
        ten_year: y, 10-year yield less baseline at the end of each step [decimal].
        move: MOVE less baseline [index points].
        years: length of each step [years].
        rule: how lenders follow.

    Returns:
        Mortgage rate less baseline at the end of each step [decimal].

    Source: own regressions, docs/model/mortgage.md; borrowers can prepay, so the rate holds the
    price of an option, which rises with the volatility of yields.
    """
    followed = ten_year - unsettled(ten_year, years, rule.speed)
    return rule.pass_through * followed + rule.volatility * move
