"""The fixed point of the economy: positions and prices that agree with each other."""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import optimistix as optx
from jaxtyping import Array, Float, Int

from selloff.model.pricing.equilibrium import Equilibrium, fx_loadings, integrated_decay
from selloff.model.pricing.habitat import Economy, MaturityGrid, habitat_shape


def solve_equilibrium(
    economy: Economy,
    grid: MaturityGrid,
    *,
    tolerance: float = 1e-11,
    max_steps: int = 400,
    n_stages: int = 4,
) -> Equilibrium:
    """Find arbitrageurs' positions and prices that agree with each other.

    M = Gamma' - a B' Sigma Sigma';  B = B(M): damped iteration, continued in a from a / 2^s.

    Arguments:
        economy: structural parameters.
        grid: maturities [years].
        tolerance: relative change of B that counts as solved [fraction].
        max_steps: iterations allowed per stage of the continuation [count].
        n_stages: stages of the continuation in risk aversion [count].

    Returns:
        The equilibrium; `is_solved` is false where none was found. Remedy: lower risk
        aversion or the size of the demand factors.

    Source: Gourinchas, Ray and Vayanos (2025); continuation after Vayanos and Vila (2021).
    """
    solver: Any = optx.FixedPointIteration(rtol=tolerance, atol=tolerance, damp=0.5)

    def stage(
        positions: Float[Array, "n n"], share: Float[Array, ""]
    ) -> tuple[Float[Array, "n n"], Int[Array, ""]]:
        eased = eqx.tree_at(lambda e: e.risk_aversion, economy, share * economy.risk_aversion)
        solution: Any = optx.fixed_point(
            lambda b, _: _positions(_dynamics(eased, b), eased, grid),
            solver,
            positions,
            max_steps=max_steps,
            throw=False,
        )
        return solution.value, solution.stats["num_steps"]

    shares = 2.0 ** -jnp.arange(n_stages - 1, -1, -1.0)
    start = jnp.zeros((economy.n_states, economy.n_states), economy.kappa.dtype)
    positions, steps = jax.lax.scan(stage, start, shares)
    dynamics = _dynamics(economy, positions)
    again = _positions(dynamics, economy, grid)
    residual = jnp.max(jnp.abs(again - positions)) / jnp.max(jnp.abs(positions))
    is_solved = jnp.isfinite(residual) & (residual < 1e3 * tolerance)
    return Equilibrium(dynamics, positions, residual, is_solved, jnp.sum(steps))


def _dynamics(economy: Economy, positions: Float[Array, "n n"]) -> Float[Array, "n n"]:
    return jnp.diag(economy.kappa) - economy.risk_aversion * positions.T @ economy.variance


def _positions(
    dynamics: Float[Array, "n n"], economy: Economy, grid: MaturityGrid
) -> Float[Array, "n n"]:
    n_j, n = economy.n_currencies, economy.n_states
    density = habitat_shape(economy.habitat_scale, grid) * grid.weights
    bonds = integrated_decay(dynamics, grid, n_j)
    currencies = fx_loadings(dynamics, n_j)
    eye = jnp.eye(n, dtype=dynamics.dtype)
    slope = jnp.einsum("m,maj,mbj,j->ab", density, bonds, bonds, economy.bond_slope)
    demand = jnp.einsum("m,maj,j->aj", density, bonds, economy.bond_demand)
    fx_slope = (currencies * economy.fx_slope) @ currencies.T
    factors = jnp.concatenate([demand, currencies * economy.fx_demand], axis=1)
    return factors @ eye[n_j:] - slope - fx_slope
