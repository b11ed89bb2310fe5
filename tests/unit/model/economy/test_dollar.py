"""The broad dollar."""

import jax.numpy as jnp
import numpy as np

from selloff.model.economy.dollar import Basket, broad_dollar

BASKET = Basket(jnp.asarray([0.1, 0.3]), jnp.asarray([0.0, 0.5]))


def test_the_rest_of_the_basket_moves_with_the_currencies() -> None:
    moves = jnp.asarray([[0.0, 0.0], [0.01, 0.0], [0.0, 0.01]])
    found = np.asarray(broad_dollar(moves, BASKET))
    np.testing.assert_allclose(found, [0.0, -0.001, -0.01 * (0.3 + 0.6 * 0.5)])


def test_a_rest_that_moves_as_one_leaves_a_whole_basket() -> None:
    """Where all move alike and the rest with them, the dollar falls by as much."""
    whole = Basket(jnp.asarray([0.1, 0.3]), jnp.asarray([0.25, 0.75]))
    np.testing.assert_allclose(broad_dollar(jnp.full((1, 2), 0.02), whole), [-0.02])
