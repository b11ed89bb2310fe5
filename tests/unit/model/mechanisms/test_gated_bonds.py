"""A central bank buys bonds when their yield rises beyond its gate, or above a cap."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.mechanisms.gated_bonds import GateRule, purchases

BOJ = GateRule(gate=jnp.asarray(40e-4), pace=jnp.asarray(6.0), cap_ramp=jnp.asarray(4e-4))
buying = jax.jit(purchases)


def bought(rise: float, *, level: float = 0.02, cap: float = np.inf) -> float:
    return float(buying(jnp.asarray(rise), jnp.asarray(level), jnp.asarray(cap), BOJ))


@pytest.mark.parametrize(
    ("rise_bp", "wanted"),
    [(-50, 0.0), (0, 0.0), (40, 0.0), (50, 1.5), (60, 3.0), (80, 6.0), (300, 6.0)],
)
def test_purchases_rise_from_the_gate_to_twice_the_gate(rise_bp: float, wanted: float) -> None:
    assert bought(rise_bp * 1e-4) == pytest.approx(wanted, abs=1e-12)


def test_without_a_cap_the_level_does_not_matter() -> None:
    assert bought(60e-4, level=-0.01) == bought(60e-4, level=0.09)


@pytest.mark.parametrize(
    ("rise_bp", "wanted"),
    [(-50, 0.0), (0, 0.0), (20, 0.0), (21, 1.5), (22, 3.0), (24, 6.0), (90, 6.0)],
)
def test_a_cap_is_defended_within_a_ramp_and_only_where_the_rise_breaks_it(
    rise_bp: float, wanted: float
) -> None:
    """The baseline stands 20 bp below the cap; purchases are in full 4 bp above it."""
    assert bought(rise_bp * 1e-4, level=0.018, cap=0.02) == pytest.approx(wanted, abs=1e-9)


def test_a_breach_that_was_there_before_calls_for_nothing() -> None:
    assert bought(0.0, level=0.03, cap=0.02) == 0.0
    assert bought(-10e-4, level=0.03, cap=0.02) == 0.0
    assert bought(0.0, level=0.02, cap=0.02) == 0.0
    assert bought(1e-4, level=0.03, cap=0.02) == pytest.approx(1.5)


@settings(max_examples=50, deadline=None)
@given(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05), st.floats(0.0, 0.04), st.floats(0.0, 0.04))
def test_purchases_never_fall_with_the_rise_and_never_pass_the_pace(
    first: float, second: float, level: float, cap: float
) -> None:
    low, high = sorted((first, second))
    for limit in (cap, np.inf):
        less, more = (bought(rise, level=level, cap=limit) for rise in (low, high))
        assert 0.0 <= less <= more <= 6.0
