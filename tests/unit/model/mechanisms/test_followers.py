"""The run of officials, and how motives to sell come together."""

from random import Random

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from selloff.model.mechanisms.followers import (
    FollowerRule,
    is_unique,
    lost_pickup,
    run_share,
    run_threshold,
    sold_by_class,
    wanted_share,
)

TIES = jnp.asarray([1.0, 0.6, 0.3, 0.0])
"""Treaty, partner, none, rival."""
sharing = jax.jit(
    lambda threshold, capacity, calm, at_rest, noise: run_share(
        threshold, capacity, calm=calm, at_rest=at_rest, noise=noise
    )
)
joining = jax.jit(wanted_share)


def followers(**changes: float) -> FollowerRule:
    usual = {
        "cost_ratio": 0.85,
        "alignment_weight": 0.5,
        "private_noise": 0.1,
        "public_noise": 0.4,
        "told_noise": 0.5,
        "backstop": 1500.0,
        "at_home": 600.0,
        "freeze_fear": 0.1,
        "flight": 0.008,
        "rebalancing": 10.0,
        "speed": 8.0,
        "slow_speed": 0.7,
    }
    given = {name: jnp.asarray(value) for name, value in (usual | changes).items()}
    return FollowerRule(ties=jnp.array([1.0, 0.6, 0.3, 0.0]), **given)


@pytest.mark.parametrize(
    ("private", "public", "wanted"),
    [
        # The bound is sqrt(2 pi) = 2.50663 times the public spread squared.
        (0.1002, 0.2, True),
        (0.1003, 0.2, False),
        (0.4010, 0.4, True),
        (0.4011, 0.4, False),
        (2.5066, 1.0, True),
        (2.5067, 1.0, False),
    ],
)
def test_beliefs_are_pinned_down_while_private_signals_are_precise_enough(
    private: float, public: float, wanted: bool
) -> None:
    assert bool(is_unique(jnp.asarray(private), jnp.asarray(public))) is wanted
    tau_private, tau_public = private**-2, public**-2
    assert bool(tau_public / np.sqrt(tau_private) <= np.sqrt(2.0 * np.pi)) is wanted


def threshold(
    *, several: float = 0.0, sunspot: float = 0.0, fullness: float = 0.0, **changes: float
) -> np.ndarray:
    given = (jnp.asarray(each) for each in (several, sunspot, fullness))
    return np.asarray(run_threshold(TIES, *given, who=followers(**changes)))


def test_without_ties_the_threshold_is_one_less_the_cost_ratio() -> None:
    assert threshold()[3] == pytest.approx(1.0 - 0.85)
    np.testing.assert_allclose(threshold(alignment_weight=0.0), 0.15)


def test_an_ally_adds_part_of_what_is_left_to_its_cost() -> None:
    np.testing.assert_allclose(threshold(), [0.075, 0.105, 0.1275, 0.15])
    cost = 0.85 + 0.5 * np.asarray(TIES) * 0.15
    np.testing.assert_allclose(threshold(), 1.0 - cost)


def test_panic_counts_only_where_there_are_several_outcomes_and_the_market_is_full() -> None:
    np.testing.assert_array_equal(threshold(sunspot=1.0, fullness=1.0), threshold())
    np.testing.assert_array_equal(threshold(several=1.0, sunspot=1.0), threshold())
    np.testing.assert_array_equal(threshold(several=1.0, fullness=1.0), threshold())
    np.testing.assert_allclose(threshold(several=1.0, sunspot=1.0, fullness=1.0), 1.0)
    half = threshold(several=1.0, sunspot=0.5, fullness=0.5)
    np.testing.assert_allclose(half, threshold() + 0.25 * (1.0 - threshold()))


def share(
    capacity: float, *, at_rest: float = 2.0, noise: float = 0.1, of: np.ndarray | None = None
) -> np.ndarray:
    calm = jnp.asarray(threshold())
    given = (jnp.asarray(each) for each in (at_rest, noise))
    moved = calm if of is None else jnp.asarray(of)
    return np.asarray(sharing(moved, jnp.asarray(capacity), calm, *given))


def test_nobody_runs_at_rest() -> None:
    np.testing.assert_array_equal(share(2.0, at_rest=2.0), 0.0)
    np.testing.assert_array_equal(share(0.2, at_rest=0.2), 0.0)


@pytest.mark.parametrize("capacity", [0.0, 0.1, 0.15, 0.3, 1.5])
@pytest.mark.parametrize("noise", [0.05, 0.2])
def test_the_share_that_runs_is_a_difference_of_two_normal_tails(
    capacity: float, noise: float
) -> None:
    calm = np.array([0.075, 0.105, 0.1275, 0.15])
    panicky = calm + 0.3 * (1.0 - calm)
    wanted = norm.cdf((panicky - capacity) / noise) - norm.cdf((calm - 1.6) / noise)
    found = share(capacity, at_rest=1.6, noise=noise, of=panicky)
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-14)


@settings(max_examples=50, deadline=None)
@given(st.floats(0.0, 2.0), st.floats(0.0, 2.0), st.floats(0.02, 0.5))
def test_a_larger_seller_leaves_less_capacity_and_brings_a_larger_run(
    first: float, second: float, noise: float
) -> None:
    low, high = sorted((first, second))
    more, less = share(low, noise=noise), share(high, noise=noise)
    assert np.all(more >= less)
    assert np.all((more >= 0.0) & (more <= 1.0))


def test_capacity_at_the_threshold_makes_half_of_a_class_run() -> None:
    found = share(0.15, at_rest=50.0)
    assert found[3] == pytest.approx(0.5)
    assert share(0.14, at_rest=50.0)[3] > found[3] > share(0.16, at_rest=50.0)[3]


@pytest.mark.parametrize("capacity", [0.15, 0.2, 0.3])
def test_allies_run_less(capacity: float) -> None:
    found = share(capacity)
    assert np.all(np.diff(found) > 0.0)
    assert found[0] > 0.0


@pytest.mark.parametrize("capacity", [2.0, 3.0])
def test_more_room_than_at_rest_never_makes_a_run(capacity: float) -> None:
    np.testing.assert_array_equal(share(capacity, noise=0.5), 0.0)


def joined(*motives: float) -> float:
    return float(joining(jnp.asarray(motives)[:, None])[0])


def test_motives_act_one_after_the_other_on_what_is_left() -> None:
    assert joined(0.1, 0.2) == pytest.approx(1.0 - 0.9 * 0.8)
    assert joined(0.1, 0.2, 0.5) == pytest.approx(1.0 - 0.9 * 0.8 * 0.5)
    assert joined(0.3) == pytest.approx(0.3)
    assert joined(0.0, 0.0, 0.0) == 0.0
    assert joined(0.0, 1.0, 0.3) == 1.0
    assert joined(-0.5, 0.2) == pytest.approx(0.2)
    assert joined(3.0, 0.2) == 1.0


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=5, max_size=5), st.randoms())
def test_joined_motives_lie_between_the_largest_and_the_sum(
    parts: list[float], rng: Random
) -> None:
    found = joined(*parts)
    assert max(parts) - 1e-12 <= found <= min(sum(parts), 1.0) + 1e-12
    shuffled = list(parts)
    rng.shuffle(shuffled)
    assert joined(*shuffled) == pytest.approx(found, abs=1e-15)


def test_each_holder_has_motives_of_its_own() -> None:
    parts = jnp.asarray([[0.1, 0.0], [0.5, 0.0], [0.0, 0.2]])
    np.testing.assert_allclose(wanted_share(parts), [0.55, 0.2])


def lost(dollar: float, yen: float, us_rate: float, jp_rate: float) -> float:
    rates = jnp.asarray([us_rate, jp_rate])
    return float(lost_pickup(jnp.asarray(dollar), jnp.asarray(yen), rates))


def test_pickup_is_lost_to_yen_yields_and_to_the_cost_of_the_hedge() -> None:
    assert lost(0.0, 0.005, 0.0, 0.0) == pytest.approx(0.005)
    assert lost(0.0, 0.0, 0.01, 0.0) == pytest.approx(0.01)
    assert lost(0.0, 0.0, 0.0, -0.001) == pytest.approx(0.001)
    assert lost(0.004, 0.005, 0.01, 0.002) == pytest.approx(0.009)


def test_a_gain_of_pickup_sells_nothing() -> None:
    assert lost(0.0, 0.0, 0.0, 0.0) == 0.0
    assert lost(0.01, 0.0, 0.0, 0.0) == 0.0
    assert lost(0.0, -0.01, 0.0, 0.0) == 0.0
    assert lost(0.0, 0.0, -0.01, 0.0) == 0.0
    assert lost(0.01, 0.01, 0.0, 0.0) == 0.0


def test_a_holder_gets_the_number_of_its_class_and_nothing_without_one() -> None:
    member = jnp.asarray([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    found = sold_by_class(jnp.asarray([0.2, 0.7, 0.9]), member)
    np.testing.assert_array_equal(found, [0.7, 0.2, 0.0])
