"""Regressions in closed form, against least squares on a long simulated path."""

import jax
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
    kappa = np.asarray(economy.kappa)
    stationary = np.asarray(stationary_variance(economy.kappa, economy.variance))
    pair = kappa[:, None] + kappa
    root = np.linalg.cholesky(np.asarray(economy.variance) * -np.expm1(-pair) / pair)
    rng = np.random.default_rng(0)
    shocks = jnp.asarray(rng.standard_normal((200_000, kappa.size)))

    def step(q: jax.Array, e: jax.Array) -> tuple[jax.Array, jax.Array]:
        new = jnp.exp(-kappa) * q + root @ e
        return new, new

    start = np.linalg.cholesky(stationary) @ rng.standard_normal(kappa.size)
    _, path = jax.lax.scan(step, jnp.asarray(start), shocks)
    return {
        "kappa": kappa,
        "stationary": stationary,
        "prices": np.asarray(integrated_decay(dynamics, specimens.GRID, 2))[:, :, 0],
        "foreign": np.asarray(integrated_decay(dynamics, specimens.GRID, 2))[:, :, 1],
        "currency": np.asarray(fx_loadings(dynamics, 2))[:, 0],
        "path": np.asarray(path),
    }


def slope(y: np.ndarray, x: np.ndarray) -> float:
    return float(np.cov(y, x)[0, 1] / np.var(x))


def test_the_path_has_the_stationary_variance(world: dict[str, np.ndarray]) -> None:
    seen = np.cov(world["path"].T)
    np.testing.assert_allclose(seen, world["stationary"], atol=0.02 * seen.max())


def test_fama_bliss(world: dict[str, np.ndarray]) -> None:
    log_price = -world["path"] @ world["prices"].T
    now, later = log_price[:-1], log_price[1:]
    excess = later[:, FOUR] - now[:, FIVE] + now[:, YEAR]
    forward = now[:, FOUR] - now[:, FIVE] + now[:, YEAR]
    found = fama_bliss(
        jnp.asarray(world["prices"]),
        (FIVE, FOUR, YEAR),
        kept=jnp.exp(-world["kappa"]),
        stationary=jnp.asarray(world["stationary"]),
    )
    assert float(found) == pytest.approx(slope(excess, forward), abs=0.02)


def test_campbell_shiller(world: dict[str, np.ndarray]) -> None:
    price = world["path"] @ world["prices"].T
    change = price[1:, FOUR] / 4.0 - price[:-1, FIVE] / 5.0
    spread = (price[:-1, FIVE] / 5.0 - price[:-1, YEAR]) / 4.0
    found = campbell_shiller(
        jnp.asarray(world["prices"]),
        (FIVE, FOUR, YEAR),
        years=5.0,
        kept=jnp.exp(-world["kappa"]),
        stationary=jnp.asarray(world["stationary"]),
    )
    assert float(found) == pytest.approx(slope(change, spread), abs=0.03)


def test_long_parity(world: dict[str, np.ndarray]) -> None:
    currency = -world["path"] @ world["currency"]
    gap = (world["prices"][YEAR] - world["foreign"][YEAR]) / 1.0
    rise = currency[1:] - currency[:-1]
    found = long_parity(
        jnp.asarray(gap),
        jnp.asarray(world["currency"]),
        years=1.0,
        kept=jnp.exp(-world["kappa"]),
        stationary=jnp.asarray(world["stationary"]),
    )
    assert float(found) == pytest.approx(slope(rise, world["path"][:-1] @ gap), abs=0.03)


def test_expected_rates_alone_give_the_textbook_slopes() -> None:
    """One factor, no premium: Fama-Bliss zero, Campbell-Shiller one."""
    kappa, years = 0.2, jnp.arange(0.0, 10.5, 0.5)
    prices = (-jnp.expm1(-kappa * years) / kappa)[:, None]
    known = {"kept": jnp.exp(jnp.array([-kappa])), "stationary": jnp.ones((1, 1))}
    assert float(fama_bliss(prices, (10, 8, 2), **known)) == pytest.approx(0.0, abs=1e-12)
    found = campbell_shiller(prices, (10, 8, 2), years=5.0, **known)
    assert float(found) == pytest.approx(1.0, abs=1e-12)
