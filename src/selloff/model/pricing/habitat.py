"""The preferred-habitat economy of one parameter draw: who is in it and what moves it."""

import equinox as eqx
import numpy as np
from jaxtyping import Float

from selloff.model.arrays import Numbers, library


class Economy(eqx.Module):
    """Structural parameters of the N-currency preferred-habitat economy.

    The state is ordered (short rates i_j, bond demand factors beta_j, FX demand factors
    gamma_k) with J currencies, the first of which is the numeraire, and K = J - 1
    exchange rates: n = 2J + K.

    Source: Vayanos and Vila (2021); Gourinchas, Ray and Vayanos (2025), extended to N
    currencies.
    """

    kappa: Float[Numbers, "*d n"]
    """Mean reversion of the state [1/year]."""
    sigma: Float[Numbers, "*d n n"]
    """Volatility of the state, lower triangular [per sqrt(year)]."""
    risk_aversion: Float[Numbers, "*d"]
    """Arbitrageurs' risk aversion a [1/USD bn]."""
    bond_slope: Float[Numbers, "*d j"]
    """Habitat demand slopes, integral of alpha_j over maturities [USD bn per log price]."""
    bond_demand: Float[Numbers, "*d j"]
    """Size of the bond demand factors, integral of theta_j [USD bn]."""
    fx_slope: Float[Numbers, "*d k"]
    """Currency traders' slopes alpha_ek [USD bn per log exchange rate]."""
    fx_demand: Float[Numbers, "*d k"]
    """Size of the FX demand factors theta_ek [USD bn]."""
    habitat_scale: Float[Numbers, "*d"]
    """Maturity at which habitat demand peaks [years]."""

    @property
    def n_currencies(self) -> int:
        """Number of currencies J [count]."""
        return self.bond_slope.shape[-1]

    @property
    def n_states(self) -> int:
        """Number of states n [count]."""
        return self.kappa.shape[-1]

    @property
    def variance(self) -> Float[Numbers, "*d n n"]:
        """Instantaneous covariance Sigma Sigma' of the state [per year]."""
        return self.sigma @ self.sigma.mT


class MaturityGrid(eqx.Module):
    """Evenly spaced maturities with quadrature weights.

    Source: composite Simpson rule; the number of intervals must be even.
    """

    step: float = eqx.field(static=True)
    """Spacing [years]."""
    n_steps: int = eqx.field(static=True)
    """Number of intervals [count, even]."""

    def __check_init__(self) -> None:
        if self.n_steps % 2 or self.n_steps < 2:
            raise ValueError(f"n_steps: got {self.n_steps}; Simpson's rule needs an even number")

    @property
    def years(self) -> Float[np.ndarray, " m"]:
        """Grid points from zero to the longest maturity [years]."""
        return self.step * np.arange(self.n_steps + 1)

    @property
    def weights(self) -> Float[np.ndarray, " m"]:
        """Simpson weights [years]."""
        inner = np.where(np.arange(self.n_steps + 1) % 2 == 1, 4.0, 2.0)
        inner[[0, -1]] = 1.0
        return self.step / 3.0 * inner


def habitat_shape(scale: Float[Numbers, "*d"], grid: MaturityGrid) -> Float[Numbers, "*d m"]:
    """Spread habitat demand over maturities, integrating to one.

    shape(tau) proportional to tau exp(-tau / scale)

    Arguments:
        scale: maturity of the peak [years].
        grid: maturities [years].

    Returns:
        Density over maturities [1/year].

    Source: assumption; the exponential-polynomial family of Vayanos and Vila (2021).
    """
    raw = grid.years * library(scale).exp(-grid.years / scale[..., None])
    return raw / (grid.weights * raw).sum(-1)[..., None]
