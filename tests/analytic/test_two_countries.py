"""Two countries written out by hand after Gourinchas, Ray and Vayanos, and solved by an ODE."""

import equinox as eqx
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad, solve_ivp

from selloff.model.pricing.equilibrium import fx_loadings, integrated_decay
from selloff.model.pricing.habitat import Economy, MaturityGrid
from specimens import solve, two_currencies

Vector = NDArray[np.float64]
I_H, I_F, BETA_H, BETA_F, GAMMA = range(5)
LONGEST = 30.0


def habitat(economy: Economy) -> float:
    scale = float(economy.habitat_scale)
    total, _ = quad(lambda years: years * np.exp(-years / scale), 0.0, LONGEST)
    return float(total)


def integrate_bonds(
    economy: Economy, risk: Vector, maturities: Vector
) -> tuple[Vector, Vector, Vector, Vector]:
    """Integrate A_H, A_F and the arbitrageurs' exposure through bonds.

    mu_j - i_j = A_j' lambda: dA_j/dtau = e_ij - kappa A_j + sum_m risk[m, .] A_j[m]
    """
    kappa = np.asarray(economy.kappa)
    scale, total = float(economy.habitat_scale), habitat(economy)
    alpha_h, alpha_f = np.asarray(economy.bond_slope)
    theta_h, theta_f = np.asarray(economy.bond_demand)

    def slope(tau: float, y: Vector) -> Vector:
        a_h, a_f = y[:5], y[5:10]
        d_h = -kappa * a_h + risk.T @ a_h
        d_f = -kappa * a_f + risk.T @ a_f
        d_h[I_H] += 1.0
        d_f[I_F] += 1.0
        shape = tau * np.exp(-tau / scale) / total
        x_h = -alpha_h * shape * a_h
        x_h[BETA_H] += theta_h * shape
        x_f = -alpha_f * shape * a_f
        x_f[BETA_F] += theta_f * shape
        held = np.outer(a_h, x_h) + np.outer(a_f, x_f)
        return np.concatenate([d_h, d_f, held.ravel()])

    path = solve_ivp(
        slope, (0.0, LONGEST), np.zeros(35), "DOP853", t_eval=maturities, rtol=1e-12, atol=1e-14
    )
    return path.y[:5], path.y[5:10], path.y[10:, -1].reshape(5, 5), path.t


def currency_loading(economy: Economy, risk: Vector) -> Vector:
    """Solve mu_e + i_F - i_H = A_e' lambda with mu_e = A_e' kappa q."""
    gap = np.zeros(5)
    gap[I_H], gap[I_F] = 1.0, -1.0
    return np.linalg.solve(np.diag(np.asarray(economy.kappa)) - risk.T, gap)


def by_hand(economy: Economy, maturities: Vector) -> tuple[Vector, Vector, Vector, Vector]:
    """Iterate the price of risk: lambda = a Sigma Sigma' (W_F A_e + sum_j int X_j A_j) = risk q."""
    variance = np.diag(np.asarray(economy.sigma)) ** 2
    appetite = float(economy.risk_aversion)
    (alpha_e,), (theta_e,) = np.asarray(economy.fx_slope), np.asarray(economy.fx_demand)
    risk = np.zeros((5, 5))
    for _ in range(200):
        a_h, a_f, held, _ = integrate_bonds(economy, risk, maturities)
        a_e = currency_loading(economy, risk)
        w_f = -alpha_e * a_e
        w_f[GAMMA] += theta_e
        updated = appetite * variance[:, None] * (held + np.outer(a_e, w_f))
        gap = np.abs(updated - risk).max()
        risk = 0.4 * risk + 0.6 * updated
        if gap < 1e-13:
            return risk, a_h, a_f, a_e
    raise AssertionError("no fixed point by hand")


@pytest.mark.parametrize("risk_aversion", [0.3, 2.0])
def test_two_currencies_follow_the_two_country_algebra(risk_aversion: float) -> None:
    economy = two_currencies(risk_aversion=risk_aversion)
    grid = MaturityGrid(0.25, 120)
    found = solve(economy, grid)
    assert bool(found.is_solved)
    risk, a_h, a_f, a_e = by_hand(economy, np.asarray(grid.years))
    dynamics = np.diag(np.asarray(economy.kappa)) - risk.T
    bonds = np.asarray(integrated_decay(found.dynamics, grid, 2))
    np.testing.assert_allclose(found.dynamics, dynamics, rtol=1e-6, atol=1e-8)
    np.testing.assert_allclose(bonds[:, :, 0], a_h.T, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(bonds[:, :, 1], a_f.T, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(fx_loadings(found.dynamics, 2)[:, 0], a_e, rtol=1e-6, atol=1e-6)


def test_quadrature_error_falls_with_the_fourth_power_of_the_step() -> None:
    economy = two_currencies()
    risk, *_ = by_hand(economy, np.array([0.0, LONGEST]))
    exact = np.diag(np.asarray(economy.kappa)) - risk.T
    errors = [
        np.abs(
            np.asarray(solve(economy, MaturityGrid(step, round(LONGEST / step))).dynamics) - exact
        ).max()
        for step in (2.5, 1.25)
    ]
    assert 12.0 < errors[0] / errors[1] < 20.0


def test_demand_moves_prices_of_its_own_country_most() -> None:
    economy = two_currencies()
    risk, a_h, a_f, _ = by_hand(economy, np.array([0.0, 10.0, LONGEST]))
    assert a_h[BETA_H, 1] > abs(a_f[BETA_H, 1]) > 0.0
    assert np.linalg.norm(risk) > 0.0
    calm = eqx.tree_at(lambda e: e.risk_aversion, economy, 0.0 * economy.risk_aversion)
    assert np.all(by_hand(calm, np.array([0.0, 10.0, LONGEST]))[0] == 0.0)
