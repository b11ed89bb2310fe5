"""Economies that several tests look at; sizes are relative to US GDP."""

from dataclasses import dataclass
from typing import Self

import equinox as eqx
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm, solve_continuous_lyapunov
from scipy.special import ndtri

from selloff.model.pricing.equilibrium import Equilibrium
from selloff.model.pricing.fixed_point import solve_equilibrium
from selloff.model.pricing.habitat import Economy, MaturityGrid
from selloff.model.pricing.impact import impact_operator

GRID = MaturityGrid(0.5, 60)
SIZES = np.array([1.0, 0.137, 0.556, 0.127, 0.62])
solve = eqx.filter_jit(solve_equilibrium)
price = eqx.filter_jit(impact_operator)


def five_currencies(*, risk_aversion: float = 1.0) -> Economy:
    """USD, JPY, EUR, GBP and CNY, with short rates that move together a little."""
    short, demand, fx = [0.12, 0.07, 0.10, 0.11, 0.20], [0.08] * 5, [0.15] * 4
    kappa = np.array(short + demand + fx)
    sigma = np.diag(np.concatenate([np.array([95, 40, 65, 80, 45]) * 1e-4, np.sqrt(2 * kappa[5:])]))
    sigma[2, 0], sigma[3, 0], sigma[6, 5] = 30e-4, 40e-4, 0.1
    return _economy(
        kappa,
        sigma,
        risk_aversion=risk_aversion,
        bond_slope=3.0 * SIZES,
        bond_demand=2.0 * SIZES,
        fx_slope=np.array([5.0, 5.0, 5.0, 15.0]) * SIZES[1:],
        fx_demand=0.3 * SIZES[1:],
    )


def two_currencies(*, risk_aversion: float = 1.0) -> Economy:
    """Home and foreign; state (i_H, i_F, beta_H, beta_F, gamma), independent shocks."""
    kappa = np.array([0.12, 0.10, 0.08, 0.06, 0.15])
    sigma = np.diag([95e-4, 65e-4, *np.sqrt(2 * kappa[2:])])
    return _economy(
        kappa,
        sigma,
        risk_aversion=risk_aversion,
        bond_slope=np.array([3.0, 1.7]),
        bond_demand=np.array([2.0, 1.1]),
        fx_slope=np.array([2.8]),
        fx_demand=np.array([0.17]),
    )


def twins(n_currencies: int) -> Economy:
    """Currencies that are all alike."""
    n_fx = n_currencies - 1
    kappa = np.array([0.1] * n_currencies + [0.08] * n_currencies + [0.15] * n_fx)
    shocks = [80e-4] * n_currencies + np.sqrt(2 * kappa[n_currencies:]).tolist()
    return _economy(
        kappa,
        np.diag(shocks),
        risk_aversion=1.0,
        bond_slope=np.full(n_currencies, 1.5),
        bond_demand=np.full(n_currencies, 1.0),
        fx_slope=np.full(n_fx, 2.5),
        fx_demand=np.full(n_fx, 0.15),
    )


def solved(economy: Economy) -> Equilibrium:
    """Solve on the usual grid and insist on success."""
    found: Equilibrium = solve(economy, GRID)
    assert bool(found.is_solved)
    return found


def _economy(
    kappa: NDArray[np.float64],
    sigma: NDArray[np.float64],
    *,
    risk_aversion: float,
    **sizes: NDArray[np.float64],
) -> Economy:
    return Economy(
        kappa=jnp.asarray(kappa),
        sigma=jnp.asarray(sigma),
        risk_aversion=jnp.asarray(risk_aversion),
        habitat_scale=jnp.asarray(8.0),
        **{name: jnp.asarray(values) for name, values in sizes.items()},
    )


@dataclass(frozen=True)
class Discrete:
    """An economy's state seen every so many years: q[t+1] = kept q[t] + e[t+1], exactly."""

    kept: NDArray[np.float64]
    innovation: NDArray[np.float64]
    stationary: NDArray[np.float64]

    @classmethod
    def of(cls, economy: Economy, *, years: float) -> Self:
        pull = np.diag(economy.kappa)
        kept = expm(-years * pull)
        stationary = solve_continuous_lyapunov(pull, np.asarray(economy.variance))
        return cls(kept, stationary - kept @ stationary @ kept.T, stationary)

    @property
    def pair(self) -> NDArray[np.float64]:
        """Covariance of a state and the next one, stacked."""
        ahead = self.kept @ self.stationary
        return np.block([[self.stationary, ahead.T], [ahead, self.stationary]])


def normal_quantiles(n: int) -> NDArray[np.float64]:
    """What n standard normals are on average, in place of a sample with chance in it."""
    found: NDArray[np.float64] = ndtri((np.arange(n) + 0.5) / n)
    return found


def white(n: int, k: int, seed: int = 0) -> NDArray[np.float64]:
    """A sample whose mean is zero and whose second moments are the identity, to the last digit."""
    drawn = np.random.default_rng(seed).standard_normal((n, k))
    root, _ = np.linalg.qr(drawn - drawn.mean(axis=0))
    return root * np.sqrt(n)
