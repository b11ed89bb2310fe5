"""Draws that share their parameters count for less than their number."""

import numpy as np
import pytest

from selloff.results.sample import effective_draws

RNG = np.random.default_rng(4)
ROWS = np.tile(np.arange(100), 5)


def test_draws_that_share_nothing_all_count() -> None:
    values = RNG.standard_normal(500)
    assert effective_draws(values, np.arange(500)) == pytest.approx(500.0)


def test_draws_that_are_copies_count_once() -> None:
    values = RNG.standard_normal(100)[ROWS]
    assert effective_draws(values, ROWS) == pytest.approx(100.0)


def test_half_of_the_spread_from_parameters_counts_between() -> None:
    """1 / n_eff = share / rows + (1 - share) / draws."""
    rows = np.tile(np.arange(4000), 5)
    values = RNG.standard_normal(4000)[rows] + RNG.standard_normal(20_000)
    assert effective_draws(values, rows) == pytest.approx(
        1.0 / (0.5 / 4000 + 0.5 / 20_000), rel=0.1
    )


def test_missing_numbers_do_not_count_and_a_constant_counts_whole() -> None:
    values = np.where(np.arange(500) < 200, np.nan, RNG.standard_normal(500))
    assert effective_draws(values, np.arange(500)) == pytest.approx(300.0)
    assert effective_draws(np.ones(500), ROWS) == 500.0
    assert effective_draws(np.full(500, np.nan), ROWS) == 0.0
