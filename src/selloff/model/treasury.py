"""The US Treasury: fewer long bonds and more bills when long yields rise."""

import jax.numpy as jnp
from jaxtyping import Array, Float


def shift_issuance(
    rise: Float[Array, ""],
    mix: Float[Array, " b"],
    *,
    at_hand: Float[Array, ""],
    response: Float[Array, ""],
    years: Float[Array, ""],
) -> Float[Array, " b"]:
    """Buy back long debt, or sell less of it, and sell bills instead.

    min(response x max(dy, 0), D / year) x h x mix;  mix sums to zero

    Arguments:
        rise: of the 10-year yield against the baseline [decimal].
        mix: what one dollar moves: bills up, long buckets down [fraction].
        at_hand: D, long debt outstanding; no more than all of it goes in a year [USD bn].
        response: face moved a year per unit of yield [USD bn a year].
        years: length h of the step [years].

    Returns:
        Change of net new debt by bucket, zero in all [USD bn].

    Source: assumption; bill shares were raised in 2020 and 2023, and buybacks began in 2024.
    """
    pace = jnp.minimum(response * jnp.maximum(rise, 0.0), jnp.maximum(at_hand, 0.0))
    return pace * years * mix
