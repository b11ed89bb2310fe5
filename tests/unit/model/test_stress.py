"""A dislocation splits into a squeeze and doubt, and levels off."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.stress import Stress, funds_distress, level_off, spread_stress, used_to_next

spreading = jax.jit(spread_stress)
UNIT = 64e-4


def causes(origin: float = 0.3) -> Stress:
    return Stress(
        unit=jnp.asarray(UNIT),
        origin=jnp.asarray(origin),
        limit=jnp.asarray(2.0),
        speed=jnp.asarray(1.7),
    )


def spread(
    dislocation: float, *, origin: float = 0.3, elsewhere: tuple[float, float] = (0.0, 0.0)
) -> np.ndarray:
    given_ = jnp.asarray(elsewhere)
    return np.asarray(spreading(jnp.asarray(dislocation), given_, causes(origin)))


def felt(*stress: float, limit: float = 2.0) -> np.ndarray:
    return np.asarray(level_off(jnp.asarray(stress), jnp.asarray(limit)))


def test_a_calm_market_spreads_nothing() -> None:
    np.testing.assert_array_equal(spread(0.0), 0.0)
    np.testing.assert_array_equal(spread(-0.01), 0.0)
    np.testing.assert_array_equal(felt(0.0, 0.0), 0.0)


@settings(max_examples=50, deadline=None)
@given(st.floats(0.0, 0.05), st.floats(0.0, 1.0), st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_the_parts_add_up_to_the_dislocation_and_what_comes_from_elsewhere(
    dislocation: float, origin: float, squeeze: float, doubt: float
) -> None:
    parts = spread(dislocation, origin=origin, elsewhere=(squeeze, doubt))
    assert parts.sum() == pytest.approx(dislocation / UNIT + squeeze + doubt, rel=1e-12)
    assert np.all(parts >= np.array([squeeze, doubt]) - 1e-12)


def test_origin_is_the_part_that_is_a_squeeze() -> None:
    np.testing.assert_allclose(spread(UNIT, origin=0.3), [0.3, 0.7])
    np.testing.assert_allclose(spread(2.0 * UNIT, origin=1.0), [2.0, 0.0])
    np.testing.assert_allclose(spread(UNIT, origin=0.0), [0.0, 1.0])


def test_a_squeeze_from_elsewhere_stays_a_squeeze() -> None:
    np.testing.assert_allclose(spread(0.0, elsewhere=(1.0, 0.0)), [1.0, 0.0])
    np.testing.assert_allclose(spread(UNIT, elsewhere=(0.5, 0.25)), [0.8, 0.95])


def test_one_is_felt_as_one_whatever_the_limit() -> None:
    for limit in (0.5, 2.0, 4.0):
        np.testing.assert_allclose(felt(1.0, 1.0, limit=limit), 1.0, rtol=1e-14)


def test_stress_levels_off_above_one() -> None:
    full = 1.0 - np.exp(-0.5)
    np.testing.assert_allclose(
        felt(2.0, 0.5), [(1 - np.exp(-1)) / full, (1 - np.exp(-0.25)) / full]
    )
    np.testing.assert_allclose(felt(500.0, 1e4), 1.0 / full)
    assert felt(3.0, 3.0, limit=1.2)[0] < felt(3.0, 3.0, limit=4.0)[0] < 3.0


@settings(max_examples=50, deadline=None)
@given(st.floats(0.0, 20.0), st.floats(0.0, 20.0), st.floats(0.5, 5.0))
def test_levelling_off_keeps_the_order_and_bends_towards_one(
    first: float, second: float, limit: float
) -> None:
    low, high = sorted((first, second))
    less, more = felt(low, high, limit=limit)
    assert 0.0 <= less <= more
    for stress, found in ((low, less), (high, more)):
        if stress > 1.0:
            assert found <= stress * (1.0 + 1e-12)
        else:
            assert found >= stress - 1e-12


def distress(
    dislocation: float, squeeze: float = 0.0, doubt: float = 0.0, *, weight: float = 0.5
) -> float:
    given_ = jnp.asarray([squeeze, doubt]), jnp.asarray(weight)
    return float(funds_distress(jnp.asarray(dislocation), *given_, causes()))


def test_levered_funds_feel_doubt_less_than_a_squeeze() -> None:
    assert distress(0.0) == 0.0
    assert distress(-0.01) == 0.0
    assert distress(0.0, squeeze=1.0) == pytest.approx(1.0)
    assert distress(0.0, doubt=1.0) == pytest.approx(0.5)
    assert distress(0.0, doubt=1.0, weight=0.0) == 0.0
    assert distress(0.5 * UNIT, 0.7, 0.4) == pytest.approx(0.5 + 0.7 + 0.2)


def test_a_dislocation_of_treasuries_is_felt_in_full_whatever_its_origin() -> None:
    assert distress(1.5 * UNIT) == pytest.approx(1.5)
    assert distress(1.5 * UNIT, weight=0.0) == pytest.approx(1.5)


def test_what_lasts_is_stress_no_more() -> None:
    """Half of it after the half-life, whatever the steps; nothing to get used to below zero."""
    stress = eqx.tree_at(lambda s: s.speed, causes(), jnp.log(2.0) / 0.4)
    x, zero = jnp.asarray(UNIT), jnp.zeros(())
    once = used_to_next(zero, x, jnp.asarray(0.4), stress)
    twice = used_to_next(
        used_to_next(zero, x, jnp.asarray(0.2), stress), x, jnp.asarray(0.2), stress
    )
    assert float(once) == pytest.approx(0.5 * UNIT)
    assert float(twice) == pytest.approx(float(once))
    assert float(used_to_next(once, -x, jnp.asarray(0.4), stress)) == pytest.approx(0.25 * UNIT)
    parts = spread_stress(
        x - used_to_next(once, x, jnp.asarray(20.0), stress), jnp.zeros(2), stress
    )
    assert float(parts.sum()) < 1e-12
