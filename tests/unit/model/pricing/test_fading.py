import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selloff.model.pricing.fading import fade, fading

flows = st.floats(-1e4, 1e4)


@settings(max_examples=50, deadline=None)
@given(flows, flows, st.floats(1e-3, 50.0), st.floats(1e-3, 1.0))
def test_carried_flow_is_exact_over_any_split_of_a_step(
    stock: float, flow: float, decay: float, years: float
) -> None:
    def carry(start: jax.Array, flow: float, years: float) -> jax.Array:
        return fade(start, jnp.full(2, flow), fading(jnp.asarray(decay), jnp.asarray(years)))

    whole = carry(jnp.full(2, stock), flow, years)
    third = carry(jnp.full(2, stock), flow / 4.0, years / 4.0)
    split = carry(third, 0.75 * flow, 0.75 * years)
    np.testing.assert_allclose(split, whole, rtol=1e-11, atol=1e-9)


def test_carried_flow_solves_its_differential_equation() -> None:
    decay, years, flow = 0.7, 0.5, 30.0
    over = fading(jnp.asarray(decay), jnp.asarray(years))
    found = fade(jnp.asarray([10.0]), jnp.asarray([flow]), over)
    level = flow / years / decay
    expected = level + (10.0 - level) * np.exp(-decay * years)
    assert float(found[0]) == pytest.approx(expected, rel=1e-14)
