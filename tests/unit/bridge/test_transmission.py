"""How time gathers, and what part of a sale is Japan's ministry's."""

import jax.numpy as jnp
import numpy as np
import pytest

import questions
from selloff.bridge.schedule import timeline
from selloff.bridge.transmission import RESERVE_YEARS, gather_time
from selloff.engine import by_quarter, by_step, by_year
from selloff.scenario import load


@pytest.mark.parametrize("horizon", [0.25, 0.9, 1.5, 7.3, 50.0])
def test_means_of_a_constant_are_the_constant(horizon: float) -> None:
    days = timeline(horizon).days
    found = gather_time(days)
    for mean in (by_quarter(jnp.ones((days.size, 2)), found), by_year(jnp.ones(days.size), found)):
        np.testing.assert_allclose(mean, 1.0, rtol=1e-9)
    assert by_year(jnp.ones(days.size), found).shape == (RESERVE_YEARS,)


def test_ten_years_have_forty_quarters_of_63_days_then_of_three_months() -> None:
    days = timeline(10.0).days
    found = gather_time(days)
    path = np.random.default_rng(0).normal(size=(days.size, 3))
    means = np.asarray(by_quarter(jnp.asarray(path), found))
    assert means.shape == (40, 3)
    np.testing.assert_allclose(means[1], path[63:126].mean(axis=0), atol=1e-13)
    np.testing.assert_allclose(means[4], path[252:255].mean(axis=0), atol=1e-13)
    np.testing.assert_allclose(means[39], path[357:].mean(axis=0), atol=1e-13)
    np.testing.assert_array_equal(np.asarray(found.quarter_end)[[0, 3, 4, 39]], [62, 251, 254, 359])
    years = np.asarray(by_year(jnp.asarray(path), found))
    np.testing.assert_allclose(years[0], path[:252].mean(axis=0), atol=1e-13)
    np.testing.assert_allclose(years[9], path[348:].mean(axis=0), atol=1e-13)


def test_years_beyond_the_horizon_repeat_the_last() -> None:
    found = gather_time(timeline(2.0).days)
    path = jnp.arange(264.0)
    np.testing.assert_allclose(np.asarray(by_year(path, found))[1:], path[252:].mean())
    np.testing.assert_array_equal(np.asarray(found.year_end)[1:], 263)
    np.testing.assert_array_equal(found.is_run, [1.0, 1.0] + [0.0] * (RESERVE_YEARS - 2))


def test_a_run_that_ends_within_a_quarter_has_the_mean_so_far() -> None:
    found = gather_time(timeline(1.5 + 1 / 12).days)
    path = jnp.arange(259.0)
    quarters = np.asarray(by_quarter(path, found))
    assert quarters.shape == (7,)
    assert quarters[-1] == pytest.approx(258.0)
    assert gather_time(timeline(0.25).days).quarter_end.shape == (1,)


def test_a_line_is_drawn_through_the_ends_of_quarters() -> None:
    days = timeline(3.0).days
    found = gather_time(days)
    ends = 63.0 * jnp.arange(1.0, 13.0)
    np.testing.assert_allclose(by_step(ends, found), np.cumsum(days), rtol=1e-12)
    steps = np.asarray(by_step(ends**2, found))
    np.testing.assert_allclose(steps[np.asarray(found.quarter_end)], ends**2, rtol=1e-12)


def test_what_is_the_ministrys() -> None:
    setting = questions.economy("dump").setting
    world = questions.world()
    official = world.book("jpn_official")
    assert setting.japan_book == pytest.approx(official)
    # The first seller is China's ministry, which sells nothing.
    np.testing.assert_allclose(setting.japan_share, [0.0, official / world.book("jpn")])
    assert float(setting.official) == pytest.approx(official / world.book("jpn"))
    assert float(setting.programme) == pytest.approx(world.book("jpn"))


def test_nothing_to_sell_is_nobodys() -> None:
    setting = questions.economy("nothing").setting
    assert float(setting.official) == 0.0
    np.testing.assert_array_equal(setting.japan_share, 0.0)
    assert load("no-sale").sellers == ()
