"""What rules look at when the books open, against the raw tables, and never from the future."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from selloff.data import (
    PACKAGED,
    Snapshot,
    inflation_gap_pct,
    short_rate_pct,
    table,
    vintages,
    yen_trend,
)


@pytest.mark.parametrize(
    ("on", "latest", "year_before"),
    [
        # Index of the last month that was out, and of the same month a year earlier.
        (date(2020, 3, 31), 104.507, 102.87),
        (date(2000, 3, 31), 74.306, 73.18),
        (date(2022, 6, 30), 113.307, 107.558),
        (date(2026, 7, 31), 130.082, 125.79),
    ],
)
def test_inflation_is_that_of_the_last_twelve_months_published(
    on: date, latest: float, year_before: float
) -> None:
    assert inflation_gap_pct(on) == pytest.approx(100.0 * (latest / year_before - 1.0) - 2.0)


def test_inflation_was_above_target_in_2022_and_below_it_in_2020() -> None:
    assert 2.5 < inflation_gap_pct(date(2022, 6, 30)) < 4.0
    assert -1.0 < inflation_gap_pct(date(2020, 3, 31)) < 0.0


def test_every_vintage_has_a_gap_of_a_size_that_was_seen() -> None:
    gaps = [inflation_gap_pct(each.date) for each in vintages()]
    assert -1.5 < min(gaps) < 0.0
    assert 3.0 < max(gaps) < 4.0


def test_prices_rose_in_every_twelve_months_by_no_more_than_six_percent() -> None:
    index = table("us_prices_monthly").set_index("date")["core_pce_index"]
    assert pd.date_range(index.index[0], index.index[-1], freq="MS").equals(index.index)
    yearly = 100.0 * index.pct_change(12).dropna()
    assert yearly.between(0.5, 6.0).all()


@pytest.mark.parametrize(
    ("currency", "on", "wanted"),
    [
        ("USD", date(2020, 3, 31), 0.08),
        ("JPY", date(2020, 3, 31), -0.07),
        ("USD", date(2022, 6, 30), 1.58),
        ("USD", date(2008, 12, 31), 0.14),
        ("JPY", date(2016, 2, 25), -0.003),
        ("JPY", date(2016, 2, 28), -0.002),
        ("JPY", date(2026, 7, 31), 0.977),
        ("USD", date(1999, 11, 30), 0.0),
        ("JPY", date(1999, 11, 30), 0.0),
    ],
)
def test_short_rates_are_the_last_of_the_raw_table(currency: str, on: date, wanted: float) -> None:
    assert short_rate_pct(currency, on) == wanted


def test_only_dollar_and_yen_have_a_short_rate() -> None:
    with pytest.raises(KeyError):
        short_rate_pct("EUR", date(2020, 3, 31))


def yen(*log_levels: float) -> pd.DataFrame:
    """Dollars per yen on business days up to the end of 2019."""
    days = pd.bdate_range(end="2019-12-31", periods=len(log_levels))
    return pd.DataFrame({"date": days, "JPY": np.exp(-np.array(log_levels))})


@pytest.mark.parametrize("n_days", [1, 20, 60, 240])
def test_a_trend_forgets_half_of_a_jump_in_its_half_life(n_days: int) -> None:
    """Of a fall of the yen by x the trend has not yet seen x 2^(-n / h)."""
    frame = yen(*[4.6] * 4000, *[4.7] * n_days)
    found = yen_trend(date(2019, 12, 31), Snapshot(lambda _: frame), memory_days=60.0)
    assert found == pytest.approx(-0.1 * 0.5 ** (n_days / 60.0), abs=1e-9)


def test_a_yen_that_never_moved_is_on_its_trend() -> None:
    still = Snapshot(lambda _: yen(*[4.6] * 50))
    assert yen_trend(date(2019, 12, 31), still, memory_days=60.0) == pytest.approx(0.0, abs=1e-14)
    assert yen_trend(date(1990, 1, 1), still, memory_days=60.0) == 0.0


def test_the_yen_was_below_its_trend_before_japan_bought_it() -> None:
    """Yen were bought on 22 September 2022 and on 29 April 2024."""
    assert yen_trend(date(2022, 9, 21), memory_days=60.0) < -0.05
    assert yen_trend(date(2024, 4, 26), memory_days=60.0) < -0.03
    assert yen_trend(date(2011, 10, 28), memory_days=60.0) > 0.0


def spoiled(name: str, known_until: pd.Timestamp) -> pd.DataFrame:
    """A table whose later rows are nonsense."""
    frame = table(name)
    later = frame["date"] > known_until
    assert later.any()
    frame.loc[later, frame.columns.drop("date")] = 1e6
    return frame


@pytest.mark.parametrize("on", [date(2008, 9, 30), date(2020, 3, 15), date(2025, 4, 30)])
def test_nothing_is_read_from_the_future(on: date) -> None:
    """A month's prices are out only at the end of the next month."""

    def all_three(snapshot: Snapshot) -> list[float]:
        return [
            inflation_gap_pct(on, snapshot),
            short_rate_pct("USD", on, snapshot),
            short_rate_pct("JPY", on, snapshot),
            yen_trend(on, snapshot, memory_days=60.0),
        ]

    before, day = all_three(PACKAGED), pd.Timestamp(on)
    not_yet_out = {"us_prices_monthly": day - pd.DateOffset(months=2)}
    frames = {
        name: spoiled(name, not_yet_out.get(name, day))
        for name in ("us_prices_monthly", "policy_rates_daily", "fx_daily")
    }
    assert all_three(Snapshot(lambda name: frames[name])) == before


def test_a_month_is_used_once_it_is_out() -> None:
    day = date(2020, 3, 31)
    frame = spoiled("us_prices_monthly", pd.Timestamp("2019-12-31"))
    assert inflation_gap_pct(day, Snapshot(lambda _: frame)) > 1e3
