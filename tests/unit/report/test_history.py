import numpy as np
import pytest

from selloff.report.history import against_history, history_reason, largest_rise
from selloff.studies.essay.quantities import QUANTITIES


def test_the_record_is_the_one_of_h15(dump) -> None:
    rows = against_history(dump[0])
    assert [row.record for row in rows] == [39.0, 60.0, 98.0]
    assert all("H.15" in row.source for row in rows)


def test_an_older_result_carries_no_record(dump) -> None:
    dataset, summary = dump
    old = dataset.assign_attrs(records="[]")
    assert against_history(old) == []
    assert "no record" in history_reason(old, summary, [])


@pytest.mark.parametrize("window", [1, 5, 20])
def test_largest_rise_by_brute_force(dump, window) -> None:
    dataset, _ = dump
    path = dataset["delta_par_yield"].sel(tenor="10Y").to_numpy()[:, :253]
    slow = [max(row[at] - row[max(at - window, 0)] for at in range(1, 253)) for row in path]
    np.testing.assert_allclose(largest_rise(dataset, window), slow)


def test_a_window_may_begin_before_the_sale(dump) -> None:
    """A rise on the first day that is soon gone is the largest over any window."""
    dataset, _ = dump
    spike = 0.0 * dataset["delta_par_yield"]
    spike[:, 1] = 100.0
    for window in (1, 5, 20):
        rise = largest_rise(dataset.assign(delta_par_yield=spike), window)
        np.testing.assert_array_equal(rise, 100.0)


def test_metrics_page_and_fact_check_read_the_same_rise(dump) -> None:
    dataset, summary = dump
    rows = against_history(dataset)
    assert rows[1].sale.p50 == summary["metrics"]["us_10y_max_5d_bp"]["p50"]
    checked = QUANTITIES["us_10y_within_20d_bp"][1](dataset)
    np.testing.assert_array_equal(checked, largest_rise(dataset, 20))


def test_monthly_steps_are_no_days(dump) -> None:
    dataset, _ = dump
    late = dataset["delta_par_yield"].copy()
    late[:, 300] = 1e6
    rise = largest_rise(dataset.assign(delta_par_yield=late), 1)
    assert rise.max() < 1e5


def test_shares_beyond_the_record(dump) -> None:
    dataset, summary = dump
    rows = against_history(dataset)
    expected = np.mean(largest_rise(dataset, 20) > 98.0)
    assert rows[2].beyond_frac == expected
    assert rows[0].sale.p50 == summary["metrics"]["us_10y_max_1d_bp"]["p50"]


def test_a_median_beyond_the_record_gets_a_reason(dump) -> None:
    dataset, summary = dump
    big = dataset.assign(delta_par_yield=10.0 * dataset["delta_par_yield"])
    metrics = {"metrics": {"days_to_complete": summary["metrics"]["days_to_complete"]}}
    rows = against_history(big)
    text = history_reason(big, metrics, rows)
    assert "The reason is" in text
    assert "on 2 of 3 windows" in text or "on 3 of 3 windows" in text
    worst = max(row.sale.p50 / row.record for row in rows)
    assert f"{worst:.1f} times" in text


def test_a_median_within_the_record_says_so(dump) -> None:
    dataset, summary = dump
    rows = against_history(dataset)
    assert "stays within" in history_reason(dataset, summary, rows)


def test_nothing_sold_has_nothing_beside_the_record(no_sale) -> None:
    rows = against_history(no_sale[0])
    assert "Nothing is sold" in history_reason(*no_sale, rows)


def test_failed_draws_are_left_out(build) -> None:
    dataset, summary = build(failed=4, draws=20)
    rise = largest_rise(dataset, 1)
    assert np.isnan(rise[:4]).all()
    assert np.isfinite(rise[4:]).all()
    none, summary = build(failed=5, draws=5)
    rows = against_history(none)
    assert "No draw gave an answer" in history_reason(none, summary, rows)
