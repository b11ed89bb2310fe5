"""A seller of bills buys them back later for longer paper."""

from typing import Final

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.sums import TINY, add_up
from selloff.vocab.axes import BUCKETS

BILLS: Final = BUCKETS.at("0-1Y")


def bucket_by_bucket(
    sales: Float[Array, " c"], left: Float[Array, "c b"], bills_first: Float[Array, " c"]
) -> Float[Array, "c b"]:
    """Say which maturities go: as they are held, or bills as long as there are any.

    bills = min(sales, bills left) for bills first; all else in proportion to what is left

    Arguments:
        sales: face each sells in the step [USD bn].
        left: face each still has, by bucket [USD bn].
        bills_first: one for who sells bills first [flag].

    Returns:
        Face sold by bucket [USD bn].

    Source: `assumptions/sold_first.csv`.
    """
    held = jnp.maximum(left, 0.0)
    bills = bills_first * jnp.minimum(sales, held[:, BILLS])
    rest = held.at[:, BILLS].multiply(1.0 - bills_first)
    sold = rest * ((sales - bills) / jnp.maximum(add_up(rest, 1), TINY))[:, None]
    return sold.at[:, BILLS].add(bills)


class Refill(eqx.Module):
    """How much of the bills comes back, and how soon.

    Source: Japan's bills after the interventions of 2022, 2024 and 2026; docs/model/seller.md.
    """

    share: Float[Array, "*d"]
    """Part of the bills sold that is bought back in the end [fraction]."""
    speed: Float[Array, "*d"]
    """Speed at which it is bought back [1/year]."""


def bills_to_buy(
    sold: Float[Array, " s"], bought: Float[Array, " s"], rule: Refill, years: Float[Array, ""]
) -> Float[Array, " s"]:
    """Say how many bills are bought back in a step.

    max(rho S - R, 0) (1 - exp(-v h))

    Arguments:
        sold: S, bills sold so far, face [USD bn].
        bought: R, bills bought back so far, face [USD bn].
        rule: rho and v.
        years: h, length of the step [years].

    Returns:
        Face bought back [USD bn].

    Source: bills of Japan fell when yen were bought and came back within two to five months.
    """
    return -jnp.expm1(-rule.speed * years) * jnp.maximum(rule.share * sold - bought, 0.0)


def for_longer_paper(bought: Float[Array, " s"], books: Float[Array, "s b"]) -> Float[Array, "s b"]:
    """Sell as much longer paper as bills are bought, in proportion to what is held.

    Arguments:
        bought: bills bought back, face [USD bn].
        books: what each seller holds and does not mean to sell, face [USD bn].

    Returns:
        Face sold by bucket, bills below zero; no more than there is [USD bn].

    Source: 99 USD bn of notes and bonds sold from June to September 2024 (Treasury International
    Capital, Table 3); that they are sold as held is an assumption.
    """
    longer = jnp.maximum(books.at[:, BILLS].set(0.0), 0.0)
    held = add_up(longer, 1)
    taken = jnp.minimum(bought, held)
    sold = longer * (taken / jnp.maximum(held, TINY))[:, None]
    return sold.at[:, BILLS].set(-taken)
