import equinox as eqx
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.pricing.equilibrium import fx_loadings, integrated_decay
from selloff.model.pricing.habitat import MaturityGrid
from selloff.model.pricing.impact import bond_supply, fx_supply
from specimens import GRID, five_currencies, price, solve, solved, twins, two_currencies

PERMANENT = jnp.asarray(1e-7)


def test_without_risk_aversion_the_expectations_hypothesis_holds() -> None:
    economy = five_currencies(risk_aversion=0.0)
    found = solved(economy)
    kappa = np.asarray(economy.kappa)
    bonds = np.asarray(integrated_decay(found.dynamics, GRID, 5))
    expected = np.zeros_like(bonds)
    for market in range(5):
        rate = kappa[market]
        expected[:, market, market] = (1.0 - np.exp(-rate * np.asarray(GRID.years))) / rate
    np.testing.assert_allclose(bonds, expected, rtol=1e-12, atol=1e-14)


def test_without_risk_aversion_uncovered_interest_parity_holds() -> None:
    economy = five_currencies(risk_aversion=0.0)
    kappa = np.asarray(economy.kappa)
    expected = np.zeros((14, 4))
    expected[0] = 1.0 / kappa[0]
    for k in range(4):
        expected[k + 1, k] = -1.0 / kappa[k + 1]
    np.testing.assert_allclose(fx_loadings(solved(economy).dynamics, 5), expected, atol=1e-12)


def test_small_risk_aversion_approaches_expectations_in_proportion() -> None:
    calm = np.asarray(solved(five_currencies(risk_aversion=0.0)).dynamics)
    gaps = [
        np.abs(np.asarray(solved(five_currencies(risk_aversion=a)).dynamics) - calm).max()
        for a in (2e-3, 1e-3)
    ]
    assert gaps[0] / gaps[1] == pytest.approx(2.0, rel=0.01)


def test_every_bond_earns_its_risk() -> None:
    economy = five_currencies()
    grid = MaturityGrid(0.125, 240)
    found = solve(economy, grid)
    bonds = np.asarray(integrated_decay(found.dynamics, grid, 5))
    variance = np.asarray(economy.sigma) @ np.asarray(economy.sigma).T
    price_of_risk = float(economy.risk_aversion) * variance @ np.asarray(found.positions)
    ageing = (bonds[:-4] - 8.0 * bonds[1:-3] + 8.0 * bonds[3:-1] - bonds[4:]) / (12.0 * grid.step)
    for market in range(5):
        held = bonds[2:-2, :, market]
        drift = ageing[:, :, market] + held * np.asarray(economy.kappa)
        drift[:, market] -= 1.0
        np.testing.assert_allclose(drift, held @ price_of_risk, rtol=1e-5, atol=1e-7)
        assert np.abs(drift[:, 5 + market]).max() > 1e-5


def test_every_currency_earns_its_risk() -> None:
    economy = five_currencies()
    found = solved(economy)
    currencies = np.asarray(fx_loadings(found.dynamics, 5))
    variance = np.asarray(economy.sigma) @ np.asarray(economy.sigma).T
    price_of_risk = float(economy.risk_aversion) * variance @ np.asarray(found.positions)
    for k in range(4):
        excess = currencies[:, k] * np.asarray(economy.kappa)
        excess[k + 1] += 1.0
        excess[0] -= 1.0
        np.testing.assert_allclose(excess, price_of_risk.T @ currencies[:, k], atol=1e-11)
        assert np.abs(excess[10 + k]) > 1e-5


def test_permanent_flow_moves_its_currency_by_the_inverse_of_the_traders_slope() -> None:
    economy = five_currencies()
    found = solved(economy)
    impact = price(economy, found, GRID, exposure=fx_supply(found, 5), decay=PERMANENT)
    expected = np.diag(1.0 / np.asarray(economy.fx_slope))
    np.testing.assert_allclose(impact.currencies, expected, rtol=1e-4, atol=1e-4)


def test_bonds_sold_for_good_lift_yields_everywhere_and_most_at_home() -> None:
    economy = five_currencies()
    found = solved(economy)
    profile = jnp.zeros((1, 61)).at[0, 20].set(0.01)
    exposure = bond_supply(found, GRID, profile, 0)
    impact = price(economy, found, GRID, exposure=exposure, decay=PERMANENT)
    assert np.all(np.asarray(impact.bonds)[1:] > 0.0)
    own, others = np.asarray(impact.bonds)[20, 0, 0], np.asarray(impact.bonds)[20, 1:, 0]
    assert np.all(own > others)


def test_a_flow_that_vanishes_at_once_moves_nothing() -> None:
    economy = five_currencies()
    found = solved(economy)
    exposure = fx_supply(found, 5)
    slow, fast = (
        np.asarray(price(economy, found, GRID, exposure=exposure, decay=jnp.asarray(k)).currencies)
        for k in (200.0, 2000.0)
    )
    np.testing.assert_allclose(fast, 0.1 * slow, rtol=1e-2)


def test_home_and_foreign_that_are_alike_are_mirror_images() -> None:
    economy = twins(2)
    found = solved(economy)
    swap = np.array([1, 0, 3, 2, 4])
    sign = np.array([1.0, 1.0, 1.0, 1.0, -1.0])
    bonds = np.asarray(integrated_decay(found.dynamics, GRID, 2))
    currency = np.asarray(fx_loadings(found.dynamics, 2))[:, 0]
    np.testing.assert_allclose(bonds[:, :, 1], sign * bonds[:, swap, 0], atol=1e-10)
    np.testing.assert_allclose(currency, -sign * currency[swap], atol=1e-10)
    assert abs(currency[4]) > 1e-3


def test_foreign_currencies_that_are_alike_can_be_exchanged() -> None:
    economy = twins(3)
    found = solved(economy)
    swap = np.array([0, 2, 1, 3, 5, 4, 7, 6])
    dynamics = np.asarray(found.dynamics)
    np.testing.assert_allclose(dynamics[swap][:, swap], dynamics, atol=1e-12)
    exposure = fx_supply(found, 3)
    impact = price(economy, found, GRID, exposure=exposure, decay=jnp.asarray(0.1))
    moves, curves = np.asarray(impact.currencies), np.asarray(impact.bonds)
    np.testing.assert_allclose(moves[::-1, ::-1], moves, rtol=1e-9)
    np.testing.assert_allclose(curves[:, [0, 2, 1]][:, :, ::-1], curves, atol=1e-12)
    assert moves[0, 0] > moves[1, 0]


def test_scale_of_quantities_is_free_when_risk_aversion_offsets_it() -> None:
    base = two_currencies()
    scaled = eqx.tree_at(
        lambda e: (e.bond_slope, e.bond_demand, e.fx_slope, e.fx_demand, e.risk_aversion),
        base,
        (
            1e4 * base.bond_slope,
            1e4 * base.bond_demand,
            1e4 * base.fx_slope,
            1e4 * base.fx_demand,
            1e-4 * base.risk_aversion,
        ),
    )
    np.testing.assert_allclose(solved(scaled).dynamics, solved(base).dynamics, atol=1e-10)


@pytest.mark.parametrize(("traders", "is_largest"), [(1.0, False), (1e-7, True)])
def test_a_sale_for_good_moves_yields_most_only_if_currency_traders_stand_aside(
    traders: float, is_largest: bool
) -> None:
    economy = eqx.tree_at(
        lambda e: (e.fx_slope, e.fx_demand),
        five_currencies(),
        (traders * five_currencies().fx_slope, 0.0 * five_currencies().fx_demand),
    )
    found = solved(economy)
    exposure = bond_supply(found, GRID, jnp.zeros((1, 61)).at[0, 20].set(0.01), 0)
    for_good, decade = (
        float(price(economy, found, GRID, exposure=exposure, decay=jnp.asarray(k)).bonds[20, 0, 0])
        for k in (1e-4, 0.1)
    )
    assert (for_good > decade) == is_largest
