"""Treasury books: ageing, redemptions, auctions and trades of every group."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.sums import add_up


class BookFlows(eqx.Module):
    """What changes a book of face amounts during one step; all in USD bn.

    Source: accounting, docs/model/books.md: stock[t] = stock[t-1] + net purchases + primary awards
    - redemptions + rolldown.
    """

    rolldown: Float[Array, "*h b"]
    """Bonds ageing into a bucket less bonds ageing out of it [USD bn]."""
    redemptions: Float[Array, "*h b"]
    """Bonds repaid [USD bn]."""
    primary_awards: Float[Array, "*h b"]
    """Bonds bought from the Treasury, net of buybacks [USD bn]."""
    net_purchases: Float[Array, "*h b"]
    """Bonds bought from other holders [USD bn]."""

    @property
    def total(self) -> Float[Array, "*h b"]:
        """Change of the book during the step [USD bn]."""
        return self.rolldown - self.redemptions + self.primary_awards + self.net_purchases


def age(
    book: Float[Array, "*h b"], widths: Float[Array, " b"], years: Float[Array, ""]
) -> tuple[Float[Array, "*h b"], Float[Array, "*h b"]]:
    """Let bonds grow older by one step.

    Each bucket passes h / width of its face down; the shortest one redeems it.

    Arguments:
        book: face by bucket [USD bn].
        widths: width of each bucket [years].
        years: length of the step [years].

    Returns:
        Rolldown and redemptions [USD bn].

    Source: assumption; maturities are spread evenly inside a bucket.
    """
    leaving = book * (years / widths)
    arriving = jnp.concatenate([leaving[..., 1:], jnp.zeros_like(leaving[..., :1])], axis=-1)
    redemptions = jnp.zeros_like(leaving).at[..., 0].set(leaving[..., 0])
    rolled_out = leaving.at[..., 0].set(0.0)
    return arriving - rolled_out, redemptions


def book_flows(
    holdings: Float[Array, "g b"],
    trades: Float[Array, "g b"],
    issuance: Float[Array, "g b"],
    *,
    widths: Float[Array, " b"],
    years: Float[Array, ""],
) -> tuple[BookFlows, BookFlows]:
    """One step of every group's book and of the Treasury's own account.

    Every group keeps its maturity mix: it replaces what ages or redeems, at auction in
    proportion to its book and for the rest from other holders.

    Arguments:
        holdings: face held at the start of the step [USD bn].
        trades: purchases of bonds of the sale, sales negative [USD bn].
        issuance: net new debt each group takes [USD bn].
        widths: width of each bucket [years].
        years: length of the step [years].

    Returns:
        Flows of the groups, and of the outstanding amount.

    Source: stock-flow identity of the house; the rebalancing rule is an assumption that makes
    the no-sale books calm.
    """
    outstanding = add_up(holdings, 0)
    rolldown, redemptions = age(holdings, widths, years)
    all_rolldown, all_redemptions = age(outstanding, widths, years)
    replacing = redemptions - rolldown
    auctioned = all_redemptions - all_rolldown
    share = holdings / jnp.where(outstanding > 0.0, outstanding, 1.0)
    awards = share * auctioned + issuance
    trades = trades + replacing - share * auctioned
    treasury = BookFlows(
        all_rolldown,
        all_redemptions,
        auctioned + add_up(issuance, 0),
        jnp.zeros_like(auctioned),
    )
    return BookFlows(rolldown, redemptions, awards, trades), treasury
