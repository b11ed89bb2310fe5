"""Regressions of returns and exchange rates on the curve, in closed form."""

from jaxtyping import Array, Float


def stationary_variance(
    kappa: Float[Array, " n"], variance: Float[Array, "n n"]
) -> Float[Array, "n n"]:
    """Covariance of the state in the long run.

    V_ab = (Sigma Sigma')_ab / (kappa_a + kappa_b)

    Arguments:
        kappa: mean reversion [1/year].
        variance: instantaneous covariance Sigma Sigma' [per year].

    Returns:
        Covariance of the state.

    Source: Ornstein-Uhlenbeck process with diagonal mean reversion.
    """
    return variance / (kappa[:, None] + kappa)


def slope_of(
    later: Float[Array, " n"],
    now: Float[Array, " n"],
    regressor: Float[Array, " n"],
    *,
    kept: Float[Array, " n"],
    stationary: Float[Array, "n n"],
) -> Float[Array, ""]:
    """Slope of later'q[t+h] + now'q[t] on regressor'q[t].

    (exp(-kappa h) later + now)' V x / (x' V x)

    Arguments:
        later: loadings on the state at the end of the horizon [per unit of state].
        now: loadings on the state at its start [per unit of state].
        regressor: x, loadings of the regressor [per unit of state].
        kept: exp(-kappa h), what is left of the state after the horizon [fraction].
        stationary: V, covariance of the state [state squared].

    Returns:
        Slope [ratio].

    Source: linear projection.
    """
    seen = stationary @ regressor
    return (kept * later + now) @ seen / (regressor @ seen)


def fama_bliss(
    prices: Float[Array, "m n"],
    at: tuple[int, int, int],
    *,
    kept: Float[Array, " n"],
    stationary: Float[Array, "n n"],
) -> Float[Array, ""]:
    """Slope of a bond's excess return over a year on its forward spread.

    log P[t+1](tau-1) - log P[t](tau) - y[t](1)  on  log P[t](tau-1) - log P[t](tau) - y[t](1)

    Arguments:
        prices: loadings A of minus log prices on the grid [log per unit of state].
        at: places of tau, tau - 1 and one year on the grid [index].
        kept: what is left of the state after a year [fraction].
        stationary: covariance of the state [state squared].

    Returns:
        Slope [ratio].

    Source: Fama and Bliss (1987).
    """
    long, shorter, year = (prices[i] for i in at)
    return slope_of(-shorter, long - year, long - shorter - year, kept=kept, stationary=stationary)


def campbell_shiller(
    prices: Float[Array, "m n"],
    at: tuple[int, int, int],
    *,
    years: float,
    kept: Float[Array, " n"],
    stationary: Float[Array, "n n"],
) -> Float[Array, ""]:
    """Slope of a yield's change over a year on the scaled slope of the curve.

    y[t+1](tau-1) - y[t](tau)  on  (y[t](tau) - y[t](1)) / (tau - 1)

    Arguments:
        prices: loadings A of minus log prices on the grid [log per unit of state].
        at: places of tau, tau - 1 and one year on the grid [index].
        years: tau [years].
        kept: what is left of the state after a year [fraction].
        stationary: covariance of the state [state squared].

    Returns:
        Slope [ratio]; one if only expected short rates moved the curve.

    Source: Campbell and Shiller (1991).
    """
    long, shorter, year = (prices[i] for i in at)
    spread = (long / years - year) / (years - 1.0)
    return slope_of(
        shorter / (years - 1.0), -long / years, spread, kept=kept, stationary=stationary
    )


def long_parity(
    gap: Float[Array, " n"],
    currency: Float[Array, " n"],
    *,
    years: float,
    kept: Float[Array, " n"],
    stationary: Float[Array, "n n"],
) -> Float[Array, ""]:
    """Slope of a currency's yearly rise on the gap of yields over the same horizon.

    (log e[t+h] - log e[t]) / h  on  y_home[t](h) - y_foreign[t](h)

    Arguments:
        gap: loadings of the yield gap [decimal per unit of state].
        currency: A_e; log e = -A_e'q, e the home price of the foreign currency [log per state].
        years: h [years].
        kept: what is left of the state after the horizon [fraction].
        stationary: covariance of the state [state squared].

    Returns:
        Slope [ratio]; one under uncovered interest parity.

    Source: Chinn and Meredith (2004).
    """
    move = currency / years
    return slope_of(-move, move, gap, kept=kept, stationary=stationary)
