"""The reference bond."""

import numpy as np
import pytest

import questions
from selloff.bridge.reference import GRID, par_row, present_value, reference
from selloff.vocab import TENOR_YEARS, TENORS

TIMES = np.asarray(GRID.years)


def test_the_reference_is_a_par_bond() -> None:
    quoted = reference(questions.world())
    assert quoted.profile.sum() == pytest.approx(1.0, abs=1e-12)
    assert quoted.profile[TIMES > 10.0].sum() == 0.0
    np.testing.assert_array_equal(
        quoted.ten_year_weights, quoted.tenor_weights[TENORS.index("10Y")]
    )


def test_present_value_is_cash_times_discount() -> None:
    discounts = 1.02 ** (-2.0 * TIMES)
    value = present_value(discounts, TIMES, 2.0, coupon=0.06)
    wanted = sum(0.03 * 1.02**-n for n in range(1, 5)) + 1.02**-4
    assert value.sum() == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("years", [0.5, 2.0, 10.0, 30.0])
def test_par_rows_are_the_derivative_of_the_par_yield(years: float) -> None:
    """Against a bump of every zero yield by one basis point."""
    discounts = reference(questions.world()).discounts

    def par(factors: np.ndarray) -> float:
        halves = factors[2::2][: round(2 * years)]
        return float(2.0 * (1.0 - halves[-1]) / halves.sum())

    bump = 1e-6
    moved = par(discounts * np.exp(-bump * TIMES)) - par(discounts * np.exp(bump * TIMES))
    assert par_row(discounts, TIMES, years).sum() == pytest.approx(moved / (2 * bump), rel=1e-7)


def test_bills_are_their_own_zero_yield() -> None:
    row = par_row(np.ones_like(TIMES), TIMES, 0.25)
    np.testing.assert_array_equal(np.nonzero(row)[0], [1])
    assert row[1] == 1.0
    assert len(TENOR_YEARS) == len(TENORS)
