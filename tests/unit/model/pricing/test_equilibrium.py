import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import quad_vec
from scipy.linalg import expm

from selloff.model.pricing.equilibrium import fx_loadings, integrated_decay
from specimens import GRID, five_currencies, solve, solved, two_currencies


def spread(seed: int, n: int = 6) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.diag(rng.uniform(0.05, 0.6, n)) + 0.05 * rng.standard_normal((n, n))


@pytest.mark.parametrize("seed", range(3))
def test_integrated_decay_equals_quadrature_of_the_matrix_exponential(seed: int) -> None:
    dynamics = spread(seed)
    found = np.asarray(integrated_decay(jnp.asarray(dynamics), GRID, 6))
    for point in (0, 1, 7, 32, 33, 60):
        years = float(GRID.years[point])
        expected, _ = quad_vec(lambda u: expm(-dynamics * u), 0.0, years, epsabs=1e-12)
        np.testing.assert_allclose(found[point], expected, rtol=1e-10, atol=1e-11)


def test_fewer_columns_are_the_leading_ones() -> None:
    dynamics = jnp.asarray(spread(4))
    all_columns = integrated_decay(dynamics, GRID, 6)
    leading = integrated_decay(dynamics, GRID, 2)
    np.testing.assert_allclose(leading, all_columns[:, :, :2], rtol=1e-13, atol=1e-15)


def test_currency_loadings_solve_their_equation() -> None:
    dynamics = spread(5)
    found = np.asarray(fx_loadings(jnp.asarray(dynamics), 3))
    expected = np.zeros((6, 2))
    expected[0] = 1.0
    expected[1, 0] = expected[2, 1] = -1.0
    np.testing.assert_allclose(dynamics @ found, expected, atol=1e-13)


def test_residual_and_flag_agree_where_an_equilibrium_exists() -> None:
    found = solved(five_currencies())
    assert float(found.residual) < 1e-10
    assert 0 < int(found.n_iterations) < 400
    assert np.linalg.eigvals(np.asarray(found.dynamics)).real.min() > 0.0


@pytest.mark.parametrize("risk_aversion", [8.0, 16.0, 64.0, 1e3, 1e6])
def test_beyond_the_boundary_no_equilibrium_is_reported(risk_aversion: float) -> None:
    found = solve(five_currencies(risk_aversion=risk_aversion), GRID)
    assert not bool(found.is_solved)


def test_demand_risk_alone_takes_an_economy_over_the_boundary() -> None:
    economy = two_currencies()
    risky = eqx.tree_at(lambda e: e.bond_demand, economy, 40.0 * economy.bond_demand)
    assert bool(solve(economy, GRID).is_solved)
    assert not bool(solve(risky, GRID).is_solved)


def test_what_is_reported_as_solved_is_finite_and_a_fixed_point() -> None:
    levels = jnp.geomspace(0.05, 500.0, 25)
    base = two_currencies()
    many = jax.vmap(lambda a: solve(eqx.tree_at(lambda e: e.risk_aversion, base, a), GRID))(levels)
    is_solved = np.asarray(many.is_solved)
    assert is_solved[:8].all()
    assert not is_solved[-5:].any()
    assert np.isfinite(np.asarray(many.positions)[is_solved]).all()
    assert np.isfinite(np.asarray(many.dynamics)[is_solved]).all()
    assert np.asarray(many.residual)[is_solved].max() < 1e-8


def test_broken_parameters_are_never_reported_as_solved() -> None:
    economy = two_currencies()
    broken = eqx.tree_at(lambda e: e.sigma, economy, economy.sigma.at[0, 0].set(jnp.nan))
    assert not bool(solve(broken, GRID).is_solved)


def test_too_few_iterations_are_not_a_solution() -> None:
    found = solve(five_currencies(), GRID, max_steps=3)
    assert not bool(found.is_solved)


def test_continuation_does_not_change_the_answer() -> None:
    economy = five_currencies()
    direct = solve(economy, GRID, n_stages=1)
    assert bool(direct.is_solved)
    np.testing.assert_allclose(direct.positions, solved(economy).positions, rtol=1e-8, atol=1e-9)


def test_draws_solved_together_equal_draws_solved_alone() -> None:
    base = five_currencies()
    levels = jnp.asarray([0.3, 1.0, 2.0])
    many = jax.vmap(lambda a: solve(eqx.tree_at(lambda e: e.risk_aversion, base, a), GRID))(levels)
    for index, level in enumerate(levels):
        alone = solved(five_currencies(risk_aversion=float(level)))
        np.testing.assert_allclose(many.dynamics[index], alone.dynamics, atol=1e-9)
