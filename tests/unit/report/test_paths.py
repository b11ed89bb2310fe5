import numpy as np
import pytest

from selloff.report.estimate import Estimate
from selloff.report.paths import (
    at_year,
    beside,
    both_sides,
    cell,
    farther,
    highest,
    lowest,
    path,
    share,
    swing,
)

PATHS = np.array([[1.0, 3.0, 2.0], [-1.0, -4.0, -2.0], [np.nan, np.nan, np.nan]])


def test_extremes_count_the_opening_at_baseline() -> None:
    np.testing.assert_array_equal(highest(PATHS), [3.0, 0.0, np.nan])
    np.testing.assert_array_equal(lowest(PATHS), [0.0, -4.0, np.nan])


def test_a_path_is_read_by_its_label(dump) -> None:
    dataset, _ = dump
    found = path(dataset, "delta_asset_price", market="gold")
    np.testing.assert_array_equal(found, dataset["delta_asset_price"].to_numpy()[:, :, 3])
    assert path(dataset, "delta_us_gdp").shape == (60, 40)


def test_the_quarter_that_ends_at_a_time(dump) -> None:
    dataset, _ = dump
    values = np.arange(80.0).reshape(2, 40)
    np.testing.assert_array_equal(at_year(dataset, values, 1.0), [3.0, 43.0])
    np.testing.assert_array_equal(at_year(dataset, values, 10.0), [39.0, 79.0])
    assert np.isnan(at_year(dataset, values, 10.25)).all()


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((1.0, 2.0, 3.0), "2.0% (1.0–3.0)"),
        ((0.0, -0.0, 0.0), "0%"),
        ((-0.001, 0.0, 0.001), "0%"),
        ((np.nan, np.nan, np.nan), "–"),
    ],
)
def test_cells_show_no_range_of_nothing_and_no_nan(ends, told) -> None:
    assert cell(Estimate(*ends, "percent")) == told


def test_sides() -> None:
    assert beside(Estimate(-3.0, -2.0, 1.0, "bp")) == "2.0bp (5–95%: −1.0 to 3.0) below"
    assert beside(Estimate(1.0, 2.0, 3.0, "bp"), "less", "more").endswith(" more")


def test_a_swing_leaves_out_the_side_that_is_nil() -> None:
    up = np.tile([0.0, 12.0, 3.0], (5, 1))
    assert swing(up, "bp") == "highest 12bp (12–12)"
    assert swing(-up, "bp") == "lowest −12bp (−12 to −12)"
    assert swing(np.hstack([up, -up]), "bp") == "highest 12bp (12–12), lowest −12bp (−12 to −12)"
    assert swing(0.0 * up, "bp") == "it does not move"


def test_both_sides_in_a_sentence() -> None:
    up = np.tile([0.0, 12.0, 3.0], (5, 1))
    assert both_sides(up, "bp") == "up to 12bp (5–95%: 12–12) above baseline"
    both = both_sides(np.hstack([up, -up]), "bp")
    assert both.endswith("above and up to 12bp (5–95%: 12–12) below baseline")
    assert both_sides(0.0 * up, "bp") == "on its baseline"


def test_the_farther_side() -> None:
    paths = np.tile([0.0, 3.0, -5.0], (5, 1))
    assert farther(paths, "bp").p50 == -5.0
    assert farther(-paths, "bp").p50 == 5.0
    assert farther(0.0 * paths, "bp").is_nil


def test_shares_of_draws() -> None:
    alive = np.array([True] * 200 + [False] * 5)
    flags = np.arange(205) < 3
    assert share(flags, alive) == "1.5% of draws"
    assert share(flags & False, alive) == "no draw"
    assert share(flags | True, alive) == "every draw"
    assert share(np.arange(205) < 50, alive) == "25% of draws"
