"""What the seller's bill needs beside prices: hedges, yields given up, and its own currency."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.curve import par_yields, ten_years
from selloff.bridge.operators import BUCKET_YEARS
from selloff.bridge.rows import JAPAN_PRIVATE, Rows
from selloff.data import Vintage, short_rate_pct
from selloff.evidence import fixed
from selloff.vocab import ASSET_CURRENCY, ASSETS, CURRENCIES, FOREIGN, PCT, holders

Array = NDArray[np.float64]
_EURO_AREA: Final = (
    "aut bel bgr cyp deu esp est fin fra grc hrv irl ita ltu lux lva mlt nld prt svk svn"
)
AREAS: Final[Mapping[str, frozenset[str]]] = {
    "JPY": frozenset({"jpn"}),
    "EUR": frozenset(_EURO_AREA.split()),
    "GBP": frozenset({"gbr"}),
    "CNY": frozenset({"chn"}),
}
"""Whose own money each currency is: holders by the first part of their name, as of 2026."""


def unhedged_into(into: Array, planned: Array, who: Rows, world: Vintage) -> Array:
    """Let hedged private holders of yen repay their hedges: only the rest buys yen.

    Source: `hedge_ratio_insurers`; what is delivered into a forward moves no spot rate.
    """
    yen = np.array([ASSET_CURRENCY[asset] == "JPY" for asset in ASSETS])
    found = into.copy()
    for s, (members, face) in enumerate(zip(who.sellers, planned, strict=True)):
        books = world.books[list(members)]
        private = [world.holders[i] == JAPAN_PRIVATE for i in members]
        total = books.sum(axis=0)
        part = books[private].sum(axis=0) / np.where(total > 0.0, total, 1.0)
        sold = float(face.sum())
        repaid = fixed("hedge_ratio_insurers") * (part @ face) / sold if sold > 0.0 else 0.0
        found[s, yen] *= 1.0 - repaid
        found[s, ASSETS.at("usd_cash")] += repaid * into[s, yen].sum()
    return found


def given_up(world: Vintage) -> Array:
    """Yield of each bucket over the dollar's short rate as the books open."""
    bonds = par_yields(world.curves["USD"], np.array(BUCKET_YEARS))
    return np.asarray(bonds - short_rate_pct("USD", world.date, world.snapshot) * PCT)


def earned(world: Vintage) -> Array:
    """Yield of each asset over cash in its own currency: only bonds have one."""
    found = np.zeros(len(ASSETS))
    if "JPY" in world.curves:
        bonds = ten_years(world.curves["JPY"])
        found[ASSETS.at("jgb")] = bonds - short_rate_pct("JPY", world.date, world.snapshot) * PCT
    return found


def own_currency(who: Rows, programme: Array, world: Vintage) -> str:
    """Name the one currency that is every seller's own; the dollar where there is none."""
    faces = np.asarray(programme).sum(axis=1)
    table = holders()
    homes = {
        table[world.holders[i]].residence
        for members, face in zip(who.sellers, faces, strict=True)
        for i in members
        if face > 0.0
    }
    owners = [c for c in FOREIGN if homes and homes <= AREAS[c]]
    return owners[0] if owners else CURRENCIES[0]
