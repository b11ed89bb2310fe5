"""Whose bonds the sellers sell."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.bill import AREAS
from selloff.bridge.lower import Lowered
from selloff.bridge.rows import MINISTRY, holder_shares
from selloff.data import Vintage
from selloff.vocab import ASSET_CURRENCY, ASSETS, CURRENCIES, holders

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Origins:
    """Whose bonds are sold."""

    official: float
    """Share of the programme that comes from official books [fraction]."""
    ministry: Array
    """Share of each seller's programme that is the Ministry of Finance's [fraction]."""
    own: Mapping[str, float]
    """By currency, share of what officials put into it that is put there by its own issuer."""


def origins(lowered: Lowered, world: Vintage) -> Origins:
    """Find out whose bonds the sellers sell."""
    programme, into = (
        np.asarray(x) for x in (lowered.inputs.sale.programme, lowered.inputs.sale.into)
    )
    shares = holder_shares(lowered.rows, world)[len(lowered.rows.groups) :]
    sold = np.einsum("sb,shb->sh", programme, shares)
    table = holders()
    official = np.array([table[h].group == "foreign_official" for h in world.holders])
    total, reserves = sold.sum(axis=1), sold * official
    ministry = sold[:, [h == MINISTRY for h in world.holders]].sum(axis=1)
    own = {}
    for currency in CURRENCIES[1:]:
        placed = into[:, [ASSET_CURRENCY[asset] == currency for asset in ASSETS]].sum(axis=1)
        issuer = np.array([h.split("_")[0] in AREAS[currency] for h in world.holders])
        own[currency] = _share(
            placed @ (reserves * issuer).sum(axis=1), placed @ reserves.sum(axis=1)
        )
    return Origins(
        official=_share(reserves.sum(), total.sum()),
        ministry=ministry / np.where(total > 0.0, total, 1.0),
        own=own,
    )


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0.0 else 0.0
