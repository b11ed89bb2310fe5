import jax.numpy as jnp
import numpy as np

from selloff.model.pricing.impact import bond_supply, fx_supply
from specimens import GRID, five_currencies, price, solve, solved, two_currencies


def test_exposure_of_a_sale_is_the_loading_of_the_bonds_sold() -> None:
    found = solved(five_currencies())
    profile = jnp.zeros((2, 61)).at[0, 20].set(1.0).at[1, 4].set(3.0)
    exposure = np.asarray(bond_supply(found, GRID, profile, 1))
    bonds = np.linalg.solve(
        np.asarray(found.dynamics),
        np.eye(14)[:, 1] - _decayed(np.asarray(found.dynamics), 10.0)[:, 1],
    )
    np.testing.assert_allclose(exposure[:, 0], bonds, rtol=1e-9, atol=1e-12)
    assert exposure.shape == (14, 2)


def test_a_currency_sold_is_exposure_to_its_short_rate_and_the_dollars() -> None:
    exposure = np.asarray(fx_supply(solved(five_currencies()), 5))
    for k in range(4):
        assert exposure[0, k] > 0.0 > exposure[k + 1, k]


def test_nothing_sold_moves_nothing() -> None:
    economy = two_currencies()
    found = solved(economy)
    impact = price(economy, found, GRID, exposure=jnp.zeros((5, 1)), decay=jnp.asarray(0.1))
    assert np.all(np.asarray(impact.bonds) == 0.0)
    assert np.all(np.asarray(impact.currencies) == 0.0)


def test_bonds_at_no_maturity_do_not_move() -> None:
    economy = two_currencies()
    found = solved(economy)
    impact = price(economy, found, GRID, exposure=fx_supply(found, 2), decay=jnp.asarray(0.1))
    assert np.all(np.asarray(impact.bonds)[0] == 0.0)


def test_without_risk_aversion_sales_move_nothing() -> None:
    economy = two_currencies(risk_aversion=0.0)
    found = solved(economy)
    impact = price(economy, found, GRID, exposure=fx_supply(found, 2), decay=jnp.asarray(0.1))
    assert np.all(np.asarray(impact.currencies) == 0.0)
    assert np.all(np.asarray(impact.bonds) == 0.0)


def test_an_economy_without_equilibrium_is_not_priced_as_if_it_had_one() -> None:
    economy = five_currencies(risk_aversion=1e3)
    found = solve(economy, GRID)
    impact = price(economy, found, GRID, exposure=fx_supply(found, 5), decay=jnp.asarray(0.1))
    assert not bool(found.is_solved)
    assert not np.isfinite(np.asarray(impact.currencies)).all()


def _decayed(dynamics: np.ndarray, years: float) -> np.ndarray:
    values, vectors = np.linalg.eig(dynamics)
    return np.real(vectors @ np.diag(np.exp(-values * years)) @ np.linalg.inv(vectors))
