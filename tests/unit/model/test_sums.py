import jax
import jax.numpy as jnp
import numpy as np
import pytest

from selloff.model.sums import add_up, largest, once


@pytest.mark.parametrize("n_terms", [1, 2, 3, 7, 12])
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_sums_equal_those_of_numpy(n_terms: int, axis: int) -> None:
    shape = (n_terms, 4) if axis == 0 else (4, n_terms)
    values = np.random.default_rng(n_terms).normal(size=shape)
    np.testing.assert_allclose(add_up(jnp.asarray(values), axis), values.sum(axis), atol=1e-14)


def test_sum_over_all_axes_and_of_nothing() -> None:
    values = np.arange(12.0).reshape(3, 4)
    assert float(add_up(jnp.asarray(values))) == 66.0
    assert float(add_up(jnp.asarray(5.0))) == 5.0
    assert add_up(jnp.zeros((0, 3)), 0).tolist() == [0.0, 0.0, 0.0]


def test_largest_is_the_largest_even_when_all_are_negative() -> None:
    values = -1.0 - np.random.default_rng(3).random((3, 4))
    assert float(largest(jnp.asarray(values))) == values.max()
    assert np.isnan(float(largest(jnp.asarray([1.0, np.nan, 2.0]))))


def test_what_is_worked_out_once_stays_what_it_is() -> None:
    odd = [0.0, -0.0, 2.3e-308, -1e308, 0.1, np.inf, -np.inf, np.nan]
    given = {"odd": jnp.asarray(odd), "one": jnp.asarray(1.0 / 3.0)}
    for found in (once(given), jax.jit(once)(given)):
        for name, values in given.items():
            assert np.asarray(found[name]).tobytes() == np.asarray(values).tobytes()
    assert float(jax.grad(lambda x: 3.0 * once(x))(0.2)) == 3.0


def test_a_sum_is_added_up_once_whoever_reads_it() -> None:
    def spread(x: jax.Array, y: jax.Array) -> jax.Array:
        return add_up(x, 1)[:, None, None] * y

    x, y = jnp.ones((100, 7)), jnp.ones((100, 13, 7))
    program = jax.jit(spread).lower(x, y).compile().as_text() or ""
    spreads = [body for body in program.split("\n\n") if "f64[100,13,7]" in body]
    assert spreads
    assert not any(" add(" in body for body in spreads)
