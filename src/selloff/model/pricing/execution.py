"""Selling at least cost in markets simple enough for a pencil: two closed forms."""

import jax.numpy as jnp
from jaxtyping import Array, Float


def urgency_of(
    risk_aversion: Float[Array, ""],
    volatility: Float[Array, ""],
    *,
    temporary: Float[Array, ""],
    permanent: Float[Array, ""],
    interval: Float[Array, ""],
) -> Float[Array, ""]:
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
    weight = risk_aversion * volatility**2 / (temporary - 0.5 * permanent * interval)
    return jnp.arccosh(1.0 + 0.5 * weight * interval**2) / interval


def part_left(
    time: Float[Array, " t"], horizon: Float[Array, ""], urgency: Float[Array, ""]
) -> Float[Array, " t"]:
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
    is_even = urgency * horizon < _EVEN
    rate = jnp.where(is_even, 1.0, urgency)
    # exp(-2 x) does not overflow where sinh(x) does.
    bend = jnp.expm1(-2.0 * rate * (horizon - time)) / jnp.expm1(-2.0 * rate * horizon)
    return jnp.where(is_even, 1.0 - time / horizon, jnp.exp(-rate * time) * bend)


def shortfall(
    trades: Float[Array, " n"],
    *,
    volatility: Float[Array, ""],
    temporary: Float[Array, ""],
    permanent: Float[Array, ""],
    interval: Float[Array, ""],
) -> tuple[Float[Array, ""], Float[Array, ""]]:
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
    whole = jnp.sum(trades)
    left = whole - jnp.cumsum(trades)
    net = temporary - 0.5 * permanent * interval
    mean = 0.5 * permanent * whole**2 + net * jnp.sum(trades**2) / interval
    return mean, volatility**2 * interval * jnp.sum(left**2)


def end_block(horizon: Float[Array, ""], resilience: Float[Array, ""]) -> Float[Array, ""]:
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


def spaced_blocks(n_between: int, healed: Float[Array, ""]) -> tuple[Array, Array]:
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


_EVEN = 1e-9
