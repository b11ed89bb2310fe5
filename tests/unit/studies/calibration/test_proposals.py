"""Candidate cores: sized by GDP, correlated as asked, with moments that simulation confirms."""

import jax
import jax.numpy as jnp
import numpy as np

import specimens
from selloff.studies.calibration.moments import MONTHS_PER_YEAR
from selloff.studies.calibration.proposals import (
    SEARCHED,
    covariance_of_changes,
    from_scores,
    propose,
)

GDP = np.array([30.0, 4.0, 17.0, 3.5, 19.0])


def scores(n: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((n, len(SEARCHED)))


def test_amounts_are_sized_by_gdp_and_risk_aversion_is_one() -> None:
    economies = propose(scores(5), GDP)
    slope = np.asarray(economies.bond_slope)
    np.testing.assert_allclose(slope / slope[:, :1], np.tile(GDP / GDP[0], (5, 1)))
    assert np.all(np.asarray(economies.risk_aversion) == 1.0)


def test_shocks_have_the_drawn_correlations_and_demand_variance_one() -> None:
    given = scores(6, seed=1)
    drawn, economies = from_scores(given), propose(given, GDP)
    variance = np.einsum("dij,dkj->dik", economies.sigma, economies.sigma)
    sd = np.sqrt(np.diagonal(variance, axis1=1, axis2=2))
    related = variance / (sd[:, :, None] * sd[:, None, :])
    np.testing.assert_allclose(related[:, 0, 1], drawn["short_rate_correlation"])
    np.testing.assert_allclose(related[:, 0, 5], drawn["rate_demand_correlation"])
    np.testing.assert_allclose(related[:, 10, 13], drawn["fx_demand_correlation"])
    kappa = np.asarray(economies.kappa)
    np.testing.assert_allclose(sd[:, 5:] ** 2 / (2.0 * kappa[:, 5:]), 1.0)
    assert np.linalg.eigvalsh(related).min() > 0.0


def test_the_middle_score_gives_the_middle_of_the_table() -> None:
    middle = from_scores(np.zeros((1, len(SEARCHED))))
    assert middle["supply_decay"][0] == 0.08
    assert abs(middle["short_rate_correlation"][0] - 0.4) < 1e-9


def test_covariance_of_changes_is_that_of_a_long_simulation() -> None:
    economy = specimens.two_currencies()
    rng = np.random.default_rng(0)
    loads = jnp.asarray(rng.standard_normal((5, 3)))
    kappa, variance = np.asarray(economy.kappa), np.asarray(economy.variance)
    h = 1.0 / MONTHS_PER_YEAR
    pair = kappa[:, None] + kappa
    innovation = np.linalg.cholesky(variance * -np.expm1(-pair * h) / pair)
    kept = np.exp(-kappa * h)

    def step(q: jax.Array, e: jax.Array) -> tuple[jax.Array, jax.Array]:
        new = kept * q + innovation @ e
        return new, new

    shocks = jnp.asarray(rng.standard_normal((200_000, 5)))
    start = np.linalg.cholesky(variance / pair) @ rng.standard_normal(5)
    _, path = jax.lax.scan(step, jnp.asarray(start), shocks)
    seen = np.cov((np.diff(np.asarray(path), axis=0) @ np.asarray(loads)).T) * MONTHS_PER_YEAR
    wanted = np.asarray(covariance_of_changes(economy, loads))
    np.testing.assert_allclose(seen, wanted, atol=0.015 * np.abs(wanted).max())
