import equinox as eqx
import jax.numpy as jnp
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.pricing.impact import Impact, bond_supply, fx_supply
from specimens import GRID, five_currencies, price, solve, solved, two_currencies

FEW = settings(max_examples=25, deadline=None)
weights = st.lists(st.floats(-5.0, 5.0), min_size=3, max_size=3)
decays = st.floats(1e-4, 200.0)


def impact_of(exposure: object, decay: float) -> Impact:
    economy = five_currencies()
    found: Impact = price(
        economy, solved(economy), GRID, exposure=jnp.asarray(exposure), decay=jnp.asarray(decay)
    )
    return found


def basis() -> np.ndarray:
    found = solved(five_currencies())
    profiles = jnp.zeros((2, 61)).at[0, 20].set(0.01).at[1, 50].set(0.01)
    bonds = bond_supply(found, GRID, profiles, 0)
    return np.concatenate([bonds, 0.01 * fx_supply(found, 5)[:, :1]], axis=1)


@FEW
@given(decays)
def test_a_purchase_is_minus_a_sale(decay: float) -> None:
    sold, bought = impact_of(basis(), decay), impact_of(-basis(), decay)
    np.testing.assert_allclose(bought.bonds, -np.asarray(sold.bonds), rtol=1e-12, atol=1e-18)
    np.testing.assert_allclose(bought.currencies, -np.asarray(sold.currencies), rtol=1e-12)


@FEW
@given(weights, decays)
def test_sales_add_up_and_scale(mix: list[float], decay: float) -> None:
    parts = impact_of(basis(), decay)
    together = impact_of(np.repeat(basis() @ np.array(mix)[:, None], 3, axis=1), decay)
    expected = np.asarray(parts.bonds) @ np.array(mix)
    scale = np.abs(np.asarray(parts.bonds)).max()
    np.testing.assert_allclose(together.bonds[:, :, 0], expected, atol=1e-10 * scale)
    expected_fx = np.asarray(parts.currencies) @ np.array(mix)
    scale_fx = np.abs(np.asarray(parts.currencies)).max()
    np.testing.assert_allclose(together.currencies[:, 0], expected_fx, atol=1e-10 * scale_fx)


@FEW
@given(decays)
def test_a_sale_lifts_yields_of_its_market_and_a_flow_its_currency(decay: float) -> None:
    moved = impact_of(basis(), decay)
    assert np.all(np.asarray(moved.bonds)[1:, 0, :2] > 0.0)
    assert float(moved.currencies[0, 2]) > 0.0


@FEW
@given(st.floats(0.5, 50.0))
def test_a_sale_that_lasts_longer_moves_long_yields_more(decay: float) -> None:
    longer, shorter = impact_of(basis(), decay), impact_of(basis(), 1.2 * decay)
    assert np.all(np.asarray(longer.bonds)[40:, 0, :2] > np.asarray(shorter.bonds)[40:, 0, :2])
    assert float(longer.currencies[0, 2]) > float(shorter.currencies[0, 2])


@FEW
@given(st.floats(0.01, 300.0), st.floats(0.1, 10.0), st.floats(0.1, 10.0), st.floats(0.2, 5.0))
def test_no_missing_number_is_ever_called_solved(
    risk_aversion: float, demand: float, slope: float, noise: float
) -> None:
    base = two_currencies(risk_aversion=risk_aversion)
    economy = eqx.tree_at(
        lambda e: (e.bond_demand, e.bond_slope, e.sigma),
        base,
        (demand * base.bond_demand, slope * base.bond_slope, noise * base.sigma),
    )
    found = solve(economy, GRID)
    if bool(found.is_solved):
        assert float(found.residual) < 1e-8
        assert np.isfinite(np.asarray(found.positions)).all()
        impact = price(economy, found, GRID, exposure=fx_supply(found, 2), decay=jnp.asarray(0.1))
        assert np.isfinite(np.asarray(impact.bonds)).all()
        assert np.isfinite(np.asarray(impact.currencies)).all()
        assert np.linalg.eigvals(np.asarray(found.dynamics)).real.min() > 0.0
