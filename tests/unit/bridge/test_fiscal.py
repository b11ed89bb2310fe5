"""Which issues pay when, and chance by quarter that gives years their spread."""

import numpy as np
import pytest
from scipy.linalg import solve_discrete_lyapunov

from selloff.bridge.fiscal import SHOCKS, alive, fiscal_shocks
from selloff.evidence import Bank
from selloff.vocab import TENOR_YEARS
from twin import us_numpy

YEARLY = {
    "debt_growth_memory": 0.4,
    "debt_primary_memory": 0.7,
    "debt_rate_memory": 0.9,
    "debt_growth_volatility": 2.0,
    "debt_primary_volatility": 2.8,
    "debt_rate_volatility": 0.65,
    "debt_growth_primary_correlation": 0.7,
    "debt_growth_rate_correlation": 0.5,
    "debt_primary_rate_correlation": 0.5,
    "debt_chance_scale": 1.0,
}


def bank(**given: float) -> Bank:
    return Bank({name: np.full(2, each) for name, each in (YEARLY | given).items()}, {})


def test_the_slow_way_finds_the_same_face_alive() -> None:
    gross = np.random.default_rng(0).uniform(0.0, 100.0, (50, len(TENOR_YEARS)))
    assert np.array_equal(alive(gross), us_numpy.alive(gross, TENOR_YEARS))


def test_years_of_quarters_have_the_spread_of_years() -> None:
    shocks = fiscal_shocks(bank())
    kept, root = np.diag(shocks.memory[0]), np.asarray(shocks.spread[0])
    quarter = solve_discrete_lyapunov(kept, root @ root.T)
    lagged = [np.linalg.matrix_power(kept, lag) @ quarter for lag in range(4)]
    # The mean of four quarters: each with itself, and each pair from both sides.
    pairs = sum((4 - lag) * (lagged[lag] + lagged[lag].T) for lag in (1, 2, 3))
    years = (4.0 * quarter + pairs) / 16.0
    memory = np.array([0.4, 0.7, 0.9])
    spread = np.array([0.020, 0.028, 0.0065])
    together = np.array([[1.0, 0.7, 0.5], [0.7, 1.0, 0.5], [0.5, 0.5, 1.0]])
    wanted = np.outer(spread, spread) * together / (1.0 - np.outer(memory, memory))
    assert years == pytest.approx(wanted)
    # Four quarters forget as much as a year does.
    assert np.diag(kept) ** 4 == pytest.approx(memory)


def test_the_scale_multiplies_all_three() -> None:
    one, half = fiscal_shocks(bank()), fiscal_shocks(bank(debt_chance_scale=0.5))
    assert np.asarray(half.spread) == pytest.approx(0.5 * np.asarray(one.spread))
    assert np.array_equal(half.memory, one.memory)


def test_the_spread_is_a_triangle_in_the_order_of_the_shocks() -> None:
    spread = np.asarray(fiscal_shocks(bank()).spread)
    assert SHOCKS == ("growth", "primary", "rate")
    assert spread.shape == (2, 3, 3)
    assert not np.triu(spread[0], 1).any()
    assert np.all(np.diagonal(spread[0]) > 0.0)
