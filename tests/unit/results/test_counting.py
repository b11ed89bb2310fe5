"""Quantiles read from counts lie where the exact ones do, to the share of draws they state."""

import numpy as np
import pytest

from selloff.results import LEVELS, quantiles
from selloff.results.counting import edges_of, spread, tally

N, FIRST = 20_000, 2_000


def draws() -> np.ndarray:
    chance = np.random.default_rng(5)
    normal, heavy = chance.normal(size=N), np.exp(3.0 * chance.normal(size=N))
    mostly_zero = np.where(chance.random(N) < 0.7, 0.0, heavy)
    of_few = np.round(2.0 * chance.normal(size=N))
    rows = [normal, -heavy, mostly_zero, of_few, np.full(N, 3.25), np.full(N, np.nan)]
    return np.array(rows, dtype=np.float32)


@pytest.fixture(scope="module")
def whole() -> np.ndarray:
    return draws()


def test_the_error_of_a_rank_is_what_is_stated(whole: np.ndarray) -> None:
    edges = edges_of(whole[:, :FIRST])
    found = spread(edges, tally(edges, whole))
    assert found.off_by.max() < 0.02
    for row, values, off_by in zip(whole[:5], found.values, found.off_by, strict=False):
        below = np.array([np.mean(row < np.float32(each)) for each in values])
        up_to = np.array([np.mean(row <= np.float32(each)) for each in values])
        assert np.all(below - off_by <= np.array(LEVELS) + 1.0 / N)
        assert np.all(up_to + off_by >= np.array(LEVELS) - 1.0 / N)
    np.testing.assert_allclose(found.values[0], quantiles(whole[0], LEVELS), atol=2e-3)


def test_values_that_many_draws_share_are_found_exactly(whole: np.ndarray) -> None:
    edges = edges_of(whole[:, :FIRST])
    found = spread(edges, tally(edges, whole))
    np.testing.assert_array_equal(found.values[2, :3], 0.0)
    np.testing.assert_array_equal(found.values[3], quantiles(whole[3], LEVELS))
    np.testing.assert_array_equal(found.values[4], 3.25)
    np.testing.assert_array_equal(found.off_by[3:5], 0.0)


def test_numbers_that_no_draw_has_stay_missing(whole: np.ndarray) -> None:
    edges = edges_of(whole[:, :FIRST])
    counts = tally(edges, whole)
    assert counts[-1].sum() == 0
    assert np.isnan(spread(edges, counts).values[-1]).all()
    half = np.where(np.arange(N) % 2, whole, np.nan).astype(np.float32)
    both = edges_of(half[:, :FIRST])
    odd = edges_of(half[:, 1:FIRST:2])
    np.testing.assert_allclose(
        spread(both, tally(both, half)).values[0],
        spread(odd, tally(odd, half[:, 1::2])).values[0],
        atol=5e-3,
    )


def test_counts_of_parts_add_up_in_any_order(whole: np.ndarray) -> None:
    edges = edges_of(whole[:, :FIRST])
    parts = [tally(edges, part) for part in np.split(whole, [100, 7_000], axis=1)]
    np.testing.assert_array_equal(parts[2] + parts[0] + parts[1], tally(edges, whole))


def test_what_lies_beyond_the_edges_counts_and_is_bounded_by_them(whole: np.ndarray) -> None:
    edges = edges_of(whole[:1, :FIRST])
    far = np.full((1, 100), 1e6, dtype=np.float32)
    found = spread(edges, tally(edges, far))
    assert np.all(found.values == edges[0, -2])
    assert np.all(found.off_by == 1.0)


def test_few_draws_are_counted_one_by_one() -> None:
    few = np.arange(40, dtype=np.float32)[None]
    edges = edges_of(few)
    found = spread(edges, tally(edges, few))
    np.testing.assert_allclose(found.values[0], quantiles(few[0], LEVELS), atol=1e-6)
