"""Books of every named holder, from the trades of their rows."""

import jax
import jax.numpy as jnp
import numpy as np
import xarray as xr
from jaxtyping import Array, Float
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.lower import Lowered
from selloff.bridge.rows import ABSORBING, by_row, holder_shares, own_sales
from selloff.data import Vintage
from selloff.engine import Inputs, Record
from selloff.model.pricing.books import book_flows
from selloff.vocab import BUCKETS

Numbers = NDArray[np.float64]
_FLOWS = ("net_purchases_face", "primary_awards_face", "redemptions_face", "rolldown_face")


def lift_ledger(
    record: Record, lowered: Lowered, world: Vintage, *, draws: list[int], rows: NDArray[np.int64]
) -> xr.Dataset:
    """Write out the books of every holder, bucket and step for a few draws.

    Each holder ages, redeems and buys at auction on its own; bonds reach it as its fixed share
    of what its row trades, and what it sells of its own accord leaves its own book.
    """
    shares = holder_shares(lowered.rows, world)
    sold = own_sales(np.asarray(record.followed), lowered.rows, world)
    shared = np.asarray(record.trades) + by_row(sold, lowered.rows)
    trades = np.einsum("dtrb,rhb->dthb", shared, shares) - sold
    issued = np.asarray(lowered.inputs.books.issuance) + np.asarray(record.shifted)
    taken = np.asarray(lowered.draws.shares[rows])
    issuance = np.einsum("dgb,dtb,ghb->dthb", taken, issued, shares[: len(ABSORBING)])
    base, after = np.asarray(record.base_price), np.asarray(record.price)
    books = [
        _keep_books(put(world.books), traded, issued, lowered.inputs)
        for traded, issued in zip(trades, issuance, strict=True)
    ]
    price = np.concatenate([base[:, :1], after], axis=1)
    stock = np.stack([book["stock_face"] for book in books])
    dims = ("draw", "step", "holder", "bucket")
    data = {name: (dims, np.stack([book[name] for book in books])) for name in _FLOWS}
    debt = np.stack([book["outstanding_face"] for book in books])
    return xr.Dataset(
        {
            **data,
            "stock_face": (dims, stock),
            "stock_mv": (dims, stock * price[:, :, None, :]),
            "price": (("draw", "step", "bucket"), price),
            "outstanding_face": (("draw", "step", "bucket"), debt),
        },
        coords={
            "draw": draws,
            "step": np.arange(price.shape[1]),
            "holder": list(world.holders),
            "bucket": list(BUCKETS),
        },
        attrs={"units": "USD bn; price as a fraction of face", "vintage": world.id},
    )


@jax.jit
def _keep_books(
    opening: Float[Array, "h b"],
    trades: Float[Array, "t h b"],
    issuance: Float[Array, "t h b"],
    inputs: Inputs,
) -> dict[str, Float[Array, "t ..."]]:
    """Age, redeem, auction and trade, step by step, from the opening books."""

    def close(
        books: tuple[Array, Array], x: tuple[Array, Array, Array]
    ) -> tuple[tuple[Array, Array], dict[str, Array]]:
        stock, debt = books
        traded, issued, length = x
        flows, treasury = book_flows(
            stock, traded, issued, widths=inputs.books.widths, years=length
        )
        stock, debt = stock + flows.total, debt + treasury.total
        kept = {name: getattr(flows, name.removesuffix("_face")) for name in _FLOWS}
        return (stock, debt), kept | {"stock_face": stock, "outstanding_face": debt}

    debt = jnp.sum(opening, axis=0)
    _, kept = jax.lax.scan(close, (opening, debt), (trades, issuance, inputs.clock.years))
    first = {name: jnp.zeros_like(opening) for name in _FLOWS}
    first |= {"stock_face": opening, "outstanding_face": debt}
    return {name: jnp.concatenate([first[name][None], kept[name]]) for name in kept}
