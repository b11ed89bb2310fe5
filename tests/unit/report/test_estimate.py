import math

import numpy as np
import pytest

from selloff.report.estimate import (
    Estimate,
    alone,
    digits,
    from_draws,
    from_metric,
    in_time,
    quantiles,
    with_unit,
)


def test_quantiles_leave_failed_draws_out() -> None:
    rng = np.random.default_rng(0)
    draws = rng.normal(size=(200, 3))
    draws[:20] = np.nan
    expected = np.quantile(draws[20:], [0.05, 0.25, 0.5, 0.75, 0.95], axis=0)
    np.testing.assert_allclose(quantiles(draws), expected, rtol=0, atol=1e-12)


def test_quantiles_of_nothing_are_unknown() -> None:
    draws = np.array([[1.0, math.nan], [3.0, math.nan]])
    result = quantiles(draws)
    assert result[2, 0] == 2.0
    assert np.isnan(result[:, 1]).all()
    assert np.isnan(quantiles(np.empty((0, 2)))).all()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Estimate(24.2, 63.4, 160.1, "bp"), "63bp (5–95%: 24–160)"),
        (Estimate(1.84, 4.02, 8.79, "bp"), "4.0bp (5–95%: 1.8–8.8)"),
        (Estimate(0.021, 0.043, 0.081, "bp"), "0.04bp (5–95%: 0.02–0.08)"),
        (Estimate(-13.06, -6.71, -3.94, "percent"), "−6.7% (5–95%: −13.1 to −3.9)"),
        (Estimate(0.98, 1.0, 1.0, "fraction"), "100% (5–95%: 98–100)"),
        (Estimate(1043.2, 1061.0, 1079.4, "USD bn"), "$1,061bn (5–95%: 1,043–1,079)"),
        (Estimate(-30.0, -20.0, 5.0, "USD bn"), "−$20bn (5–95%: −30 to 5)"),
        (Estimate(1.0, 1.0, 2.0, "business days"), "1 business day (5–95%: 1–2)"),
        (Estimate(0.0, 0.0, 0.0, "bp"), "0bp (5–95%: 0–0)"),
        (Estimate(-1e-12, 0.0, 1e-12, "bp"), "0bp (5–95%: 0–0)"),
        (Estimate(math.nan, math.nan, math.nan, "bp"), "not available"),
    ],
)
def test_numbers_are_said_with_their_range(number: Estimate, text: str) -> None:
    assert number.text == text


def test_brief_leaves_the_word_days_to_the_row() -> None:
    assert Estimate(19.0, 33.0, 57.0, "business days").brief == "33 (19–57)"
    assert Estimate(24.0, 63.0, 160.0, "bp").brief == "63bp (24–160)"


def test_turned_swaps_the_ends() -> None:
    assert Estimate(-3.0, -2.0, -1.0, "bp").turned() == Estimate(1.0, 2.0, 3.0, "bp")


def test_nil_is_what_reads_as_zero() -> None:
    assert Estimate(0.0, 0.001, 0.002, "USD bn").is_nil
    assert not Estimate(0.0, 0.0, 0.4, "USD bn").is_nil


def test_long_times_turn_into_years() -> None:
    assert in_time(Estimate(2520, 2520, 2520, "business days")).text == "10 years (5–95%: 10–10)"
    short = Estimate(20.0, 30.0, 40.0, "business days")
    assert in_time(short) is short


def test_digits_have_no_minus_zero() -> None:
    assert digits(-0.0001, 2) == "0"
    assert digits(-1234.6, 0) == "−1,235"
    assert digits(math.inf, 0) == "–"


def test_unknown_units_follow_the_number() -> None:
    assert with_unit("3", "trades") == "3 trades"
    assert alone(1061.2, "USD bn") == "$1,061bn"


def test_draws_and_metrics_agree() -> None:
    draws = np.random.default_rng(1).lognormal(size=500)
    low, middle, high = (float(np.quantile(draws, at)) for at in (0.05, 0.5, 0.95))
    entry = {"unit": "bp", "p05": low, "p50": middle, "p95": high, "mean": 1.0}
    assert from_metric({"metrics": {"one": entry}}, "one").text == from_draws(draws, "bp").text


def test_a_metric_the_summary_lacks_is_unknown() -> None:
    empty = {"unit": "bp", "p05": None, "p50": None, "p95": None, "mean": None}
    assert not from_metric({"metrics": {"one": empty}}, "one").is_known
    assert not from_metric({"metrics": {}}, "two").is_known
