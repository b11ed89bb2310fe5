"""Candidate cores: sized by GDP, correlated as asked, with moments the process confirms."""

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


def test_covariance_of_changes_is_that_of_the_process_step_by_step() -> None:
    economy = specimens.five_currencies()
    loads = np.random.default_rng(0).standard_normal((economy.kappa.size, 3))
    process = specimens.Discrete.of(economy, years=1.0 / MONTHS_PER_YEAR)
    change = process.kept - np.eye(economy.kappa.size)
    seen = change @ process.stationary @ change.T + process.innovation
    found = covariance_of_changes(economy, jnp.asarray(loads))
    np.testing.assert_allclose(found, MONTHS_PER_YEAR * loads.T @ seen @ loads, rtol=1e-9)
