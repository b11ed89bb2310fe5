"""Hazards and the event tree against closed forms and a slow loop."""

import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.triggers import (
    Triggers,
    chance_of_any,
    grow_tree,
    step_hazards,
    trend_gap,
)

YEARS = jnp.concatenate([jnp.full(252, 1.0 / 252.0), jnp.full(108, 1.0 / 12.0)])
BASE = np.array([0.02, 0.3, 0.05])
SALE = np.array([0.6, 0.1, 1.0])
DUMP = np.array([0.5, 0.2, 0.0])


def made(
    base: object = BASE, *, loading: object = (0.0, 0.0, 0.0), sale: object = SALE
) -> Triggers:
    return Triggers(
        base=jnp.asarray(base, float),
        loading=jnp.asarray(loading, float),
        sale=jnp.asarray(sale, float),
        dump=jnp.asarray(DUMP),
    )


def still(n_steps: int = YEARS.size) -> jnp.ndarray:
    return jnp.zeros((n_steps, BASE.size))


def wavy() -> np.ndarray:
    """A made-up state that differs from trigger to trigger."""
    t = np.arange(YEARS.size)
    return np.stack([np.sin(t / 40.0), np.cos(t / 25.0), 0.01 * t], axis=1)


def test_constant_intensities_have_a_closed_form() -> None:
    tree = grow_tree(step_hazards(still(), YEARS, made()), made())
    ends = np.cumsum(np.asarray(YEARS))
    total = float(BASE @ SALE)
    some = -np.expm1(-total * ends)
    np.testing.assert_allclose(1.0 - tree.none, some, rtol=1e-11)
    np.testing.assert_allclose(
        tree.dump, some[:, None] * BASE * SALE * DUMP / total, rtol=1e-11, atol=0.0
    )
    np.testing.assert_allclose(
        tree.descent, some[:, None] * BASE * SALE * (1.0 - DUMP) / total, rtol=1e-11
    )


def test_a_trigger_can_come_without_a_sale() -> None:
    hazards = step_hazards(still(), YEARS, made())
    np.testing.assert_allclose(chance_of_any(hazards)[-1], -np.expm1(-10.0 * BASE), rtol=1e-12)
    never = made(sale=(0.0, 0.0, 0.0))
    tree = grow_tree(step_hazards(still(), YEARS, never), never)
    assert float(tree.none[-1]) == 1.0


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e3])
def test_paths_compete_and_add_up(scale: float) -> None:
    given = made(BASE * scale, loading=(1.0, -2.0, 0.7))
    tree = grow_tree(step_hazards(jnp.asarray(wavy()), YEARS, given), given)
    whole = tree.none + tree.descent.sum(axis=1) + tree.dump.sum(axis=1)
    np.testing.assert_allclose(whole, 1.0, rtol=0.0, atol=1e-13)
    assert np.all(np.asarray(tree.dump) >= 0.0)
    assert np.all(np.asarray(tree.descent) >= 0.0)


def test_rivals_leave_less_to_each() -> None:
    """Alone, a trigger sets off more than beside others; together, more happens."""
    together, alone = made(), made(BASE * np.array([1.0, 0.0, 0.0]))
    both = grow_tree(step_hazards(still(), YEARS, together), together)
    one = grow_tree(step_hazards(still(), YEARS, alone), alone)
    assert float(both.dump[-1, 0]) < float(one.dump[-1, 0])
    assert float(both.none[-1]) < float(one.none[-1])


def test_without_intensity_nothing_happens_exactly() -> None:
    given = made(np.zeros(3), loading=(9.0, 9.0, 9.0))
    tree = grow_tree(step_hazards(jnp.asarray(wavy()), YEARS, given), given)
    assert np.all(np.asarray(tree.none) == 1.0)
    assert np.all(np.asarray(tree.descent) == 0.0)
    assert np.all(np.asarray(tree.dump) == 0.0)


def test_chances_only_grow() -> None:
    given = made(loading=(1.0, -2.0, 0.7))
    hazards = step_hazards(jnp.asarray(wavy()), YEARS, given)
    tree = grow_tree(hazards, given)
    assert np.all(np.diff(tree.none) < 0.0)
    for grown in (tree.descent[:, 0], tree.dump[:, 0], *chance_of_any(hazards).T):
        assert np.all(np.diff(grown) > 0.0)


def test_the_state_counts_as_a_slow_loop_says() -> None:
    loading = np.array([1.0, -2.0, 0.7])
    given, state = made(loading=loading), wavy()
    tree = grow_tree(step_hazards(jnp.asarray(state), YEARS, given), given)
    alive, descent, dump = 1.0, np.zeros(3), np.zeros(3)
    for x, length in zip(state, np.asarray(YEARS), strict=True):
        # Cut into ever finer pieces, a step of constant intensity is a chain of small chances.
        pieces = 400
        rate = BASE * np.exp(loading * x) * SALE * length / pieces
        for _ in range(pieces):
            descent += alive * rate * (1.0 - DUMP)
            dump += alive * rate * DUMP
            alive *= 1.0 - rate.sum()
    assert float(tree.none[-1]) == pytest.approx(alive, rel=1e-3)
    np.testing.assert_allclose(tree.descent[-1], descent, rtol=1e-3)
    np.testing.assert_allclose(tree.dump[-1], dump, rtol=1e-3)


def test_twice_the_state_of_a_loaded_trigger_squares_its_factor() -> None:
    given = made(loading=(3.0, 0.0, 0.0))
    one = step_hazards(still() + 0.1, YEARS, given)
    two = step_hazards(still() + 0.2, YEARS, given)
    np.testing.assert_allclose(two[:, 0] / one[:, 0], np.exp(0.3), rtol=1e-12)
    np.testing.assert_array_equal(two[:, 1:], one[:, 1:])


def test_a_trend_catches_up_by_half_in_its_half_life() -> None:
    """A jump that lasts is half forgotten after a half-life, whatever the steps."""
    for n_steps in (1, 12, 252):
        years = jnp.full(n_steps, 2.0 / n_steps)
        gap = trend_gap(
            jnp.full(n_steps, 0.3), jnp.asarray(0.1), years=years, half_life=jnp.asarray(2.0)
        )
        assert float(gap[-1]) == pytest.approx(0.1)


def test_a_trend_is_an_exponential_mean() -> None:
    level = np.sin(np.arange(60) / 7.0)
    years = np.where(np.arange(60) < 40, 1.0 / 252.0, 1.0 / 12.0)
    found = trend_gap(
        jnp.asarray(level), jnp.asarray(0.2), years=jnp.asarray(years), half_life=jnp.asarray(0.5)
    )
    mean, wanted = 0.2, []
    for y, h in zip(level, years, strict=True):
        kept = 0.5 ** (h / 0.5)
        mean = kept * mean + (1.0 - kept) * y
        wanted.append(y - mean)
    np.testing.assert_allclose(found, wanted, rtol=1e-12)
