"""The pricing core once more, in plain loops over NumPy and SciPy; no code is shared with it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import expm

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """Parameters of the economy and its maturities, in plain arrays."""

    kappa: Matrix
    sigma: Matrix
    risk_aversion: float
    bond_slope: Matrix
    bond_demand: Matrix
    fx_slope: Matrix
    fx_demand: Matrix
    habitat_scale: float
    step: float
    n_steps: int

    @property
    def covariance(self) -> Matrix:
        return self.sigma @ self.sigma.T

    @property
    def maturities(self) -> list[float]:
        return [self.step * point for point in range(self.n_steps + 1)]

    def density(self) -> list[float]:
        """Habitat demand in each maturity, weighted by Simpson's rule and summing to one."""
        raw = [
            weight * years * np.exp(-years / self.habitat_scale)
            for weight, years in zip(self.simpson(), self.maturities, strict=True)
        ]
        return [value / sum(raw) for value in raw]

    def simpson(self) -> list[float]:
        """Weights of Simpson's rule, one pair of intervals after the other."""
        weights = [0.0] * (self.n_steps + 1)
        for left in range(0, self.n_steps, 2):
            weights[left] += self.step / 3.0
            weights[left + 1] += 4.0 * self.step / 3.0
            weights[left + 2] += self.step / 3.0
        return weights


@dataclass(frozen=True)
class Supply:
    """One factor without variance: bonds sold at each maturity of a market, and currencies sold."""

    decay: float
    market: int = 0
    bonds: tuple[float, ...] = ()
    currency: int | None = None


@dataclass(frozen=True)
class Solution:
    """M and B over the states of the economy followed by the supply factors."""

    world: World
    dynamics: Matrix
    positions: Matrix

    def bonds(self, market: int) -> Matrix:
        return bond_loadings(self.dynamics, self.world.maturities)[:, market]

    def currency(self, index: int) -> Matrix:
        return currency_loading(self.dynamics, index)


def bond_loadings(dynamics: Matrix, maturities: list[float]) -> Matrix:
    """A_j(tau) = M^-1 (I - exp(-M tau)) e_j, by maturity, market and state."""
    eye = np.eye(len(dynamics))
    inverse = np.linalg.inv(dynamics)
    return np.array([(inverse @ (eye - expm(-dynamics * years))).T for years in maturities])


def currency_loading(dynamics: Matrix, index: int) -> Matrix:
    """M A_ek = e_USD - e_k; the first foreign currency has index 0."""
    gap = np.zeros(len(dynamics))
    gap[0], gap[index + 1] = 1.0, -1.0
    return np.linalg.solve(dynamics, gap)


def solve(world: World, supplies: tuple[Supply, ...] = (), *, tolerance: float = 1e-13) -> Solution:
    """Iterate positions and prices until they agree, supply factors being states like others."""
    n, extra = len(world.kappa), len(supplies)
    gamma = np.diag([*world.kappa, *(supply.decay for supply in supplies)])
    covariance = np.zeros((n + extra, n + extra))
    covariance[:n, :n] = world.covariance
    positions = np.zeros((n + extra, n + extra))
    for _ in range(500):
        dynamics = gamma.T - world.risk_aversion * positions.T @ covariance
        updated = exposures(world, dynamics, supplies)
        gap = np.abs(updated - positions).max()
        positions = 0.5 * positions + 0.5 * updated
        if gap < tolerance * np.abs(positions).max():
            dynamics = gamma.T - world.risk_aversion * positions.T @ covariance
            return Solution(world, dynamics, positions)
    raise RuntimeError("no fixed point")


def exposures(world: World, dynamics: Matrix, supplies: tuple[Supply, ...]) -> Matrix:
    """B: what arbitrageurs hold of each risk, asset by asset."""
    n_j, n, size = len(world.bond_slope), len(world.kappa), len(dynamics)
    total = np.zeros((size, size))
    bonds = bond_loadings(dynamics, world.maturities)
    for point, share in enumerate(world.density()):
        for market in range(n_j):
            loading = bonds[point, market]
            holding = -world.bond_slope[market] * share * loading
            holding[n_j + market] += world.bond_demand[market] * share
            for index, supply in enumerate(supplies):
                if supply.bonds and supply.market == market:
                    holding[n + index] += supply.bonds[point]
            total += np.outer(loading, holding)
    for k in range(n_j - 1):
        loading = currency_loading(dynamics, k)
        holding = -world.fx_slope[k] * loading
        holding[2 * n_j + k] += world.fx_demand[k]
        for index, supply in enumerate(supplies):
            if supply.currency == k:
                holding[n + index] += 1.0
        total += np.outer(loading, holding)
    return total


def impact(solution: Solution, supply: Supply) -> tuple[Matrix, Matrix]:
    """Loadings on one supply factor by the linear solve: bonds (maturity, market), currencies."""
    world, dynamics = solution.world, solution.dynamics
    n_j, k = len(world.bond_slope), supply.decay
    risk = world.risk_aversion * world.covariance
    bonds = bond_loadings(dynamics, world.maturities)
    discounted = carried(dynamics, world.maturities, decay=k)
    system = np.eye(len(dynamics))
    handed = np.zeros(len(dynamics))
    for point, share in enumerate(world.density()):
        for market in range(n_j):
            loading = bonds[point, market]
            slope = world.bond_slope[market] * share
            system += slope * np.outer(loading, discounted[point, market]) @ risk
            if supply.bonds and supply.market == market:
                handed += supply.bonds[point] * loading
    for index in range(n_j - 1):
        loading = currency_loading(dynamics, index)
        system += world.fx_slope[index] / k * np.outer(loading, loading) @ risk
        if supply.currency == index:
            handed += loading
    borne = np.linalg.solve(system, handed)
    currencies = [currency_loading(dynamics, index) @ risk @ borne / k for index in range(n_j - 1)]
    return discounted[:, :n_j] @ risk @ borne, np.array(currencies)


def carried(dynamics: Matrix, maturities: list[float], *, decay: float) -> Matrix:
    """K_j(tau) = int_0^tau exp(-k (tau - u)) A_j(u) du, one Gauss-Legendre panel a maturity."""
    nodes, weights = np.polynomial.legendre.leggauss(16)
    total = np.zeros((len(dynamics), len(dynamics)))
    table = [total]
    for left, right in pairwise(maturities):
        half = 0.5 * (right - left)
        times = [left + half * (1.0 + node) for node in nodes]
        total = np.exp(-decay * (right - left)) * total
        for when, weight, loading in zip(
            times, weights, bond_loadings(dynamics, times), strict=True
        ):
            total = total + half * weight * np.exp(-decay * (right - when)) * loading
        table.append(total)
    return np.array(table)
