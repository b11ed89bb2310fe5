"""Local slopes, and kinks."""

import numpy as np
import pytest

from selloff.studies.sensitivity.slopes import STEP, slope

CHANCE = np.random.default_rng(0).standard_normal(64)


def test_a_slope_is_that_of_the_curve_whatever_chance() -> None:
    below, at, above = (2.0 * z + 0.1 * z**2 + CHANCE for z in (-STEP, 0.0, STEP))
    found = slope(below, at, above)
    assert found.value == pytest.approx(2.0)
    assert found.error == pytest.approx(0.0, abs=1e-12)
    assert (found.left, found.right) == (pytest.approx(1.975), pytest.approx(2.025))
    assert not found.is_kinked


def test_a_kink_is_said() -> None:
    below, at, above = (max(z, 0.0) * 4.0 + CHANCE for z in (-STEP, 0.0, STEP))
    found = slope(below, at, above)
    assert (found.left, found.right) == (pytest.approx(0.0), pytest.approx(4.0))
    assert found.value == pytest.approx(2.0)
    assert found.is_kinked


def test_a_bend_within_its_error_is_no_kink() -> None:
    rng = np.random.default_rng(1)
    below, at, above = rng.standard_normal((3, 64))
    assert not slope(below, at, above).is_kinked


def test_draws_without_an_answer_are_left_out() -> None:
    at = np.array([1.0, np.nan, 1.0])
    found = slope(np.zeros(3), at, np.full(3, 2.0))
    assert found.value == pytest.approx(1.0 / STEP)
    assert slope(at[1:2], at[1:2], at[1:2]).value == 0.0


def test_one_draw_has_no_error_and_shows_no_kink() -> None:
    found = slope(np.zeros(1), np.ones(1), np.full(1, 9.0))
    assert np.isnan(found.error)
    assert not found.is_kinked
