"""Moments of the data: definitions, samples and their errors."""

import numpy as np
import pytest

import specimens
from selloff.studies.calibration.moments import (
    MOMENTS,
    SERIES,
    measure,
    moments_of,
    monthly_changes,
    shown,
    target,
)


def test_white_noise_has_the_moments_it_was_given() -> None:
    changes = 0.01 * specimens.white(100, len(SERIES)) / np.sqrt(12.0)
    found = dict(zip(MOMENTS, shown(measure(changes)), strict=True))
    for name, value in found.items():
        wanted = 0.01 if name.startswith("volatility") else 0.0
        assert value == pytest.approx(wanted, abs=1e-12), name


def test_gaps_in_a_series_leave_the_others_as_they_are() -> None:
    changes = monthly_changes()
    cut = changes.copy()
    cut[:50, SERIES.index("fx_cny")] = np.nan
    one, two = measure(changes), measure(cut)
    other = [i for i, name in enumerate(MOMENTS) if "fx_cny" not in name]
    np.testing.assert_array_equal(one[other], two[other])


def test_sample_volatilities_are_those_of_the_tables() -> None:
    found = dict(zip(MOMENTS, shown(target().estimate), strict=True))
    assert found["volatility usd_10y"] == pytest.approx(0.0089, abs=2e-4)
    assert found["volatility fx_jpy"] == pytest.approx(0.0934, abs=1e-3)
    assert found["volatility fx_cny"] == pytest.approx(0.0368, abs=1e-3)
    assert 0.3 < found["correlation usd_10y jpy_10y"] < 0.45


def test_the_bootstrap_gives_the_error_of_a_sample_volatility() -> None:
    """About 1 / sqrt(2 n) for white noise; history has fatter tails and storms."""
    errors = dict(zip(MOMENTS, target().standard_error, strict=True))
    plain = 1.0 / np.sqrt(2.0 * monthly_changes().shape[0])
    assert plain < errors["volatility usd_10y"] < 4.0 * plain
    assert np.all(target().width > target().standard_error)


def test_slope_and_correlation_of_a_known_covariance() -> None:
    covariance = np.eye(len(SERIES))
    ten, premium = SERIES.index("usd_10y"), SERIES.index("term_premium_10y")
    covariance[ten, ten] = 4.0
    covariance[ten, premium] = covariance[premium, ten] = 1.0
    found = dict(zip(MOMENTS, moments_of(covariance), strict=True))
    assert found["slope term_premium_10y usd_10y"] == pytest.approx(0.25)
    assert found["volatility usd_10y"] == pytest.approx(np.log(2.0))
