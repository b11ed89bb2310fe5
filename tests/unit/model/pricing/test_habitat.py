import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.pricing.habitat import MaturityGrid, habitat_shape
from specimens import GRID, five_currencies, two_currencies


def test_states_are_two_a_currency_and_one_a_rate() -> None:
    assert five_currencies().n_states == 14
    assert five_currencies().n_currencies == 5
    assert two_currencies().n_states == 5


def test_variance_is_that_of_the_shocks() -> None:
    economy = five_currencies()
    rng = np.random.default_rng(0)
    shocks = rng.standard_normal((400_000, 14)) @ np.asarray(economy.sigma).T
    scale = np.sqrt(np.diag(economy.variance))
    gap = (shocks.T @ shocks / len(shocks) - np.asarray(economy.variance)) / np.outer(scale, scale)
    assert np.abs(gap).max() < 0.02


def test_grid_runs_from_zero_to_the_longest_maturity() -> None:
    years = np.asarray(GRID.years)
    assert years[0] == 0.0
    assert years[-1] == 30.0
    np.testing.assert_allclose(np.diff(years), 0.5)


@pytest.mark.parametrize("power", [0, 1, 2, 3])
def test_weights_integrate_cubics_exactly(power: int) -> None:
    grid = MaturityGrid(0.5, 8)
    found = float(jnp.sum(grid.weights * grid.years**power))
    assert found == pytest.approx(4.0 ** (power + 1) / (power + 1), rel=1e-14)


@pytest.mark.parametrize("n_steps", [0, 1, 7])
def test_a_grid_simpsons_rule_cannot_use_is_refused(n_steps: int) -> None:
    with pytest.raises(ValueError, match="even number"):
        MaturityGrid(0.5, n_steps)


@pytest.mark.parametrize("scale", [2.0, 8.0])
def test_habitat_sums_to_one_and_peaks_at_its_scale(scale: float) -> None:
    density = np.asarray(habitat_shape(jnp.asarray(scale), GRID))
    assert float(density @ np.asarray(GRID.weights)) == pytest.approx(1.0, rel=1e-14)
    assert float(GRID.years[int(density.argmax())]) == scale
    assert density[0] == 0.0
