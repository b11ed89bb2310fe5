"""The chance of one more cut."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.economy.united_states.ratings import downgrade_prob, intensity
from twin import us_numpy
from us_specimens import anything, drivers, no_chance, ratings, rules, run, world

RULES = ratings()
chance_of = jax.jit(downgrade_prob)
score = jax.jit(lambda i, d, y: intensity(i, d, y, rules=RULES))


def at(interest: float = 0.1, trend: float = 0.026, ten_year: float = 0.0) -> float:
    return float(score(*(jnp.array([each]) for each in (interest, trend, ten_year)))[0])


def test_under_the_conditions_of_reference_it_is_the_base() -> None:
    assert at() == pytest.approx(0.1)


def test_each_of_the_three_raises_it_in_proportion() -> None:
    assert at(interest=0.2) == pytest.approx(0.1 * np.exp(0.5))
    assert at(trend=0.046) == pytest.approx(0.1 * np.exp(0.1))
    assert at(ten_year=0.01) == pytest.approx(0.1 * np.exp(0.2))
    levels = [at(interest=each) for each in (0.0, 0.1, 0.2, 0.3)]
    assert levels == sorted(levels)


@pytest.mark.parametrize("seed", range(3))
def test_the_twin_finds_the_same(seed: int) -> None:
    moved, chance = anything(seed)
    us = run(moved, chance, world(), rules())
    base, sold = chance_of(us, RULES)
    paths = us_numpy.us_paths(moved, np.asarray(chance), world(), rules())
    assert np.asarray(base) == pytest.approx(
        us_numpy.downgrade_prob(paths, RULES, sold=False), rel=1e-12
    )
    assert np.asarray(sold) == pytest.approx(
        us_numpy.downgrade_prob(paths, RULES, sold=True), rel=1e-12
    )


def test_it_never_falls_and_stays_a_chance() -> None:
    for seed in range(5):
        moved, chance = anything(seed)
        for path in chance_of(run(moved, chance, world(), rules()), RULES):
            assert np.all(np.diff(path) >= 0.0)
            assert 0.0 < path[0] <= path[-1] < 1.0


def test_without_a_sale_both_are_the_same_and_higher_yields_raise_one() -> None:
    base, sold = chance_of(run(drivers(), no_chance(), world(), rules()), RULES)
    assert np.array_equal(base, sold)
    dearer = run(drivers(yields=np.array(0.01)), no_chance(), world(), rules())
    base_again, sold = chance_of(dearer, RULES)
    assert np.array_equal(base, base_again)
    assert np.all(sold > base)


def test_a_steady_intensity_gives_the_exponential() -> None:
    flat = {each.name: getattr(RULES, each.name) for each in dataclasses.fields(RULES)}
    flat |= dict.fromkeys(("interest", "trend", "ten_year"), jnp.zeros(()))
    base, _ = chance_of(run(drivers(), no_chance(), world(), rules()), type(RULES)(**flat))
    assert np.asarray(base) == pytest.approx(1.0 - np.exp(-0.1 * (np.arange(12) + 1.0) / 4.0))
