"""Scores against their closed forms."""

import math

import numpy as np
import pytest

import specimens
from selloff.studies.backtest.scores import (
    crps,
    crps_of,
    median_error,
    ranks_of,
    weighted_quantiles,
)
from selloff.studies.samples import effective_size, share_range


def gaussian_crps(mean: float, sd: float, y: float) -> float:
    """Closed form of Gneiting and Raftery (2007), equation 21."""
    z = (y - mean) / sd
    density = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    below = 0.5 * (1.0 + math.erf(z / math.sqrt(2.0)))
    return sd * (z * (2.0 * below - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi))


@pytest.mark.parametrize("y", [-4.0, 0.0, 1.5, 9.0])
def test_crps_of_a_large_sample_is_the_gaussian_one(y: float) -> None:
    values = 1.0 + 2.0 * specimens.normal_quantiles(20_000)
    equal = np.full(values.size, 1.0 / values.size)
    assert crps(values, equal, y) == pytest.approx(gaussian_crps(1.0, 2.0, y), abs=1e-3)


def test_crps_of_a_point_is_the_absolute_error() -> None:
    assert crps(np.array([3.0]), np.array([1.0]), 5.0) == pytest.approx(2.0)


def test_weights_are_as_good_as_repeats() -> None:
    values, repeats = np.array([1.0, 2.0, 7.0]), np.array([3, 1, 2])
    weighted = crps(values, repeats / 6.0, 3.0)
    written_out = np.repeat(values, repeats)
    assert weighted == pytest.approx(crps(written_out, np.full(6, 1 / 6), 3.0))


def test_quantiles_of_equal_weights() -> None:
    values = np.arange(1.0, 101.0)[::-1]
    equal = np.full(100, 0.01)
    np.testing.assert_allclose(weighted_quantiles(values, equal, (0.05, 0.5)), [5.5, 50.5])


def test_quantiles_follow_the_weights() -> None:
    values, weights = np.array([0.0, 1.0, 2.0]), np.array([0.01, 0.01, 0.98])
    assert weighted_quantiles(values, weights, (0.5,))[0] > 1.9


def test_share_range_holds_what_it_should() -> None:
    low, high = share_range(90, 100)
    assert low < 0.9 < high
    assert share_range(0, 0) == (0.0, 1.0)
    assert share_range(10, 10)[1] == 1.0
    assert share_range(9, 10)[0] < share_range(90, 100)[0]


def test_effective_size() -> None:
    assert effective_size(np.ones(5)) == pytest.approx(5.0)
    assert effective_size(np.array([1.0, 0.0])) == pytest.approx(1.0)


def test_many_outcomes_are_scored_as_one_by_one() -> None:
    rng = np.random.default_rng(1)
    values, weights = rng.standard_normal(50), rng.dirichlet(np.ones(50))
    outcomes = np.r_[rng.standard_normal(20) * 3.0, values[:3]]
    apart = [
        weights @ np.abs(values - y)
        - 0.5 * weights @ np.abs(values[:, None] - values[None, :]) @ weights
        for y in outcomes
    ]
    np.testing.assert_allclose(crps_of(values, weights, outcomes), apart, rtol=1e-9, atol=1e-12)


def test_ranks_are_the_part_below() -> None:
    values, equal = np.arange(1.0, 101.0), np.full(100, 0.01)
    found = ranks_of(values, equal, np.array([-5.0, 50.5, 500.0]))
    np.testing.assert_allclose(found, [0.0, 0.5, 1.0])


def test_the_median_s_error_falls_with_the_root_of_the_draws() -> None:
    """For a normal sample 1.645 times sqrt(pi / 2 / n)."""
    for n in (400, 6400):
        error = median_error(specimens.normal_quantiles(n), np.full(n, 1.0 / n))
        assert error == pytest.approx(1.645 * math.sqrt(math.pi / 2.0 / n), rel=0.02)
