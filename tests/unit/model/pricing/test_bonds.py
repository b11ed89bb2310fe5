from datetime import date

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import QuantLib as ql
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jaxtyping import Array, Float

from selloff.model.pricing.bonds import bond_dv01, bond_price, cash_flows, par_weights

TIMES = 0.25 * np.arange(1, 121)
SETTLEMENT = ql.Date(15, 1, 2024)
DAYS = ql.Thirty360(ql.Thirty360.BondBasis)

coupons = st.floats(0.0, 0.15)
yields = st.floats(-0.02, 0.20) | st.floats(-1e-4, 1e-4) | st.floats(-1e-8, 1e-8)
half_years = st.integers(1, 60)

price = jax.jit(bond_price)
dv01 = jax.jit(bond_dv01)


def number(value: float) -> Float[Array, ""]:
    return jnp.asarray(value, jnp.float64)


def reference(coupon: float, periods: int) -> ql.FixedRateBond:
    schedule = ql.Schedule(
        SETTLEMENT,
        SETTLEMENT + ql.Period(6 * periods, ql.Months),
        ql.Period(ql.Semiannual),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward,
        False,
    )
    ql.Settings.instance().evaluationDate = SETTLEMENT
    return ql.FixedRateBond(0, 1.0, schedule, [coupon], DAYS, ql.Unadjusted, 100.0, SETTLEMENT)


@settings(max_examples=200, deadline=None)
@given(coupons, yields, half_years)
@example(0.05, 0.0, 60)
@example(0.05, 9e-10, 60)
@example(0.05, 9e-6, 60)
@example(0.05, -9e-7, 60)
@example(0.05, 1.1e-6, 60)
def test_price_and_dv01_equal_quantlib(coupon: float, ytm: float, periods: int) -> None:
    bond = reference(coupon, periods)
    rate = ql.InterestRate(ytm, DAYS, ql.Compounded, ql.Semiannual)
    full = ql.BondFunctions.cleanPrice(bond, rate, SETTLEMENT) / 100.0
    assert ql.BondFunctions.accruedAmount(bond, SETTLEMENT) == 0.0
    slope = full * ql.BondFunctions.duration(bond, rate, ql.Duration.Modified, SETTLEMENT)
    given_bond = number(ytm), number(coupon), number(0.5 * periods)
    assert float(price(*given_bond)) == pytest.approx(full, rel=1e-8)
    assert float(dv01(*given_bond)) == pytest.approx(slope, rel=1e-8)


@settings(max_examples=100, deadline=None)
@given(coupons, half_years)
def test_cash_flows_equal_quantlib(coupon: float, periods: int) -> None:
    expected = np.zeros(len(TIMES))
    for flow in reference(coupon, periods).cashflows():
        when = DAYS.yearFraction(SETTLEMENT, flow.date())
        expected[np.argmin(np.abs(TIMES - when))] += flow.amount()
    found = cash_flows(coupon, 0.5 * periods, TIMES)
    np.testing.assert_allclose(found, expected, atol=1e-8)


@settings(max_examples=50, deadline=None)
@given(yields, half_years)
def test_a_coupon_equal_to_the_yield_prices_at_par(ytm: float, periods: int) -> None:
    years = number(0.5 * periods)
    assert float(price(number(ytm), number(ytm), years)) == pytest.approx(1.0, abs=1e-12)


@settings(max_examples=50, deadline=None)
@given(coupons, yields, half_years)
def test_price_is_the_sum_of_discounted_cash_flows(coupon: float, ytm: float, periods: int) -> None:
    years = number(0.5 * periods)
    flows = cash_flows(coupon, 0.5 * periods, TIMES)
    present = flows @ (1.0 + 0.5 * ytm) ** (-2.0 * TIMES)
    assert float(price(number(ytm), number(coupon), years)) == pytest.approx(present, rel=1e-9)


@settings(max_examples=50, deadline=None)
@given(coupons, yields, half_years)
def test_dv01_is_positive_and_falls_as_the_yield_rises(
    coupon: float, ytm: float, periods: int
) -> None:
    bond = number(coupon), number(0.5 * periods)
    here, above = float(dv01(number(ytm), *bond)), float(dv01(number(ytm + 0.01), *bond))
    assert here > above > 0.0


def test_slope_of_the_price_is_minus_dv01_for_automatic_differentiation() -> None:
    for ytm in (-0.005, 1e-7, 0.04):
        given_bond = number(ytm), number(0.05), number(10.0)
        slope = jax.grad(bond_price)(*given_bond)
        assert float(slope) == pytest.approx(-float(bond_dv01(*given_bond)), rel=1e-5)


def par_yield(zeros: np.ndarray, years: float) -> float:
    discounts = np.exp(-zeros * TIMES)
    is_coupon = np.isclose((2.0 * TIMES) % 1.0, 0.0) & (years + 1e-9 >= TIMES)
    last = discounts[np.argmin(np.abs(TIMES - years))]
    return float((1.0 - last) / (0.5 * discounts[is_coupon].sum()))


@pytest.mark.parametrize("years", [0.5, 2.0, 10.0, 30.0])
@pytest.mark.parametrize("level", [-0.006, 0.0, 0.045])
def test_par_weights_equal_finite_differences(level: float, years: float) -> None:
    zeros = level + 0.008 * (1.0 - np.exp(-TIMES / 4.0))
    found = par_weights(np.exp(-zeros * TIMES), TIMES, years)
    expected = []
    for point in range(len(TIMES)):
        bump = np.zeros(len(TIMES))
        bump[point] = 1e-5
        expected.append((par_yield(zeros + bump, years) - par_yield(zeros - bump, years)) / 2e-5)
    np.testing.assert_allclose(found, expected, atol=2e-9)


def test_schedule_of_the_reference_starts_on_a_coupon_date() -> None:
    first = reference(0.04, 20).cashflows()[0].date()
    assert date(first.year(), first.month(), first.dayOfMonth()) == date(2024, 7, 15)
