"""When numbers come out."""

import pandas as pd
import pytest

from selloff.data import (
    intervention_known,
    reserves_known,
    tic_known,
    week_known,
    window_known,
)


@pytest.mark.parametrize(
    ("month", "day"), [("2026-07-31", "2026-09-18"), ("2026-06-30", "2026-08-18")]
)
def test_tic_comes_a_month_and_a_half_later(month: str, day: str) -> None:
    assert tic_known(pd.Timestamp(month)) == pd.Timestamp(day)


def test_reserves_come_on_the_seventh_business_day() -> None:
    assert reserves_known(pd.Timestamp("2026-08-31")) == pd.Timestamp("2026-09-09")


@pytest.mark.parametrize("day", pd.date_range("2026-08-03", "2026-08-14"))
def test_weeks_come_out_on_a_later_thursday(day: pd.Timestamp) -> None:
    out = week_known(day)
    assert out.weekday() == 3
    assert 0 < (out - day).days <= 7


@pytest.mark.parametrize(
    ("end", "day"),
    [
        ("2024-07-29", "2024-07-31"),
        ("2026-05-27", "2026-05-29"),
        ("2026-07-29", "2026-07-31"),
        ("2026-08-26", "2026-08-28"),
    ],
)
def test_a_window_of_interventions_comes_two_business_days_later(end: str, day: str) -> None:
    assert window_known(pd.Timestamp(end)) == pd.Timestamp(day)


@pytest.mark.parametrize(
    ("day", "out"),
    [
        ("2026-05-06", "2026-05-29"),
        ("2026-04-30", "2026-05-29"),
        ("2024-04-29", "2024-05-31"),
        ("2024-07-12", "2024-07-31"),
        ("2022-10-24", "2022-10-31"),
    ],
)
def test_an_intervention_comes_out_with_its_window(day: str, out: str) -> None:
    """The last days of April belong to the window that ends in May."""
    assert intervention_known(pd.Timestamp(day)) == pd.Timestamp(out)
