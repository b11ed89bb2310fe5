"""What the monitor says, of history and of sales planted in it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from selloff.data import Snapshot, table
from selloff.studies.monitor import (
    events,
    flag,
    holders,
    last_release,
    months_table,
    nowcast,
    replay,
    summarise,
)
from selloff.studies.monitor.flags import selling_chance
from selloff.studies.monitor.replays import PastCall
from selloff.studies.monitor.summary import shifts
from selloff.vocab import InputError

DAY = date(2026, 9, 18)


@pytest.fixture(scope="module")
def japan() -> dict[str, object]:
    return summarise(nowcast("japan", DAY, n_draws=40))


@pytest.fixture(scope="module")
def replays() -> dict[str, PastCall]:
    return {name: replay(event, n_draws=20) for name, event in events().items()}


def test_the_regimes_of_july_2026_are_those_of_the_study() -> None:
    """Interventions made the published fall; notes and bonds hardly moved."""
    found = nowcast("japan", DAY, n_draws=40)
    july = found.months.get_loc(pd.Timestamp("2026-07-31"))
    may = july - 2
    fast = {name: np.median(each.filtered.chance[:, may, 2]) for name, each in found.tracks.items()}
    assert fast["published"] > 0.5
    assert fast["adjusted"] < 0.2
    assert fast["long_term"] < 0.05
    assert selling_chance(found, "adjusted")[july] < 0.35


def test_interventions_explain_the_fall_of_august_2026(japan: dict[str, object]) -> None:
    """97bn sold, 86bn less in securities: nothing is left that a sale would explain."""
    left = japan["unexplained_reserves"]
    assert left["intervention_is_out"]  # type: ignore[index]
    assert left["usd_bn"] == pytest.approx(10.7, abs=2.0)  # type: ignore[index]
    assert japan["flag"] in {"none", "watch"}
    assert not any("reserves" in each for each in japan["reasons"])  # type: ignore[attr-defined]


def test_reserves_fall_when_the_dollars_are_paid() -> None:
    """Deals of 29 and 30 April are paid in May: neither month has a hole, in 2024 or in 2026."""
    found = nowcast("japan", DAY, n_draws=20)
    (read,) = (each for each in found.readings if each.signal.name == "reserves")
    left = pd.Series(np.median(read.signal.so_far, axis=0), found.months)
    for month in ("2024-04-30", "2024-05-31", "2024-07-31", "2026-04-30", "2026-05-31"):
        assert abs(left[month]) < 20.0
    assert not any(
        "unexplained" in each
        for each in flag(nowcast("japan", date(2026, 6, 10), n_draws=20)).reasons
    )


def test_the_days_of_august_make_no_hole_when_they_come_out() -> None:
    def told(which: str) -> pd.DataFrame:
        frame = table(which)
        if which != "mof_intervention_daily":
            return frame
        row = {"currency_pair": "USD/JPY", "direction": "sell_USD_buy_JPY", "jpy_bn": 15_399.3}
        return pd.concat([frame, pd.DataFrame([row | {"date": pd.Timestamp("2026-07-31")}])])

    raised = flag(nowcast("japan", DAY, Snapshot(told), n_draws=10))
    assert not any("reserves" in each for each in raised.reasons)


def test_the_total_of_august_decides_the_flag() -> None:
    """Without it the question is open; 9tn yen leaves amber, 2tn is the first true alarm."""

    def with_total(jpy_bn: float | None) -> tuple[str, str]:
        def told(which: str) -> pd.DataFrame:
            frame = table(which)
            if which == "mof_intervention_windows":
                august = frame["date"] == pd.Timestamp("2026-08-26")
                frame = frame.assign(jpy_bn=frame["jpy_bn"].where(~august, jpy_bn))
            return frame.dropna()

        raised = flag(nowcast("japan", DAY, Snapshot(told), n_draws=20))
        return raised.level, " ".join(raised.reasons)

    level, why = with_total(None)
    assert level == "watch"
    assert "the total of interventions is not out" in why
    assert "reserves" not in with_total(13_600.0)[1]
    assert with_total(9_000.0)[0] == "amber"
    assert with_total(2_000.0)[0] == "red"


@pytest.mark.parametrize("name", ["japan-2025", "japan-2026", "russia-2018", "china-2016"])
def test_replays_end_as_history_did(name: str, replays: dict[str, PastCall]) -> None:
    assert all(replays[name].is_right.values())


def test_adding_interventions_back_calms_every_one_of_them(replays: dict[str, PastCall]) -> None:
    for name in ("japan-2022", "japan-2024", "japan-2026"):
        selling = replays[name].selling
        assert selling["adjusted"] < selling["published"] - 0.1


def test_a_planted_sale_is_seen() -> None:
    """200bn a year out of the published flows of two years."""

    def sold(which: str) -> pd.DataFrame:
        frame = table(which)
        if which == "tic_table3_monthly":
            late = frame["date"] > pd.Timestamp("2025-07-31")
            lower = frame["net_purchases_usd_bn"] - 200.0 / 12.0
            frame["net_purchases_usd_bn"] = frame["net_purchases_usd_bn"].where(~late, lower)
        return frame

    before = selling_chance(nowcast("japan", DAY, n_draws=10), "adjusted")
    after = selling_chance(nowcast("japan", DAY, Snapshot(sold), n_draws=10), "adjusted")
    last = -3
    assert before[last] < 0.3
    assert after[last] > 0.6


@pytest.mark.parametrize(
    ("name", "without"),
    [("japan", "reserves"), ("japan", "custody"), ("officials", "custody")],
)
def test_a_signal_left_out_makes_the_flow_of_open_months_less_sure(name: str, without: str) -> None:
    whole, less = (nowcast(name, DAY, n_draws=10, without=each) for each in ("", without))
    error = [each.tracks["adjusted"].filtered.error[:, -2].mean() for each in (whole, less)]
    assert error[1] > 1.02 * error[0]


def test_a_signal_that_has_stopped_is_worth_nothing() -> None:
    whole, less = (nowcast("japan", DAY, n_draws=10, without=each) for each in ("", "residents"))
    np.testing.assert_allclose(less.chance(), whole.chance())
    # Draws of the rules differ: the median of a sum is not the sum of medians.
    assert shifts(whole)["residents"] == pytest.approx(0.0, abs=1e-12)


def test_a_holder_tic_forgot_has_no_flag() -> None:
    assert flag(nowcast("russia", DAY, n_draws=5)).level == "unknown"


def test_too_early_a_day_is_refused() -> None:
    with pytest.raises(InputError, match="2000-09-30"):
        nowcast("japan", date(2000, 9, 30), n_draws=2)


@pytest.mark.parametrize("name", list(holders()))
def test_chances_add_up_and_the_table_is_whole(name: str) -> None:
    found = nowcast(name, DAY, n_draws=5)
    for track in found.tracks.values():
        np.testing.assert_allclose(track.filtered.chance.sum(axis=2), 1.0)
    assert len(months_table(found, 6)) == 6


def test_same_seed_same_answer_and_more_draws_begin_with_fewer() -> None:
    one, two = (nowcast("gulf", DAY, n_draws=5, seed=3) for _ in range(2))
    np.testing.assert_array_equal(one.chance(), two.chance())


def test_the_last_release_is_that_of_tic() -> None:
    assert last_release() == DAY
