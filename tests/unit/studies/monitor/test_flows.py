"""FlowHistory rebuilt from what was out on a day."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from selloff.data import Snapshot, table
from selloff.studies.monitor.flows import from_positions, read_flows
from selloff.studies.monitor.ministry import funded, interventions
from selloff.studies.monitor.rules import draw
from selloff.studies.monitor.watched import holder, holders
from selloff.vocab import InputError

DAY = date(2026, 9, 18)


def test_published_flows_price_and_bills_make_the_change_of_japans_book() -> None:
    """SLT Table 3: May to July 2026, 105.9bn less, of it 73.2 bills and 15.4 notes and bonds."""
    flows = read_flows(holder("japan"), DAY, draw(3))
    at = flows.months.get_indexer(pd.to_datetime(["2026-05-31", "2026-06-30", "2026-07-31"]))
    net = flows.net[0, at].sum()
    assert flows.held[at[-1]] - flows.held[at[0] - 1] == pytest.approx(-106.0, abs=0.2)
    assert net == pytest.approx(-88.6, abs=0.1)
    assert flows.long_term[at].sum() == pytest.approx(-15.4, abs=0.1)


def test_rebuilt_flows_follow_the_published_ones() -> None:
    """Change less valuation against the Treasury's own net purchases of Japan."""
    rules = draw(1)
    published = read_flows(holder("japan"), DAY, rules)
    frame = table("tic_table3_monthly")
    own = frame[(frame["holder"] == "Japan") & (frame["maturity"] == "total")]
    held = own.set_index("date")["holdings_usd_bn"].reindex(published.months).to_numpy()
    months = published.months
    rebuilt, _ = from_positions(held, months, rules)
    known = ~np.isnan(rebuilt[0]) & ~np.isnan(published.long_term)
    gap = rebuilt[0, known] - published.net[0, known]
    assert np.corrcoef(rebuilt[0, known], published.net[0, known])[0, 1] > 0.95
    assert gap.std() < 6.0


def test_the_two_vintages_of_positions_are_not_taken_apart() -> None:
    flows = read_flows(holder("china"), DAY, draw(1))
    at = flows.months.get_loc(pd.Timestamp("2025-07-31"))
    assert np.isnan(flows.net[0, at])
    assert np.isfinite(flows.net[0, [at - 1, at + 1]]).all()


@pytest.mark.parametrize("name", list(holders()))
def test_nothing_that_came_out_later_is_known(name: str) -> None:
    """Tables cut at the day itself give the same flows: nothing dated later has a part in them."""
    day = date(2018, 7, 19) if name != "officials" else date(2026, 3, 20)
    whole = read_flows(holder(name), day, draw(2))

    def cut(which: str) -> pd.DataFrame:
        frame = table(which)
        return frame[frame["date"] <= pd.Timestamp(day)]

    again = read_flows(holder(name), day, draw(2), Snapshot(cut))
    np.testing.assert_array_equal(whole.net, again.net)
    np.testing.assert_array_equal(whole.intervention, again.intervention)


MONTHS = pd.date_range("2026-04-30", "2026-09-30", freq="ME")


def test_interventions_of_2026_are_75bn_in_spring_and_97bn_in_august() -> None:
    """JPY 11,734.8bn at the day's rates, 15,399.3bn at the mean rate of the window."""
    sold, _, is_out = interventions(MONTHS, pd.Timestamp(DAY))
    np.testing.assert_allclose(sold, [40.1, 34.9, 0.0, 0.0, 96.9, 0.0], atol=0.1)
    assert is_out.tolist() == [True, True, True, True, True, False]


@pytest.mark.parametrize(("day", "usd_bn"), [("2026-08-27", 0.0), ("2026-08-28", 96.9)])
def test_the_total_of_august_is_known_from_the_day_of_its_page(day: str, usd_bn: float) -> None:
    sold, _, is_out = interventions(MONTHS, pd.Timestamp(day))
    assert sold[4] == pytest.approx(usd_bn, abs=0.1)
    assert is_out[4] == (usd_bn > 0.0)


def test_an_operation_of_late_april_was_not_known_in_april() -> None:
    sold, *_ = interventions(MONTHS, pd.Timestamp("2026-05-20"))
    assert sold.sum() == 0.0
    sold, *_ = interventions(MONTHS, pd.Timestamp("2026-05-29"))
    assert sold[:2].sum() == pytest.approx(75.0, abs=0.1)


def test_dollars_of_the_last_of_april_are_paid_in_may() -> None:
    sold, paid, _ = interventions(MONTHS, pd.Timestamp(DAY))
    np.testing.assert_allclose(paid, [0.0, 75.0, 0.0, 0.0, 96.9, 0.0], atol=0.1)
    assert paid.sum() == pytest.approx(sold.sum())


def test_days_that_come_out_later_take_the_place_of_the_total() -> None:
    """Of JPY 15,399.3bn a day of 9,000 is told; the rest stays at the end of the window."""

    def told(which: str) -> pd.DataFrame:
        frame = table(which)
        if which != "mof_intervention_daily":
            return frame
        row = {"currency_pair": "USD/JPY", "direction": "sell_USD_buy_JPY", "jpy_bn": 9_000.0}
        return pd.concat([frame, pd.DataFrame([row | {"date": pd.Timestamp("2026-07-31")}])])

    sold, *_ = interventions(MONTHS, pd.Timestamp(DAY), Snapshot(told))
    assert sold[3] == pytest.approx(9_000.0 / 160.2, abs=0.1)
    assert sold[4] == pytest.approx(6_399.3 / 158.9, abs=0.2)


def test_a_holder_of_two_names_is_their_sum_and_nothing_where_one_is_missing() -> None:
    china = holder("china")
    assert china.published_as == ("China, Mainland", "Belgium")

    def told(which: str) -> pd.DataFrame:
        frame = table(which)
        if which != "tic_table3_monthly":
            return frame
        japan = frame[frame["holder"] == "Japan"]
        one = japan.assign(holder="China, Mainland")
        other = japan[japan["date"] > pd.Timestamp("2025-12-31")].assign(holder="Belgium")
        return pd.concat([frame, one, other])

    flows = read_flows(china, DAY, draw(1), Snapshot(told))
    japan = read_flows(holder("japan"), DAY, draw(1))
    both = flows.months > pd.Timestamp("2025-12-31")
    np.testing.assert_allclose(flows.long_term[both], 2.0 * japan.long_term[both])
    np.testing.assert_allclose(flows.net[0, both][:-2], 2.0 * japan.net[0, both][:-2])
    assert np.isnan(flows.long_term[~both]).all()
    rebuilt = read_flows(china, DAY, draw(1))
    np.testing.assert_allclose(flows.net[0, ~both], rebuilt.net[0, ~both])


def test_what_interventions_take_is_all_of_them_in_the_end() -> None:
    rules = draw(5)
    taken = funded(np.array([100.0, 0.0, 0.0, 0.0, 0.0]), rules.funding)
    np.testing.assert_allclose(taken.sum(axis=1), 100.0)
    np.testing.assert_allclose(taken[:, :4], 100.0 * rules.funding)


def test_a_holder_the_monitor_does_not_watch_is_refused() -> None:
    with pytest.raises(InputError, match="japn"):
        holder("japn")
