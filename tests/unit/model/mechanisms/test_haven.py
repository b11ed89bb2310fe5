"""Two causes, two signs."""

import jax.numpy as jnp
import numpy as np

from selloff.model.mechanisms.haven import HavenRule, haven_response, shelter

SQUEEZE = np.array([0.0523, 0.0466, 0.1, 0.0125])
DOUBT = np.array([0.0615, 0.0604, 0.0321, -0.0061])
"""Yen, euro, pound, yuan."""
SHELTER = np.array([10.0, 0.0, -2.0, -5.0, -12.0, -15.0, -17.0, -20.0, -20.0]) * 1e-4
HAVEN = HavenRule(*map(jnp.asarray, (SQUEEZE, DOUBT, SHELTER)))


def response(squeeze: float, doubt: float) -> np.ndarray:
    return np.asarray(haven_response(jnp.asarray([squeeze, doubt]), HAVEN))


def test_fear_about_payment_lifts_bills_and_lowers_long_yields_in_proportion() -> None:
    np.testing.assert_allclose(shelter(jnp.asarray(0.5), HAVEN), 0.5 * SHELTER)
    np.testing.assert_array_equal(shelter(jnp.asarray(0.0), HAVEN), 0.0)


def test_no_stress_moves_nothing() -> None:
    np.testing.assert_array_equal(response(0.0, 0.0), 0.0)


def test_a_squeeze_lifts_the_dollar_against_every_currency() -> None:
    np.testing.assert_allclose(response(1.0, 0.0), -SQUEEZE)
    assert np.all(response(0.3, 0.0) < 0.0)


def test_doubt_lowers_the_dollar_against_those_that_rose_in_april_2025() -> None:
    np.testing.assert_allclose(response(0.0, 1.0), DOUBT)
    assert np.all(response(0.0, 0.3)[:3] > 0.0)


def test_causes_add_up_and_the_larger_one_wins() -> None:
    np.testing.assert_allclose(response(0.4, 0.7), response(0.4, 0.0) + response(0.0, 0.7))
    assert response(1.0, 0.5)[2] < 0.0 < response(0.5, 1.0)[0]
