"""Books of every named holder, from the trades of their rows."""

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.bridge.lower import Lowered
from selloff.bridge.rows import ABSORBING, holder_shares
from selloff.data import Vintage
from selloff.engine import Record
from selloff.vocab import BUCKET_EDGES, BUCKETS

Numbers = NDArray[np.float64]
_FLOWS = ("net_purchases_face", "primary_awards_face", "redemptions_face", "rolldown_face")


def lift_ledger(
    record: Record, lowered: Lowered, world: Vintage, *, draws: list[int]
) -> xr.Dataset:
    """Write out the books of every holder, bucket and step for a few draws.

    Each holder ages, redeems and buys at auction on its own; bonds of the sale reach it as
    its fixed share of what its row trades.

    Arguments:
        record: everything the steps of these draws left behind.
        lowered: the run's inputs.
        world: the vintage.
        draws: numbers of the draws [index].

    Returns:
        Stocks and flows in face, stocks in market value, prices and debt outstanding.

    Source: MODEL section 8; a plain loop, written apart from the engine.
    """
    shares = holder_shares(lowered.rows, world)
    trades = np.einsum("dtrb,rhb->dthb", np.asarray(record.trades), shares)
    issued = np.asarray(lowered.inputs.books.issuance)
    taken = np.asarray(lowered.draws.shares)[[d % lowered.draws.speed.shape[0] for d in draws]]
    issuance = np.einsum("dgb,tb,ghb->dthb", taken, issued, shares[: len(ABSORBING)])
    base, after = np.asarray(record.base_price), np.asarray(record.price)
    books = [
        _one(world.books, trades[i], issuance[i], years=lowered.steps.years)
        for i in range(len(draws))
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


def _one(
    opening: Numbers, trades: Numbers, issuance: Numbers, *, years: Numbers
) -> dict[str, Numbers]:
    rate = 1.0 / np.diff(BUCKET_EDGES)
    stock, debt = opening.copy(), opening.sum(axis=0)
    out: dict[str, list[Numbers]] = {name: [np.zeros_like(opening)] for name in _FLOWS}
    out |= {"stock_face": [stock], "outstanding_face": [debt]}
    for traded, issued, h in zip(trades, issuance, years, strict=True):
        rolldown, redeemed = _age(stock, rate * h)
        all_rolldown, all_redeemed = _age(debt, rate * h)
        auctioned = all_redeemed - all_rolldown
        awards = stock / np.where(debt > 0.0, debt, 1.0) * auctioned
        bought = traded + redeemed - rolldown - awards
        stock = stock + bought + awards + issued - redeemed + rolldown
        debt = debt + all_rolldown - all_redeemed + auctioned + issued.sum(axis=0)
        flows = (bought, awards + issued, redeemed, rolldown)
        for name, flow in zip(_FLOWS, flows, strict=True):
            out[name].append(flow)
        out["stock_face"].append(stock)
        out["outstanding_face"].append(debt)
    return {name: np.stack(values) for name, values in out.items()}


def _age(book: Numbers, rate: Numbers) -> tuple[Numbers, Numbers]:
    """Bonds ageing in less bonds ageing out, and bonds repaid."""
    leaving = book * rate
    rolldown, redeemed = np.zeros_like(book), np.zeros_like(book)
    rolldown[..., :-1] += leaving[..., 1:]
    rolldown[..., 1:] -= leaving[..., 1:]
    redeemed[..., 0] = leaving[..., 0]
    return rolldown, redeemed
