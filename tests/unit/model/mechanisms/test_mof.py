"""The Ministry of Finance sells dollars when the yen is weak, and buys when it is strong."""

import jax
import jax.numpy as jnp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.mechanisms.mof import MofRule, intervention

MOF = MofRule(
    trigger=jnp.asarray(0.05),
    pace=jnp.asarray(6.0),
    bond_share=jnp.asarray(0.8),
    trend_speed=jnp.asarray(2.9),
)
gaps = st.floats(-0.3, 0.3)
intervening = jax.jit(intervention)


def sold(gap: float, base_gap: float = 0.0) -> float:
    return float(intervening(jnp.asarray(gap), jnp.asarray(base_gap), MOF))


@pytest.mark.parametrize(
    ("gap", "wanted"),
    [(0.0, 0.0), (0.05, 0.0), (0.06, 1.2), (0.075, 3.0), (0.1, 6.0), (0.4, 6.0)],
)
def test_dollars_are_sold_from_the_trigger_to_twice_the_trigger(gap: float, wanted: float) -> None:
    assert sold(gap) == pytest.approx(wanted, abs=1e-12)
    assert sold(-gap) == pytest.approx(-wanted, abs=1e-12)


@settings(max_examples=50, deadline=None)
@given(gaps, gaps)
def test_a_strong_yen_is_the_mirror_of_a_weak_one(gap: float, base_gap: float) -> None:
    assert sold(-gap, -base_gap) == -sold(gap, base_gap)
    assert abs(sold(gap, base_gap)) <= 6.0


@settings(max_examples=50, deadline=None)
@given(gaps)
def test_what_the_baseline_would_have_seen_too_is_not_new(gap: float) -> None:
    assert sold(gap, gap) == 0.0


def test_only_the_difference_from_the_baseline_counts() -> None:
    assert sold(0.09, 0.06) == pytest.approx(6.0 * (0.8 - 0.2))
    assert sold(-0.09, -0.06) == pytest.approx(-6.0 * (0.8 - 0.2))
    assert sold(0.5, 0.1) == 0.0
    assert sold(0.06, 0.09) == 0.0
    assert sold(-0.09, 0.06) == pytest.approx(-6.0 * 0.8)
    assert sold(0.09, -0.04) == pytest.approx(6.0 * 0.8)


@settings(max_examples=50, deadline=None)
@given(gaps, gaps, st.floats(-0.05, 0.05))
def test_a_weaker_yen_never_brings_fewer_dollars(first: float, second: float, base: float) -> None:
    """The baseline is within its trigger, so that all intervention is new."""
    low, high = sorted((first, second))
    assert sold(low, base) <= sold(high, base)
