"""Japan down to arrays: exporters, the official book, and parameters in the model's units."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.build import build, read
from selloff.bridge.curve import between, par_yields
from selloff.bridge.operators import BUCKET_YEARS
from selloff.bridge.rows import MINISTRY
from selloff.data import Exporter, Vintage, exporters, insurer_dollar_bonds
from selloff.evidence import Bank, fixed
from selloff.model.economy.japan.core import JapanRules, JapanWorld
from selloff.model.pricing.bonds import bond_dv01, bond_price
from selloff.vocab import CURRENCIES, FOREIGN, PCT, TENOR_YEARS

Array = NDArray[np.float64]


@lru_cache(maxsize=4)
def japan_world(world: Vintage) -> JapanWorld:
    """Describe Japan as the books open."""
    price, durations = _official_book(world)
    hedged = fixed("hedge_ratio_insurers") * insurer_dollar_bonds().value
    return JapanWorld(
        level=put(1.0 / world.fx_usd_per_lc["JPY"]),
        per_yen=put([_per_yen(each) for each in exporters()]),
        price=put(price),
        durations=put(durations),
        hedged=put(hedged),
    )


def japan_rules(bank: Bank) -> JapanRules:
    """Turn the bank's draws into Japan's parameters."""
    rivals = read("japan.rivals", bank, axis=FOREIGN)
    return build(JapanRules, "japan", bank, rivals=put(rivals))


def _per_yen(company: Exporter) -> float:
    if company.per_yen is None or company.operating_profit is None:
        raise ValueError(f"exporters.csv: {company.id}: a figure is missing")
    return company.per_yen.value / company.operating_profit.value


def _official_book(world: Vintage) -> tuple[float, Array]:
    """Value of the ministry's Treasuries per face, and how it falls with each par yield."""
    book = world.books[world.holders.index(MINISTRY)] if MINISTRY in world.holders else None
    if book is None or book.sum() <= 0.0:
        return 1.0, np.zeros(len(TENOR_YEARS))
    return value_and_durations(book, world)


def value_and_durations(book: Array, world: Vintage) -> tuple[float, Array]:
    """Value of a book per face, and how its log falls with each par yield [years]."""
    years, coupons = np.array(BUCKET_YEARS), world.coupon_pct * PCT
    yields = par_yields(world.curves[CURRENCIES[0]], years)
    prices = bond_price(yields, coupons, years)
    dv01 = bond_dv01(yields, coupons, years)
    value = book @ prices
    return float(value / book.sum()), np.asarray(
        (book * dv01) @ between(years, TENOR_YEARS) / value
    )
