from collections.abc import Callable

import jax.numpy as jnp
import numpy as np
import pytest
from scipy.linalg import expm

from selloff.model.pricing.equilibrium import fx_loadings, integrated_decay
from selloff.model.pricing.habitat import Economy
from selloff.model.pricing.impact import bond_supply, fx_supply
from specimens import GRID, five_currencies, price, solve, solved, two_currencies
from twin import pricing_numpy as twin

ECONOMIES = {"two": two_currencies, "five": five_currencies}
SALE = tuple(0.01 * np.exp(-(((years - 9.0) / 3.0) ** 2)) for years in np.asarray(GRID.years))


def plain(economy: Economy) -> twin.World:
    return twin.World(
        kappa=np.asarray(economy.kappa),
        sigma=np.asarray(economy.sigma),
        risk_aversion=float(economy.risk_aversion),
        bond_slope=np.asarray(economy.bond_slope),
        bond_demand=np.asarray(economy.bond_demand),
        fx_slope=np.asarray(economy.fx_slope),
        fx_demand=np.asarray(economy.fx_demand),
        habitat_scale=float(economy.habitat_scale),
        step=GRID.step,
        n_steps=GRID.n_steps,
    )


def assert_close(found: object, expected: object, relative: float) -> None:
    scale = np.abs(np.asarray(expected)).max()
    assert scale > 0.0
    assert np.abs(np.asarray(found) - np.asarray(expected)).max() < relative * scale


@pytest.fixture(scope="module", params=list(ECONOMIES))
def make(request: pytest.FixtureRequest) -> Callable[..., Economy]:
    chosen: Callable[..., Economy] = ECONOMIES[request.param]
    return chosen


@pytest.fixture(scope="module")
def solution(make: Callable[..., Economy]) -> twin.Solution:
    return twin.solve(plain(make()))


def test_fixed_point_equals_the_twin(make: Callable[..., Economy], solution: twin.Solution) -> None:
    found = solved(make())
    assert_close(found.dynamics, solution.dynamics, 1e-8)
    assert_close(found.positions, solution.positions, 1e-8)


def test_loadings_equal_the_twin(make: Callable[..., Economy], solution: twin.Solution) -> None:
    economy = make()
    found = solved(economy)
    n_j = economy.n_currencies
    bonds = np.asarray(integrated_decay(found.dynamics, GRID, n_j))
    for market in range(n_j):
        assert_close(bonds[:, :, market], solution.bonds(market), 1e-8)
    expected_fx = np.stack([solution.currency(k) for k in range(n_j - 1)], axis=1)
    assert_close(fx_loadings(found.dynamics, n_j), expected_fx, 1e-8)


@pytest.mark.parametrize("decay", [1e-4, 0.3, 6.0])
@pytest.mark.parametrize(
    "supply", [{"bonds": SALE, "market": 0}, {"bonds": SALE, "market": 1}, {"currency": 0}]
)
def test_impact_operator_equals_the_twin(
    make: Callable[..., Economy], solution: twin.Solution, supply: dict[str, object], decay: float
) -> None:
    economy = make()
    found = solved(economy)
    if "bonds" in supply:
        exposure = bond_supply(found, GRID, jnp.array([SALE]), int(str(supply["market"])))
    else:
        exposure = fx_supply(found, economy.n_currencies)[:, :1]
    impact = price(economy, found, GRID, exposure=exposure, decay=jnp.asarray(decay))
    bonds, currencies = twin.impact(solution, twin.Supply(decay=decay, **supply))
    assert_close(impact.bonds[:, :, 0], bonds, 1e-8)
    assert_close(impact.currencies[:, 0], currencies, 1e-8)


@pytest.mark.parametrize("decay", [0.05, 0.4])
@pytest.mark.parametrize("name", list(ECONOMIES))
def test_impact_operator_equals_supply_put_through_the_full_fixed_point(
    name: str, decay: float
) -> None:
    economy = ECONOMIES[name]()
    found = solved(economy)
    n, n_j = economy.n_states, economy.n_currencies
    supplies = (
        twin.Supply(decay=decay, bonds=SALE, market=0),
        twin.Supply(decay=decay, bonds=SALE, market=n_j - 1),
        twin.Supply(decay=decay, currency=0),
    )
    full = twin.solve(plain(economy), supplies)
    exposure = jnp.concatenate(
        [
            bond_supply(found, GRID, jnp.array([SALE]), 0),
            bond_supply(found, GRID, jnp.array([SALE]), n_j - 1),
            fx_supply(found, n_j)[:, :1],
        ],
        axis=1,
    )
    impact = price(economy, found, GRID, exposure=exposure, decay=jnp.asarray(decay))
    assert_close(found.dynamics, full.dynamics[:n, :n], 1e-8)
    for index in range(len(supplies)):
        bonds = np.stack([full.bonds(market)[:, n + index] for market in range(n_j)], axis=1)
        currencies = [full.currency(k)[n + index] for k in range(n_j - 1)]
        assert_close(impact.bonds[:, :, index], bonds, 1e-6)
        assert_close(impact.currencies[:, index], currencies, 1e-6)


@pytest.mark.parametrize("decay", [52.0, 400.0, 2000.0])
def test_loadings_on_short_lived_supply_stay_exact(decay: float) -> None:
    economy = two_currencies()
    found = solved(economy)
    dynamics, eye = np.asarray(found.dynamics), np.eye(5)
    exposure = fx_supply(found, 2)
    impact = price(economy, found, GRID, exposure=exposure, decay=jnp.asarray(decay))
    carried = []
    for years in np.asarray(GRID.years):
        lag = np.linalg.solve(
            decay * eye - dynamics, expm(-dynamics * years) - np.exp(-decay * years) * eye
        )
        carried.append(
            np.linalg.solve(dynamics, -np.expm1(-decay * years) / decay * eye - lag)[:, :2]
        )
    risk = np.asarray(economy.sigma) @ np.asarray(economy.sigma).T
    bonds = np.asarray(integrated_decay(found.dynamics, GRID, 2))
    density = np.asarray(plain(economy).density())
    system = np.eye(5) + 2.8 / decay * np.asarray(exposure) @ np.asarray(exposure).T @ risk
    for share, loading, later in zip(density, bonds, carried, strict=True):
        system += share * (loading * np.asarray(economy.bond_slope)) @ later.T @ risk
    borne = risk @ np.linalg.solve(system, np.asarray(exposure))
    assert_close(impact.bonds[:, :, 0], [(later.T @ borne)[:, 0] for later in carried], 1e-8)


def test_twin_finds_no_equilibrium_where_the_engine_finds_none() -> None:
    economy = two_currencies(risk_aversion=40.0)
    assert not bool(solve(economy, GRID).is_solved)
    with np.errstate(all="ignore"), pytest.raises((RuntimeError, ValueError)):
        twin.solve(plain(economy))
