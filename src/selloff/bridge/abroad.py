"""Bond markets abroad: what Treasuries do to them, and they to themselves and to Treasuries."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.data import Vintage, bonds_abroad
from selloff.evidence import Bank
from selloff.vocab import BOND_MARKETS, BP, FOREIGN, PCT, PRICES, TENORS

Numbers = NDArray[np.float64]
_FOLLOWS: Final = {
    "JPY": "wedge_spillover",
    "EUR": "wedge_spillover_europe",
    "GBP": "wedge_spillover_europe",
    "CNY": "wedge_spillover",
}
"""Parameter that says what part of the 10-year Treasury's move each market takes."""
_TEN: Final = TENORS.at("10Y")


def spillover(bank: Bank) -> Numbers:
    """Part of a move of the 10-year Treasury that each market abroad takes, by draw and market."""
    return np.stack([bank.draws[_FOLLOWS[currency]] for currency in FOREIGN], axis=1)


def bonds_bought_abroad(bank: Bank, world: Vintage, shape: Numbers) -> Numbers:
    """Outputs per USD bn of bonds bought in each market; of the core's answer only the `shape`.

    own = -b / (1% outstanding);  dollar curve = cross own shape;  others = spillover dollar 10-year
    """
    found = np.zeros((bank.n_draws, PRICES.fx.stop, len(BOND_MARKETS)))
    own = -bank.draws["bond_impact_abroad"][:, None] * BP / (PCT * _outstanding(world))
    cross = np.stack([bank.draws[f"bond_cross_{each.lower()}"] for each in BOND_MARKETS], axis=1)
    found[:, : PRICES.foreign.start] = shape / shape[:, _TEN, None] * (cross * own)[:, None]
    found[:, PRICES.foreign] = spillover(bank)[:, :, None] * found[:, _TEN, None]
    for market in BOND_MARKETS:
        at = BOND_MARKETS.at(market)
        found[:, PRICES.foreign.start + FOREIGN.at(market), at] = own[:, at]
    return found


def _outstanding(world: Vintage) -> Numbers:
    """Government bonds of each market abroad [USD bn]."""
    parts = bonds_abroad(world.date)
    return np.array([parts[each] * world.gdp_usd_bn[each] for each in BOND_MARKETS])
