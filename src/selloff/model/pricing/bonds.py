"""Bond arithmetic: prices, yields and DV01 on the semi-annual bond basis."""

import numpy as np
from jaxtyping import Float

from selloff.model.arrays import Numbers, library


def bond_price(
    ytm: Float[Numbers, "*x"], coupon: Float[Numbers, "*x"], years: Float[Numbers, "*x"]
) -> Float[Numbers, "*x"]:
    """Price of a semi-annual bond with a whole number of coupon periods left.

    P = c / y (1 - v) + v,  v = (1 + y / 2)^(-2 T)

    Arguments:
        ytm: yield to maturity, semi-annual [decimal per year].
        coupon: coupon rate [decimal per year].
        years: remaining life [years].

    Returns:
        Price per unit of face [fraction of face].

    Source: US Treasury street convention, whole periods; checked against QuantLib.
    """
    xp = library(ytm)
    lost = -xp.expm1(-2.0 * years * xp.log1p(0.5 * ytm))
    near_zero = xp.abs(ytm) < 1e-7
    series = years * (1.0 - 0.5 * ytm * (years + 0.5))
    annuity = xp.where(near_zero, series, lost / xp.where(near_zero, 1.0, ytm))
    return coupon * annuity + 1.0 - lost


def bond_dv01(
    ytm: Float[Numbers, "*x"], coupon: Float[Numbers, "*x"], years: Float[Numbers, "*x"]
) -> Float[Numbers, "*x"]:
    """Fall of the price per unit rise of the yield, -dP/dy.

    -dP/dy = c [(1 - v) / y^2 - T v / (y (1 + y/2))] + T v / (1 + y/2)

    Arguments:
        ytm: yield to maturity, semi-annual [decimal per year].
        coupon: coupon rate [decimal per year].
        years: remaining life [years].

    Returns:
        Price change per unit of face and per unit of yield, positive [years].

    Source: derivative of `bond_price`.
    """
    xp = library(ytm)
    lost = -xp.expm1(-2.0 * years * xp.log1p(0.5 * ytm))
    slope = years * (1.0 - lost) / (1.0 + 0.5 * ytm)
    near_zero = xp.abs(ytm) < 1e-6
    safe = xp.where(near_zero, 1.0, ytm)
    series = 0.5 * years * (years + 0.5) * (1.0 - 2.0 * ytm * (years + 1.0) / 3.0)
    annuity = xp.where(near_zero, series, lost / safe**2 - slope / safe)
    return coupon * annuity + slope


def cash_flows(
    coupon: float, years: float, times: Float[np.ndarray, " m"]
) -> Float[np.ndarray, " m"]:
    """Lay a bond's cash flows on a semi-annual grid of times.

    Arguments:
        coupon: coupon rate [decimal per year].
        years: remaining life, on the grid [years].
        times: grid that holds every multiple of half a year [years].

    Returns:
        Cash paid at each time per unit of face [fraction of face].

    Source: US Treasury convention, two coupons a year.
    """
    periods = 2.0 * times
    is_paid = np.abs(periods - np.round(periods)) < 1e-9
    is_alive = is_paid & (times > 0.0) & (times <= years + 1e-9)
    return 0.5 * coupon * is_alive + 1.0 * (np.abs(times - years) < 1e-9)


def par_coupon(
    discounts: Float[np.ndarray, " m"], times: Float[np.ndarray, " m"], years: float
) -> float:
    """Coupon at which a bond is worth its face.

    c = (1 - D(T)) / (1/2 sum_t D(t))

    Arguments:
        discounts: discount factors on the grid [fraction].
        times: grid that holds every multiple of half a year [years].
        years: maturity of the par bond, on the grid [years].

    Returns:
        Coupon rate [decimal per year].

    Source: 1 = c/2 sum D + D(T).
    """
    last = cash_flows(0.0, years, times)
    annuity = np.sum((cash_flows(1.0, years, times) - last) * discounts)
    return float((1.0 - np.sum(last * discounts)) / annuity)


def par_weights(
    discounts: Float[np.ndarray, " m"], times: Float[np.ndarray, " m"], years: float
) -> Float[np.ndarray, " m"]:
    """How a par yield responds to each zero yield on the grid.

    dy = sum_t [c/2 t D(t) + T D(T)] dz(t) / (1/2 sum_t D(t)) at the par coupon c

    Arguments:
        discounts: discount factors on the grid [fraction].
        times: grid that holds every multiple of half a year [years].
        years: maturity of the par bond, on the grid [years].

    Returns:
        Weights on continuously compounded zero yields [ratio].

    Source: differential of 1 = c/2 sum D + D(T).
    """
    coupons = cash_flows(1.0, years, times) - cash_flows(0.0, years, times)
    flows = cash_flows(par_coupon(discounts, times, years), years, times)
    return flows * times * discounts / np.sum(coupons * discounts)
