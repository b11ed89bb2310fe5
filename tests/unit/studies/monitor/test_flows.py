"""FlowHistory rebuilt from what was out on a day."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from selloff.data import Snapshot, table
from selloff.studies.monitor.flows import (
    from_positions,
    funded,
    holder,
    holders,
    interventions,
    read_flows,
)
from selloff.studies.monitor.rules import draw
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


def test_interventions_of_2026_are_75bn() -> None:
    """JPY 11,734.7bn at the day's rates."""
    months = pd.date_range("2026-04-30", "2026-08-31", freq="ME")
    sold, is_out = interventions(months, pd.Timestamp(DAY))
    assert sold.sum() == pytest.approx(75.0, abs=0.1)
    assert is_out.tolist() == [True, True, True, True, False]


def test_what_interventions_take_is_all_of_them_in_the_end() -> None:
    rules = draw(5)
    taken = funded(np.array([100.0, 0.0, 0.0, 0.0, 0.0]), rules.funding)
    np.testing.assert_allclose(taken.sum(axis=1), 100.0)
    np.testing.assert_allclose(taken[:, :4], 100.0 * rules.funding)


def test_a_holder_the_monitor_does_not_watch_is_refused() -> None:
    with pytest.raises(InputError, match="japn"):
        holder("japn")
