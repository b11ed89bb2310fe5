"""Lenders follow the 10-year yield within days, and the volatility of yields at once."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.evidence import parameters
from selloff.model.economy.markets.mortgage import Mortgage, mortgage_rate

DAY, WEEK = 1.0 / 252.0, 5.0 / 252.0
setting = jax.jit(mortgage_rate)


def lender(**changes: float) -> Mortgage:
    usual = {"pass_through": 0.82, "speed": np.log(2.0) * 252.0 / 2.507, "volatility": 0.55e-4}
    return Mortgage(**{name: jnp.asarray(value) for name, value in (usual | changes).items()})


def rate(
    ten_year: np.ndarray, years: np.ndarray, *, move: float = 0.0, rule: Mortgage | None = None
) -> np.ndarray:
    moves = jnp.full(len(years), move)
    return np.asarray(setting(jnp.asarray(ten_year), moves, jnp.asarray(years), rule or lender()))


def test_nothing_moves_without_a_cause() -> None:
    np.testing.assert_array_equal(rate(np.zeros(300), np.full(300, DAY)), 0.0)


def test_three_weeks_have_the_weekly_slopes_of_the_regression() -> None:
    """A move spread over a week: 0.33 of it in that week, 0.40 and 0.09 in the next two.

    One half-life cannot hold all three; the first is above and the second below the slopes.
    """
    found = rate(np.full(3, 0.01), np.full(3, WEEK)) / 0.01
    np.testing.assert_allclose(np.diff(found, prepend=0.0), [0.33, 0.40, 0.09], atol=0.07)
    assert found[-1] == pytest.approx(0.82, abs=0.03)
    assert rate(np.full(30, 0.01), np.full(30, WEEK))[-1] == pytest.approx(0.0082)


def test_days_and_months_may_follow_each_other() -> None:
    """A yield that rises for a year, in days and then in months, or in months throughout."""
    days = np.concatenate([np.full(126, DAY), np.full(6, 1 / 12)])
    months = np.full(12, 1 / 12)
    one, other = (rate(0.03 * np.cumsum(years), years) for years in (days, months))
    assert one[-1] == pytest.approx(other[-1], rel=1e-12)
    assert one[125] == pytest.approx(other[5], rel=1e-12)


def test_ten_points_of_move_are_five_and_a_half_basis_points() -> None:
    found = rate(np.zeros(3), np.full(3, DAY), move=10.0)
    np.testing.assert_allclose(found, 5.5e-4, rtol=1e-14)


def test_a_rate_never_overtakes_what_it_follows() -> None:
    path = np.full(60, 0.01)
    found = rate(path, np.full(60, DAY))
    assert (np.diff(found) > 0.0).all()
    assert (found < 0.82 * path).all()
    faster = rate(path, np.full(60, DAY), rule=lender(speed=500.0))
    assert (faster > found).all()


def test_the_table_holds_the_sum_and_the_half_life_that_were_estimated() -> None:
    """0.83 in 2004-26, and more in 2022-26, which the range reaches; 2.5 and 3.1 days."""
    row = parameters()["mortgage_pass_through"]
    assert row.p05 < 0.827 < row.p50 < 1.11 <= row.p95
    assert parameters()["mortgage_half_life"].p50 == pytest.approx(2.6, abs=0.5)
