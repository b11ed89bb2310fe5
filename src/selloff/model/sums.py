"""Sums over a handful of buckets, groups or sellers, and powers."""

from typing import Final, TypeVar

import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.arrays import Numbers

Tree = TypeVar("Tree")

DUST: Final = 1e-6
"""Face that counts as nothing, left or sold; the tolerance of the identities [USD bn]."""
TINY: Final = 1e-12
"""Keeps a division by nothing from being one; far below any amount [USD bn]."""


def add_up(values: Float[Array, "..."], axis: int | None = None) -> Float[Array, "..."]:
    """Add along a short axis, or along all of them.

    Written out term by term: at this size a library reduction costs more than the adding.

    Arguments:
        values: numbers in any unit.
        axis: the axis, or none for all [index].

    Returns:
        Sums in the same unit.

    Source: arithmetic.
    """
    if axis is None:
        return add_up(values.ravel(), 0) if values.ndim else values
    terms = [
        jax.lax.index_in_dim(values, i, axis, keepdims=False) for i in range(values.shape[axis])
    ]
    if not terms:
        return jnp.sum(values, axis=axis)
    while len(terms) > 1:
        pairs = [first + second for first, second in zip(terms[::2], terms[1::2], strict=False)]
        terms = pairs + terms[len(terms) - len(terms) % 2 :]
    return once(terms[0]) if values.shape[axis] > 1 else terms[0]


def once(numbers: Tree) -> Tree:
    """Have numbers that many read worked out once; they stay what they are, to the last bit.

    x / 1

    Arguments:
        numbers: arrays in any unit, or a tree of them.

    Returns:
        The same numbers.

    Source: arithmetic. XLA copies cheap operations into every reader, so a sum over buckets would
    be added up again for every number it is spread over: half the time of a step. XLA does not copy
    a division, and it cannot know that this divisor is one.
    """
    return jax.tree.map(_divided, numbers)


@jax.custom_jvp
def _divided(x: Numbers) -> Numbers:
    return x / _one_beside(x)


@_divided.defjvp
def _slope(at: tuple[Numbers], along: tuple[Numbers]) -> tuple[Numbers, Numbers]:
    one = _one_beside(at[0])
    return at[0] / one, along[0] / one


def _one_beside(x: Numbers) -> Numbers:
    return jnp.where(jnp.isnan(x), x, 1.0)


def largest(values: Float[Array, "..."]) -> Float[Array, ""]:
    """Largest of a handful of numbers.

    Arguments:
        values: numbers in any unit.

    Returns:
        The largest.

    Source: arithmetic; term by term for the reason given in `add_up`.
    """
    terms = list(values.ravel())
    while len(terms) > 1:
        pairs = [jnp.maximum(one, two) for one, two in zip(terms[::2], terms[1::2], strict=False)]
        terms = pairs + terms[len(terms) - len(terms) % 2 :]
    return once(terms[0])


def raised(base: Float[Array, "..."], power: Float[Array, "..."]) -> Float[Array, "..."]:
    """Raise to a power above zero.

    exp(p log x)

    Arguments:
        base: x, not below zero, in any unit.
        power: p, above zero [power].

    Returns:
        The power, zero for zero.

    Source: arithmetic; at half the cost of a library power, which has signs to look after. Zero
    is set apart twice, or its slope would be zero times infinity.
    """
    is_nothing = base <= 0.0
    return jnp.where(is_nothing, 0.0, jnp.exp(power * jnp.log(jnp.where(is_nothing, 1.0, base))))
