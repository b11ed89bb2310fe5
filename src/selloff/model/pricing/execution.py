"""Selling at least cost in markets simple enough for a pencil: two closed forms."""

from typing import Final

from jaxtyping import Float

from selloff.model.arrays import Numbers, library

_EVEN: Final = 1e-9
"""Urgency times horizon below which a path is a straight line [ratio]."""


def urgency_of(
    risk_aversion: Float[Numbers, ""],
    volatility: Float[Numbers, ""],
    *,
    temporary: Float[Numbers, ""],
    permanent: Float[Numbers, ""],
    interval: Float[Numbers, ""],
) -> Float[Numbers, ""]:
    """Rate at which a seller who weighs variance runs its position down.

    cosh(kappa tau) = 1 + lambda sigma^2 tau^2 / (2 (eta - gamma tau / 2))

    Arguments:
        risk_aversion: lambda, cost accepted per unit of variance [1/USD bn].
        volatility: sigma, of the price [USD bn per unit sold per root year].
        temporary: eta, concession per unit of the rate of sale [USD bn years per unit squared].
        permanent: gamma, lasting fall of the price per unit sold [USD bn per unit squared].
        interval: tau, time between two trades [years].

    Returns:
        kappa [1/year].

    Source: Almgren and Chriss (2000), section 2.2.
    """
    xp = library(risk_aversion)
    weight = risk_aversion * volatility**2 / (temporary - 0.5 * permanent * interval)
    return xp.arccosh(1.0 + 0.5 * weight * interval**2) / interval


def part_left(
    time: Float[Numbers, " t"], horizon: Float[Numbers, ""], urgency: Float[Numbers, ""]
) -> Float[Numbers, " t"]:
    """Part of a position that is still held, on the way that trades cost against variance.

    x(t) / X = sinh(kappa (T - t)) / sinh(kappa T), a straight line where kappa is zero

    Arguments:
        time: t, since the sale began [years].
        horizon: T, in which all is sold [years].
        urgency: kappa [1/year].

    Returns:
        Part [fraction].

    Source: Almgren and Chriss (2000), section 2.2.
    """
    xp = library(time)
    is_even = urgency * horizon < _EVEN
    rate = xp.where(is_even, 1.0, urgency)
    # exp(-2 x) does not overflow where sinh(x) does.
    bend = xp.expm1(-2.0 * rate * (horizon - time)) / xp.expm1(-2.0 * rate * horizon)
    return xp.where(is_even, 1.0 - time / horizon, xp.exp(-rate * time) * bend)


def shortfall(
    trades: Float[Numbers, " n"],
    *,
    volatility: Float[Numbers, ""],
    temporary: Float[Numbers, ""],
    permanent: Float[Numbers, ""],
    interval: Float[Numbers, ""],
) -> tuple[Float[Numbers, ""], Float[Numbers, ""]]:
    """Mean and variance of what a schedule of trades falls short of the opening's price.

    E = gamma X^2 / 2 + (eta - gamma tau / 2) sum n_k^2 / tau,   V = sigma^2 tau sum x_k^2

    Arguments:
        trades: n_k, sold in each interval [units].
        volatility: sigma, of the price [USD bn per unit sold per root year].
        temporary: eta, concession per unit of the rate of sale [USD bn years per unit squared].
        permanent: gamma, lasting fall of the price per unit sold [USD bn per unit squared].
        interval: tau, time between two trades [years].

    Returns:
        Mean [USD bn] and variance [USD bn squared].

    Source: Almgren and Chriss (2000), section 1.5, without a bid-ask spread.
    """
    xp = library(trades)
    whole = xp.sum(trades)
    left = whole - xp.cumsum(trades)
    net = temporary - 0.5 * permanent * interval
    mean = 0.5 * permanent * whole**2 + net * xp.sum(trades**2) / interval
    return mean, volatility**2 * interval * xp.sum(left**2)


def end_block(horizon: Float[Numbers, ""], resilience: Float[Numbers, ""]) -> Float[Numbers, ""]:
    """Part sold at once on the first day and on the last; between them the rate is even.

    x_0 = x_T = X / (rho T + 2),   rate = rho X / (rho T + 2)

    Arguments:
        horizon: T, in which all is sold [years].
        resilience: rho, rate at which a concession heals [1/year].

    Returns:
        Part of the whole in each of the two blocks [fraction].

    Source: Obizhaeva and Wang (2013), proposition 2.
    """
    return 1.0 / (resilience * horizon + 2.0)


def spaced_blocks(
    n_between: int, healed: Float[Numbers, ""]
) -> tuple[Float[Numbers, ""], Float[Numbers, ""]]:
    """The same for trades at even intervals: a block at both ends, equal parts in between.

    x_0 = x_N = 1 / ((N - 1)(1 - a) + 2),   x_k = (1 - a) x_0,   a = exp(-rho tau)

    Arguments:
        n_between: N - 1, trades between the first and the last [count].
        healed: 1 - a, part of a concession that heals from one trade to the next [fraction].

    Returns:
        Part in each of the two blocks and in each trade between them [fraction].

    Source: Alfonsi, Fruth and Schied (2010), block-shaped order book; it solves the recursion of
    Obizhaeva and Wang (2013), proposition 1.
    """
    block = 1.0 / (n_between * healed + 2.0)
    return block, healed * block
