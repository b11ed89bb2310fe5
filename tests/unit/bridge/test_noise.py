"""Baseline noise from history."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

import questions
from selloff.bridge.lower import weather
from selloff.bridge.noise import NODE_YEARS, Noise, noise
from selloff.data import Snapshot, table, vintage

REVERSION = 0.12


@pytest.fixture(scope="module")
def now() -> Noise:
    return noise(questions.world(), REVERSION, weather=weather())


def test_a_month_is_twenty_one_days(now: Noise) -> None:
    """z[21] from 21 daily steps has the mean and covariance of one monthly step."""
    daily, monthly = now.shock[0] @ now.shock[0].T, now.shock[1] @ now.shock[1].T
    total = np.zeros_like(daily)
    for _ in range(21):
        total = np.outer(now.decay[0], now.decay[0]) * total + daily
    np.testing.assert_allclose(total, monthly, rtol=1e-10, atol=1e-18)
    np.testing.assert_allclose(now.decay[0] ** 21, now.decay[1], rtol=1e-12)


def test_only_yields_revert(now: Noise) -> None:
    np.testing.assert_array_equal(now.reversion, [REVERSION] * 5 + [0.0] * 4)
    np.testing.assert_array_equal(now.decay[:, 5:], 1.0)
    np.testing.assert_allclose(now.decay[0, :5], np.exp(-REVERSION / 252))


def test_the_long_run_is_the_estimated_covariance(now: Noise) -> None:
    """Random walks keep it; it is positive definite and of the size markets have."""
    daily = now.shock[0] @ now.shock[0].T
    np.testing.assert_allclose(daily[5:, 5:] * 252, now.covariance[5:, 5:], rtol=1e-10)
    assert np.linalg.eigvalsh(now.covariance).min() > 0.0
    spread = np.sqrt(np.diag(now.covariance))
    assert np.all((spread[:4] > 0.005) & (spread[:4] < 0.015))
    assert 0.07 < spread[5] < 0.12


def test_nothing_after_the_vintage_is_used() -> None:
    """Cutting the later history away changes nothing; a later vintage sees more."""
    early = vintage("2010-06")
    first, second = (
        noise(early, REVERSION, weather=weather()),
        noise(vintage("2015-06"), REVERSION, weather=weather()),
    )
    assert first.n_months < second.n_months
    assert not np.allclose(first.covariance, second.covariance)


def test_history_ends_at_the_vintage() -> None:
    """A world that blows up the day after the vintage leaves the estimate as it is."""
    world = vintage("2015-06")
    before = noise(world, REVERSION, weather=weather())

    def broken(name: str) -> pd.DataFrame:
        frame = table(name)
        late = frame["date"] > np.datetime64(world.date)
        numbers = frame.columns.drop("date")
        return frame.assign(**{c: frame[c].where(~late, 1e3) for c in numbers})

    later = replace(world, snapshot=Snapshot(broken))
    after = noise(later, REVERSION, weather=weather())
    np.testing.assert_array_equal(before.covariance, after.covariance)


def test_a_vintage_with_no_history_borrows_it() -> None:
    borrowed = noise(vintage("2000-06"), REVERSION, weather=weather())
    assert borrowed.n_months > 24
    assert np.all(np.isfinite(borrowed.covariance))


def test_the_opening_knows_the_weather_of_its_day() -> None:
    """March 2020 opens in a storm, June 2017 in a calm; a borrowed sample knows neither."""
    storm = noise(vintage("2020-02"), REVERSION, weather=weather(), until=date(2020, 3, 9))
    calm = noise(vintage("2017-06"), REVERSION, weather=weather())
    borrowed = noise(vintage("2000-06"), REVERSION, weather=weather())
    ten = NODE_YEARS.index(10.0)
    assert storm.excess[ten] > 0.5
    assert calm.excess[ten] < 0.0
    assert np.all(borrowed.excess == 0.0)
