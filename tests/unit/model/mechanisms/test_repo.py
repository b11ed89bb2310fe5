"""Loans against Treasuries come with stress and end by their term."""

import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.mechanisms.repo import RepoRule, lent_next

RULE = RepoRule(relief=jnp.asarray(0.15), speed=jnp.asarray(np.log(2.0) / 0.1))


def lent(before: float, stress: float, years: float = 1.0 / 252.0) -> float:
    return float(lent_next(jnp.asarray(before), jnp.asarray(stress), jnp.asarray(years), RULE))


def test_loans_come_with_stress_at_once_up_to_full_stress() -> None:
    assert lent(0.0, 0.4) == pytest.approx(0.4)
    assert lent(0.0, 3.0) == 1.0
    assert lent(0.0, 0.0) == 0.0


def test_loans_outlast_the_stress_by_their_term() -> None:
    """Half after a tenth of a year, whatever the steps; next to nothing after sixteen weeks."""
    assert lent(1.0, 0.0, 0.1) == pytest.approx(0.5)
    kept = 1.0
    for _ in range(21):
        kept = lent(kept, 0.0)
    assert kept == pytest.approx(lent(1.0, 0.0, 21.0 / 252.0))
    assert lent(1.0, 0.0, 16.0 / 52.0) < 0.15


def test_room_that_calms_a_market_is_not_gone_the_next_day() -> None:
    """Else stress, room and stress again would follow each other from day to day."""
    level, path = 0.0, []
    for _ in range(20):
        level = lent(level, max(1.2 - 2.0 * level, 0.0))
        path.append(level)
    assert np.abs(np.diff(path[1:])).max() < 0.05
