"""Long debt is replaced by bills, dollar for dollar."""

import jax.numpy as jnp
import numpy as np

from selloff.model.mechanisms.treasury import shift_issuance

MIX = np.array([1.0, 0.0, 0.0, -0.6, -0.4])


def shift(
    rise: float, *, years: float = 1.0, response: float = 15_000.0, at_hand: float = 5000.0
) -> np.ndarray:
    return np.asarray(
        shift_issuance(
            jnp.asarray(rise),
            jnp.asarray(MIX),
            at_hand=jnp.asarray(at_hand),
            response=jnp.asarray(response),
            years=jnp.asarray(years),
        )
    )


def test_yields_that_stay_or_fall_move_nothing() -> None:
    np.testing.assert_array_equal(shift(0.0), 0.0)
    np.testing.assert_array_equal(shift(-0.01), 0.0)


def test_a_point_moves_the_response_a_year_from_long_debt_to_bills() -> None:
    np.testing.assert_allclose(shift(0.01), [150.0, 0.0, 0.0, -90.0, -60.0])
    np.testing.assert_allclose(shift(0.02, years=0.25), 0.5 * shift(0.01))


def test_debt_as_a_whole_stays_the_same() -> None:
    assert abs(shift(0.013, years=1 / 252).sum()) < 1e-12
    assert shift(0.013)[0] > 0.0 > shift(0.013)[-1]


def test_days_add_up_to_a_month() -> None:
    np.testing.assert_allclose(21 * shift(0.01, years=1 / 252), shift(0.01, years=1 / 12))


def test_no_more_long_debt_is_replaced_than_there_is() -> None:
    np.testing.assert_allclose(shift(0.01, at_hand=100.0), 100.0 * MIX)
    np.testing.assert_array_equal(shift(0.01, at_hand=0.0), 0.0)
    np.testing.assert_array_equal(shift(0.01, at_hand=-1e-9), 0.0)
    np.testing.assert_array_equal(shift(0.01, at_hand=150.0), shift(0.01, at_hand=1e6))


def test_long_debt_never_runs_out() -> None:
    left = 300.0
    for _ in range(600):
        left += shift(0.5, years=1 / 12, at_hand=left)[-2:].sum()
        assert left > 0.0
