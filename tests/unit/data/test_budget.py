"""Fiscal years ahead, from the baseline known at a date."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from selloff.data import PACKAGED, Snapshot, table
from selloff.data.budget import extended, fiscal_ends, projected, years_of

DAY = date(2026, 7, 31)


def test_the_last_baseline_is_read_line_by_line() -> None:
    plan = projected(PACKAGED, DAY)
    assert list(plan.index) == list(range(2026, 2037))
    assert plan.loc[2026, "borrowed"] == pytest.approx(32095.165 - 30172.402)
    assert plan.loc[2036, "borrowed"] == pytest.approx(56152.391 - 53103.223)
    assert plan.loc[2026, "interest"] == pytest.approx(1038.976)
    assert plan.loc[2036, "revenue"] == pytest.approx(8300.755)


def test_a_baseline_not_yet_out_is_not_read() -> None:
    plan = projected(PACKAGED, date(2025, 12, 31))
    assert list(plan.index) == list(range(2025, 2036))
    assert plan.loc[2035, "borrowed"].round() != 3_049.0


def test_before_the_first_baseline_the_last_outcome_stands_in() -> None:
    plan = projected(PACKAGED, date(2013, 4, 30))
    debt = table("cbo_actuals").query("component == 'debt'").set_index("fiscal_year")["usd_bn"]
    assert list(plan.index) == [2012]
    assert plan.loc[2012, "borrowed"] == pytest.approx(debt[2012] - debt[2011])


def test_without_any_outcome_the_table_is_named() -> None:
    with pytest.raises(LookupError, match="cbo_actuals"):
        projected(PACKAGED, date(1985, 1, 31))


def test_nothing_of_the_future_is_used() -> None:
    day = date(2020, 3, 31)

    def cut(name: str) -> pd.DataFrame:
        frame = table(name)
        return frame[frame["date"] <= pd.Timestamp(day)]

    assert projected(Snapshot(cut), day).equals(projected(PACKAGED, day))


def test_ratios_and_the_rate_are_held_beyond() -> None:
    plan = pd.DataFrame({"borrowed": [100.0], "interest": [30.0], "revenue": [200.0]}, index=[2030])
    gdp = 1000.0 * 1.05 ** np.arange(5)
    full = extended(plan, debt=1100.0, gdp=gdp, last=years_of(date(2032, 6, 30)))
    assert list(full.index) == [2030, 2031, 2032]
    assert full.loc[2031].tolist() == pytest.approx([105.0, 0.03 * 1100.0, 210.0])
    assert full.loc[2032].tolist() == pytest.approx([110.25, 0.03 * 1205.0, 220.5])


def test_nothing_is_added_that_is_not_needed() -> None:
    plan = projected(PACKAGED, DAY)
    same = extended(plan, debt=56_000.0, gdp=np.ones(5), last=years_of(date(2036, 9, 30)))
    assert same.equals(plan)


def test_fiscal_years_end_in_september() -> None:
    assert fiscal_ends(np.array([2026]))[0] == years_of(date(2026, 9, 30))
