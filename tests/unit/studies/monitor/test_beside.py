"""Signs beside the chances."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from selloff.data import Snapshot, table
from selloff.studies.monitor import nowcast, signs
from selloff.studies.monitor.beside import Sign

DAY = date(2026, 9, 18)


def by_word(day: date, snapshot: Snapshot | None = None) -> dict[str, Sign]:
    found = signs(day) if snapshot is None else signs(day, snapshot)
    return {each.name.split()[0]: each for each in found}


def test_the_hedged_pick_up_by_hand() -> None:
    """20 July 2026 and the 62 days before: about 4.6 less 3.6 less 2.6 plus 0.7."""
    sign = by_word(DAY)["Hedged"]
    assert sign.value == pytest.approx(-0.98, abs=0.01)
    assert sign.is_raised
    assert not by_word(date(2022, 1, 1))["Hedged"].is_raised


def test_foreigners_took_less_of_auctions_in_summer_and_the_better_month_counts() -> None:
    """Shares of 19 to 22% in winter, 11 to 13% from April to August."""
    assert by_word(date(2026, 5, 20))["Foreigners'"].is_raised
    assert not by_word(date(2026, 10, 20))["Foreigners'"].is_raised


def test_foreigners_share_against_made_up_auctions() -> None:
    dates = pd.to_datetime(["2025-06-15", "2025-06-15", "2026-01-15", "2026-01-15", "2026-02-15"])
    made = pd.DataFrame(
        {
            "date": dates,
            "tenor": ["2Y", "10Y", "2Y", "10Y", "10Y"],
            "foreign_pct": [10.0, 20.0, 4.0, 8.0, 8.0],
            "public_size_usd_bn": [1.0, 1.0, 3.0, 1.0, 1.0],
        }
    )

    def read(name: str) -> pd.DataFrame:
        return made if name == "auction_allotments" else table(name)

    sign = by_word(date(2026, 3, 10), Snapshot(read))["Foreigners'"]
    january = (3.0 * (4.0 - 10.0) + (8.0 - 20.0)) / 4.0
    february = 8.0 - (20.0 + 8.0) / 2.0
    assert sign.value == pytest.approx(max(january, february))
    assert sign.is_raised


def test_why_foreigners_share_is_not_counted_is_read_off_the_table() -> None:
    now = by_word(date(2026, 10, 20))["Foreigners'"].why_not_counted
    before = by_word(date(2026, 5, 20))["Foreigners'"].why_not_counted
    assert now == "is at hand for 10 months, too few to fit"
    assert before == "is at hand for 5 months, too few to fit"


def test_the_dollars_share_is_known_a_quarter_late() -> None:
    assert by_word(date(2026, 3, 30))["Dollar's"].as_of == date(2024, 12, 31)
    sign = by_word(date(2026, 3, 31))["Dollar's"]
    assert (sign.as_of, sign.value) == (date(2025, 12, 31), pytest.approx(56.77 - 57.8))


def test_nothing_later_is_read_and_without_data_there_is_no_sign() -> None:
    def cut(name: str) -> pd.DataFrame:
        frame = table(name)
        return frame[frame["date"] <= pd.Timestamp(DAY)]

    assert signs(DAY, Snapshot(cut)) == signs(DAY)
    assert signs(date(1995, 1, 1)) == ()


def test_no_sign_makes_a_chance_surer() -> None:
    """They are watched and not counted: without their tables the chances are the same."""

    def without(name: str) -> pd.DataFrame:
        frame = table(name)
        is_beside = name in {"auction_allotments", "cofer_shares_annual", "jgb_yields_daily"}
        return frame.iloc[:0] if is_beside else frame

    tables = (Snapshot(without), Snapshot(table))
    one, two = (nowcast("japan", DAY, each, n_draws=3) for each in tables)
    np.testing.assert_array_equal(one.chance(), two.chance())
