"""Quantiles beside numpy's."""

import numpy as np
import pytest

from selloff.results import quantiles

LEVELS = (0.0, 0.05, 0.25, 1 / 3, 0.5, 0.75, 0.95, 1.0)


@pytest.mark.parametrize("draws", [1, 2, 3, 7, 24, 1000])
@pytest.mark.parametrize("shape", [(), (5,), (4, 3)])
def test_they_are_numpy_s(draws: int, shape: tuple[int, ...]) -> None:
    values = np.random.default_rng(draws).standard_t(3, (draws, *shape))
    wanted = np.quantile(values, LEVELS, axis=0)
    np.testing.assert_allclose(quantiles(values, LEVELS), wanted, rtol=1e-12, atol=1e-12)


def test_draws_without_a_number_are_left_out() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(size=(40, 6))
    values[rng.random(values.shape) < 0.3] = np.nan
    wanted = np.nanquantile(values, LEVELS, axis=0)
    np.testing.assert_allclose(quantiles(values, LEVELS), wanted, rtol=1e-12, atol=1e-12)


def test_nothing_known_is_nothing() -> None:
    values = np.array([[np.nan, 1.0], [np.nan, 2.0]])
    found = quantiles(values, (0.05, 0.5))
    assert np.isnan(found[:, 0]).all()
    np.testing.assert_allclose(found[:, 1], [1.05, 1.5])
    assert np.isnan(quantiles(np.empty((0, 2)), (0.5,))).all()


def test_what_never_ends_is_an_infinite_end_and_no_more() -> None:
    values = np.array([3.0, 5.0, np.inf, np.inf, np.inf])
    np.testing.assert_array_equal(quantiles(values, (0.0, 0.25, 0.3, 1.0)), [3, 5, np.inf, np.inf])
    np.testing.assert_array_equal(quantiles(-values, (0.0, 1.0)), [-np.inf, -3.0])


def test_single_numbers_have_the_quantiles_of_the_same_doubles() -> None:
    single = np.random.default_rng(3).normal(size=(41, 5)).astype(np.float32)
    single[3, 1], single[:, 4] = np.nan, np.nan
    found = quantiles(single, LEVELS)
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, quantiles(single.astype(np.float64), LEVELS))
