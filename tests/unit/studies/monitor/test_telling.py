"""What the page shows beside the summary, and how old the data are."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from selloff.data import PACKAGED, Snapshot, table
from selloff.studies.monitor import (
    ages,
    answered_question,
    history,
    last_release,
    nowcast,
    open_question,
    summarise,
)

DAY = date(2026, 9, 18)


def until_july(which: str) -> pd.DataFrame:
    """The tables without the total of August."""
    frame = table(which)
    return frame[frame["date"] < "2026-08-01"] if which == "mof_intervention_windows" else frame


def test_history_ends_with_the_summary() -> None:
    found = nowcast("japan", DAY, n_draws=10)
    past, row = history(found, 12), summarise(found)
    assert past["months"][-1] == "2026-08"
    assert past["chance_months"][-1] == "2026-09"
    now = row["chance"]["adjusted"]
    assert past["chance"]["quiet"][-1] == pytest.approx(now["quiet"]["p50"])
    ends = [each[-1] for each in past["three_months_usd_bn"]]
    flow = row["three_months"]["adjusted"]
    np.testing.assert_allclose(
        [ends[0], ends[2], ends[4]], [flow[q] for q in ("p05", "p50", "p95")]
    )
    assert past["is_published"][-2:] == [True, False]


def test_the_question_of_august_names_the_totals_that_decide_it() -> None:
    """86bn at about 159 yen; 20bn less is explained, 45bn less is the first alarm."""
    found = open_question(nowcast("japan", DAY, Snapshot(until_july), n_draws=10))
    assert found is not None
    assert found["month"] == "2026-08"
    yen = found["whole_jpy_tn"] * 1e3 / found["fall_usd_bn"]
    assert yen == pytest.approx(158.0, abs=3.0)
    assert found["whole_jpy_tn"] - found["explained_above_jpy_tn"] == pytest.approx(yen * 0.020)
    assert found["whole_jpy_tn"] - found["alarm_below_jpy_tn"] == pytest.approx(yen * 0.045)
    assert answered_question(nowcast("japan", DAY, Snapshot(until_july), n_draws=5)) is None
    assert open_question(nowcast("japan", date(2026, 8, 31), n_draws=10)) is None
    assert open_question(nowcast("gulf", DAY, n_draws=5)) is None


def test_the_question_of_august_is_answered_by_the_total() -> None:
    asked = nowcast("japan", DAY, n_draws=10)
    found = answered_question(asked)
    assert found is not None
    assert open_question(asked) is None
    assert found["month"] == "2026-08"
    assert found["fall_usd_bn"] == pytest.approx(86.2, abs=1.0)
    assert found["intervention_usd_bn"] == pytest.approx(96.9, abs=0.1)
    assert found["deposits_usd_bn"] == pytest.approx(-6.9, abs=0.1)
    assert found["is_explained"]
    assert not found["days_are_out"]
    assert found["tic_due"] == {"2026-08": "2026-10-19", "2026-09": "2026-11-18"}
    later = answered_question(nowcast("japan", date(2026, 10, 19), n_draws=5))
    assert later is not None
    assert list(later["tic_due"]) == ["2026-09"]


def test_a_total_that_is_too_small_answers_that_something_is_left() -> None:
    def small(which: str) -> pd.DataFrame:
        frame = table(which)
        if which == "mof_intervention_windows":
            frame["jpy_bn"] = frame["jpy_bn"].where(frame["jpy_bn"] < 15_000.0, 6_000.0)
        return frame

    found = answered_question(nowcast("japan", DAY, Snapshot(small), n_draws=5))
    assert found is not None
    assert not found["is_explained"]
    assert found["left_usd_bn"] == pytest.approx(-48.5, abs=2.0)


def test_no_answer_where_reserves_hardly_fell_or_are_not_told() -> None:
    assert answered_question(nowcast("japan", date(2026, 8, 28), n_draws=5)) is None
    assert answered_question(nowcast("gulf", DAY, n_draws=5)) is None


def test_what_was_not_out_for_one_and_a_half_releases_is_stale() -> None:
    found = {each.name: each for each in ages(DAY)}
    assert found["TIC holdings and flows"].days == 0
    assert {name for name, each in found.items() if each.is_stale} == {
        "Fed custody",
        "Foreign bonds of Japan's residents",
    }
    custody = found["Fed custody"]
    assert (custody.last, custody.out) == (date(2026, 9, 2), date(2026, 9, 3))
    near = {each.name: each.is_stale for each in ages(custody.out + timedelta(days=10))}
    assert not near["Fed custody"]
    assert {each.name: each.is_stale for each in ages(custody.out + timedelta(days=11))}[
        "Fed custody"
    ]
    assert "Fed custody" not in {each.name for each in ages(date(2020, 1, 1))}


@pytest.mark.parametrize("name", ["japan", "china"])
def test_the_older_the_data_the_wider_the_range_and_no_flat_line_is_carried(name: str) -> None:
    widths = []
    for days in (0, 31, 62, 93):
        flow = summarise(nowcast(name, DAY + timedelta(days=days), n_draws=20))["three_months"]
        widths.append(flow["adjusted"]["p95"] - flow["adjusted"]["p05"])
    assert widths == sorted(widths)
    assert widths[-1] > 1.5 * widths[0]


def test_a_weekly_series_that_stops_leaves_later_months_alone() -> None:
    """A table that still downloads and ends in 2025 says nothing of 2026."""

    def frozen(which: str) -> pd.DataFrame:
        frame = table(which)
        return frame[frame["date"] < "2025-06-01"] if which == "fed_custody_weekly" else frame

    without = nowcast("china", DAY, n_draws=5, without="custody")
    found = nowcast("china", DAY, Snapshot(frozen), n_draws=5)
    np.testing.assert_allclose(found.chance(), without.chance())
    stale = {each.name for each in ages(DAY, Snapshot(frozen)) if each.is_stale}
    assert "Fed custody" in stale


def test_fetched_tables_are_asked_on_their_own_day() -> None:
    assert last_release(Snapshot(PACKAGED.read, name="2026-11-27.2")) == date(2026, 11, 27)
