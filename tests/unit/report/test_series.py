import numpy as np

from selloff.report.series import (
    SERIES,
    days,
    fan,
    peak_steps,
    sparse,
    step_at,
    thinned,
)


def test_steps_are_daily_then_weekly_then_monthly() -> None:
    day = np.concatenate([np.arange(253.0), 252 + 21 * np.arange(1.0, 109.0)])
    kept = day[thinned(day)]
    assert set(np.diff(kept[kept <= 63])) == {1.0}
    assert set(np.diff(kept[(kept >= 63) & (kept <= 248)])) == {5.0}
    assert 252.0 in kept
    assert set(np.diff(kept[kept >= 252])) == {21.0}
    assert kept[-1] == day[-1]


def test_the_last_step_is_always_drawn() -> None:
    day = np.arange(120.0)
    assert thinned(day)[-1] == sparse(day)[-1] == 119


def test_small_charts_keep_fewer_steps() -> None:
    day = np.concatenate([np.arange(253.0), 252 + 21 * np.arange(1.0, 110.0)])
    kept = day[sparse(day)]
    assert set(np.diff(kept[kept <= 21])) == {1.0}
    assert set(np.diff(kept[(kept >= 21) & (kept <= 63)])) == {3.0}
    assert set(np.diff(kept[(kept >= 63) & (kept <= 248)])) == {5.0}
    assert set(np.diff(kept[(kept >= 252) & (kept < day[-1])])) == {63.0}
    assert kept[-1] == day[-1]
    assert kept.size < 0.6 * thinned(day).size


def test_yen_per_dollar_is_the_inverse_of_dollars_per_yen(dump) -> None:
    dataset, _ = dump
    dollars = 1.0 + dataset["delta_fx"].sel(currency="JPY").to_numpy() / 100.0
    yen = 1.0 + SERIES["usdjpy"].read(dataset) / 100.0
    np.testing.assert_allclose(yen * dollars, 1.0, rtol=1e-12)
    assert SERIES["usdjpy"].read(dataset).min() < 0.0


def test_fan_takes_quantiles_over_draws(dump) -> None:
    dataset, _ = dump
    day, levels = fan(dataset, SERIES["us_10y"])
    path = dataset["delta_par_yield"].sel(tenor="10Y").to_numpy()
    at = int(np.flatnonzero(day == 21.0)[0])
    expected = np.quantile(path[:, 21], [0.05, 0.25, 0.5, 0.75, 0.95])
    np.testing.assert_allclose(levels[:, at], expected, rtol=1e-12)


def test_dimension_order_does_not_matter(dump) -> None:
    dataset, _ = dump
    turned = dataset.assign(delta_par_yield=dataset["delta_par_yield"].transpose())
    np.testing.assert_array_equal(SERIES["us_10y"].read(turned), SERIES["us_10y"].read(dataset))


def test_step_at_never_looks_ahead(dump) -> None:
    dataset, _ = dump
    day = days(dataset)
    assert day[step_at(dataset, 252.0)] == 252.0
    assert day[step_at(dataset, 260.0)] == 252.0
    assert step_at(dataset, -5.0) == 0


def test_peaks_are_found_draw_by_draw(dump) -> None:
    dataset, _ = dump
    path = SERIES["us_10y"].read(dataset)
    steps = peak_steps(dataset)
    np.testing.assert_array_equal(path[np.arange(len(steps)), steps], path.max(axis=1))
    assert len(set(steps)) > 1
