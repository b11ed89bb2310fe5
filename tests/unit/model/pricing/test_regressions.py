"""Regressions in closed form, against least squares on the moments of the process."""

import jax.numpy as jnp
import numpy as np
import pytest

import specimens
from selloff.model.pricing.equilibrium import fx_loadings, integrated_decay
from selloff.model.pricing.regressions import (
    campbell_shiller,
    fama_bliss,
    long_parity,
    stationary_variance,
)

YEAR, FIVE, FOUR = 2, 10, 8
"""Places on a grid of half years."""


@pytest.fixture(scope="module")
def world() -> dict[str, np.ndarray]:
    economy = specimens.two_currencies()
    dynamics = specimens.solved(economy).dynamics
    n = economy.kappa.size
    return {
        "kappa": np.asarray(economy.kappa),
        "stationary": np.asarray(stationary_variance(economy.kappa, economy.variance)),
        "prices": np.asarray(integrated_decay(dynamics, specimens.GRID, 2))[:, :, 0],
        "foreign": np.asarray(integrated_decay(dynamics, specimens.GRID, 2))[:, :, 1],
        "currency": np.asarray(fx_loadings(dynamics, 2))[:, 0],
        "now": np.eye(n, 2 * n),
        "later": np.eye(n, 2 * n, k=n),
        "pair": specimens.Discrete.of(economy, years=1.0).pair,
    }


def slope(world: dict[str, np.ndarray], y: np.ndarray, x: np.ndarray) -> float:
    """Least squares of y on x, each with loadings on the state of now and of a year later."""
    return float(y @ world["pair"] @ x / (x @ world["pair"] @ x))


def test_the_stationary_variance_is_that_of_the_process(world: dict[str, np.ndarray]) -> None:
    n = world["kappa"].size
    np.testing.assert_allclose(world["stationary"], world["pair"][:n, :n], atol=1e-15)


def test_fama_bliss(world: dict[str, np.ndarray]) -> None:
    now, later = (-world["prices"] @ world[when] for when in ("now", "later"))
    excess = later[FOUR] - now[FIVE] + now[YEAR]
    forward = now[FOUR] - now[FIVE] + now[YEAR]
    found = fama_bliss(
        jnp.asarray(world["prices"]),
        (FIVE, FOUR, YEAR),
        kept=jnp.exp(-world["kappa"]),
        stationary=jnp.asarray(world["stationary"]),
    )
    assert float(found) == pytest.approx(slope(world, excess, forward), rel=1e-9)


def test_campbell_shiller(world: dict[str, np.ndarray]) -> None:
    now, later = (world["prices"] @ world[when] for when in ("now", "later"))
    change = later[FOUR] / 4.0 - now[FIVE] / 5.0
    spread = (now[FIVE] / 5.0 - now[YEAR]) / 4.0
    found = campbell_shiller(
        jnp.asarray(world["prices"]),
        (FIVE, FOUR, YEAR),
        years=5.0,
        kept=jnp.exp(-world["kappa"]),
        stationary=jnp.asarray(world["stationary"]),
    )
    assert float(found) == pytest.approx(slope(world, change, spread), rel=1e-9)


def test_long_parity(world: dict[str, np.ndarray]) -> None:
    gap = (world["prices"][YEAR] - world["foreign"][YEAR]) / 1.0
    rise = world["currency"] @ (world["now"] - world["later"])
    found = long_parity(
        jnp.asarray(gap),
        jnp.asarray(world["currency"]),
        years=1.0,
        kept=jnp.exp(-world["kappa"]),
        stationary=jnp.asarray(world["stationary"]),
    )
    assert float(found) == pytest.approx(slope(world, rise, gap @ world["now"]), rel=1e-9)


def test_expected_rates_alone_give_the_textbook_slopes() -> None:
    """One factor, no premium: Fama-Bliss zero, Campbell-Shiller one."""
    kappa, years = 0.2, jnp.arange(0.0, 10.5, 0.5)
    prices = (-jnp.expm1(-kappa * years) / kappa)[:, None]
    known = {"kept": jnp.exp(jnp.array([-kappa])), "stationary": jnp.ones((1, 1))}
    assert float(fama_bliss(prices, (10, 8, 2), **known)) == pytest.approx(0.0, abs=1e-12)
    found = campbell_shiller(prices, (10, 8, 2), years=5.0, **known)
    assert float(found) == pytest.approx(1.0, abs=1e-12)
