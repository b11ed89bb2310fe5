"""Trade of sellers with the United States, in the model's units."""

import numpy as np

from selloff.bridge.arrays import put
from selloff.bridge.build import build
from selloff.bridge.lower import Lowered
from selloff.data import Vintage
from selloff.evidence import Bank, fixed, parameters
from selloff.model.economy.tariffs import TariffRules, TariffWorld
from selloff.vocab import holders


def tariff_world(lowered: Lowered, world: Vintage) -> TariffWorld:
    """Find out what each seller's country sells to the United States; sellers of one share it."""
    table = holders()
    homes = [
        table[world.holders[members[0]]].residence if members else ""
        for members in lowered.rows.sellers
    ]
    sold = np.asarray(lowered.inputs.sale.programme).sum(axis=1) > 0.0
    count = {home: sum(h == home and s for h, s in zip(homes, sold, strict=True)) for home in homes}
    trade = [
        fixed(name) / max(count[home], 1) if (name := f"us_imports_{home}") in parameters() else 0.0
        for home in homes
    ]
    is_japan = np.array([home == "jpn" for home in homes], dtype=np.float64)
    gdp = world.gdp_usd_bn
    return TariffWorld(
        imports=put(np.array(trade) / gdp["USD"]),
        japan=put(is_japan * np.array(trade) / gdp["JPY"]),
    )


def tariff_rules(bank: Bank) -> TariffRules:
    """Turn the bank's draws into what tariffs do."""
    return build(TariffRules, "tariffs", bank)
