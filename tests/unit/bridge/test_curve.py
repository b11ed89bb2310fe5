"""Par curves and discount factors."""

from datetime import date

import numpy as np
import pytest

import questions
from selloff.bridge.curve import between, discount_factors, par_yields, ten_years
from selloff.data import Curve

TIMES = np.arange(121) * 0.25


def flat(percent: float) -> Curve:
    return Curve(np.array([0.25, 10.0, 30.0]), np.full(3, percent), date(2026, 7, 31), "made up")


@pytest.mark.parametrize("currency", ["USD", "JPY"])
def test_par_bonds_are_worth_par(currency: str) -> None:
    curve = questions.world().curves[currency]
    factors = discount_factors(curve, TIMES)
    halves = factors[2::2]
    for n in range(1, halves.size + 1):
        coupon = par_yields(curve, np.array([0.5 * n]))[0]
        assert 0.5 * coupon * halves[:n].sum() + halves[n - 1] == pytest.approx(1.0, abs=1e-12)


def test_a_flat_curve_discounts_at_its_own_rate() -> None:
    factors = discount_factors(flat(5.0), TIMES)
    np.testing.assert_allclose(factors, 1.025 ** (-2.0 * TIMES), rtol=1e-12)


def test_published_points_are_read_as_published() -> None:
    curve = questions.world().curves["USD"]
    read = par_yields(curve, curve.tenor_years)
    fresh = np.array([day == curve.as_of for day in curve.point_as_of])
    assert fresh.sum() >= 5
    np.testing.assert_allclose(read[fresh], curve.par_yield_pct[fresh] / 100.0, rtol=1e-12)


def test_stale_points_are_left_out_beyond_a_year() -> None:
    day, stale = date(2026, 7, 31), date(2026, 6, 30)
    curve = Curve(
        np.array([0.25, 5.0, 10.0, 30.0]),
        np.array([3.0, 9.0, 5.0, 5.0]),
        day,
        "made up",
        (stale, stale, day, day),
    )
    low, mid = par_yields(curve, np.array([0.25, 5.0]))
    assert low == pytest.approx(0.03)
    assert mid == pytest.approx(0.03 + 0.02 * 4.75 / 9.75)
    assert ten_years(curve) == pytest.approx(0.05)


def test_weights_are_linear_between_points_and_flat_outside() -> None:
    points = (2.0, 5.0, 10.0, 30.0)
    weights = between([0.5, 2.0, 3.5, 10.0, 20.0, 40.0], points)
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)
    np.testing.assert_allclose(weights @ np.array(points), [2, 2, 3.5, 10, 20, 30])
