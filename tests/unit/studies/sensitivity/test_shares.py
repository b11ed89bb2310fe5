"""Shares of variance and ranges left, against closed forms."""

import numpy as np
import pytest

from selloff.studies.sensitivity.shares import (
    BINS,
    first_order,
    score,
    spread,
    spread_left,
)

POINTS = 4000
FEW = 400
NOISE = np.sqrt(2.0 * (2 * BINS - 1)) / FEW
"""Standard error of the share of what is not used."""
Z95 = 1.6448536


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_a_share_takes_in_what_an_input_goes_with(rng: np.random.Generator) -> None:
    """y = x + 2 z with corr(x, z) = r: Var(E[y|x]) / Var(y) = (1 + 2 r)^2 / (5 + 4 r)."""
    r = 0.6
    x, other = rng.standard_normal((2, POINTS))
    z = r * x + np.sqrt(1.0 - r**2) * other
    wanted = (1.0 + 2.0 * r) ** 2 / (5.0 + 4.0 * r)
    assert first_order(x, x + 2.0 * z) == pytest.approx(wanted, abs=0.03)


def test_a_bent_effect_is_seen(rng: np.random.Generator) -> None:
    x, e = rng.standard_normal((2, POINTS))
    assert first_order(x, x**2 + np.sqrt(2.0) * e) == pytest.approx(0.5, abs=0.06)


def test_the_share_of_what_is_not_used_is_nothing_on_average(rng: np.random.Generator) -> None:
    y = rng.lognormal(size=FEW)
    found = [first_order(rng.standard_normal(FEW), y) for _ in range(FEW)]
    assert abs(np.mean(found)) < 4.0 * NOISE / np.sqrt(FEW)
    assert np.std(found) == pytest.approx(NOISE, rel=0.25)


def test_what_explains_everything_leaves_nothing(rng: np.random.Generator) -> None:
    x = rng.lognormal(size=POINTS)
    y = 10.0 + 3.0 * x**1.3
    left, low, high = spread_left(x, y, rng)
    assert left < 0.02 * spread(y)
    assert low <= left <= high


def test_the_range_left_is_that_of_the_rest(rng: np.random.Generator) -> None:
    x, e = rng.standard_normal((2, POINTS))
    left, low, high = spread_left(x, 2.0 * x + e, rng)
    assert left == pytest.approx(2.0 * Z95, rel=0.05)
    assert low < left < high
    assert low - 0.05 < 2.0 * Z95 < high + 0.05


@pytest.mark.parametrize("n", [160, POINTS])
def test_what_is_not_used_leaves_all(n: int, rng: np.random.Generator) -> None:
    x, y = rng.standard_normal(n), rng.lognormal(size=n)
    left, low, high = spread_left(x, y, rng)
    assert left == pytest.approx(spread(y), rel=0.15)
    assert low < spread(y) * 1.05
    assert high > spread(y) * 0.95


def test_two_parameters_tell_what_their_sum_tells(rng: np.random.Generator) -> None:
    """y = x + z + e: both leave the spread of e, and share 2/3."""
    x, z, e = rng.standard_normal((3, POINTS))
    told = score(np.stack([x, z]), x + z + e, rng)
    assert first_order(told, x + z + e) == pytest.approx(2.0 / 3.0, abs=0.04)
    assert spread_left(told, x + z + e, rng)[0] == pytest.approx(2.0 * Z95, rel=0.06)


def test_many_parameters_that_do_nothing_tell_nothing(rng: np.random.Generator) -> None:
    columns, y = rng.standard_normal((40, FEW)), rng.standard_normal(FEW)
    assert abs(first_order(score(columns, y, rng), y)) < 4.0 * NOISE


def test_what_never_moves_has_no_share(rng: np.random.Generator) -> None:
    x = rng.standard_normal(100)
    assert first_order(x, np.ones(100)) == 0.0
    assert spread_left(x, np.ones(100), rng) == (0.0, 0.0, 0.0)
