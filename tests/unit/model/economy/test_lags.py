"""What has not died away yet, exact on steps of any length, and what lingers."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.economy.lags import lingered, unsettled

SPEED = 3.0
lagging = jax.jit(unsettled)


def left(path: list[float], years: list[float], speed: float = SPEED) -> np.ndarray:
    return np.asarray(lagging(jnp.asarray(path), jnp.asarray(years), jnp.asarray(speed)))


def test_a_path_at_rest_leaves_nothing() -> None:
    np.testing.assert_array_equal(left([0.0] * 5, [0.1] * 5), 0.0)


def test_a_jump_in_a_short_step_dies_away_at_its_speed() -> None:
    found = left([1.0] * 4, [1e-9, 0.2, 0.5, 1.0])
    np.testing.assert_allclose(found, np.exp(-SPEED * np.array([0.0, 0.2, 0.7, 1.7])), rtol=1e-8)


def test_a_steady_climb_is_followed_at_a_constant_distance() -> None:
    """x = c t is followed at the distance c / v."""
    years = np.full(400, 0.05)
    found = left(list(0.4 * np.cumsum(years)), list(years))
    assert found[-1] == pytest.approx(0.4 / SPEED, rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.floats(-1.0, 1.0), min_size=2, max_size=2),
    st.floats(0.01, 1.0),
    st.integers(2, 9),
    st.floats(0.1, 60.0),
)
def test_a_month_is_what_its_days_are(
    ends: list[float], years: float, parts: int, speed: float
) -> None:
    whole = left(ends, [0.3, years], speed)
    fine = [ends[0], *(ends[0] + (ends[1] - ends[0]) * (i + 1) / parts for i in range(parts))]
    split = lagging(
        jnp.asarray(fine), jnp.asarray([0.3] + [years / parts] * parts), jnp.asarray(speed)
    )
    assert float(split[-1]) == pytest.approx(whole[-1], abs=1e-13)


def test_what_lingers_rises_at_once_and_falls_slowly() -> None:
    path, years = jnp.array([[0.0], [1.0], [0.2], [0.2], [0.9]]), jnp.full(5, 0.1)
    speed = jnp.asarray(np.log(2.0) / 0.1)
    found = np.asarray(lingered(path, years, speed))[:, 0]
    assert found == pytest.approx([0.0, 1.0, 0.5, 0.25, 0.9])
    at_once = lingered(path, years, jnp.asarray(np.inf))
    np.testing.assert_array_equal(at_once, path)
