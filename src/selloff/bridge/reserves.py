"""Official reserves down to arrays: opening shares, markets, and parameters in model units."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.build import build, read
from selloff.bridge.curve import ten_years
from selloff.bridge.size import growth_since, unit_flow
from selloff.data import (
    OUNCES_PER_TONNE,
    OfficialReserves,
    Vintage,
    gold_price,
    official_gold_tonnes,
    official_reserves,
    reserve_fact,
)
from selloff.evidence import Bank, fixed
from selloff.model.economy.reserves.capacity import CapacityRules
from selloff.model.economy.reserves.shares import ReserveRules, ReserveWorld
from selloff.vocab import (
    ASSET_RESERVE,
    ASSETS,
    BUSINESS_DAYS_PER_YEAR,
    CURRENCIES,
    PCT,
    RESERVE_ASSETS,
)

Array = NDArray[np.float64]
_MARKET_YEAR: Final = 2025
"""Year of most sizes in the table of markets."""
_BILLIONS: Final = MappingProxyType({"bn": 1.0, "tn": 1e3})
_NOBODY: Final[Mapping[str, float]] = MappingProxyType({})


def reserve_world(world: Vintage, *, own: Mapping[str, float] = _NOBODY) -> ReserveWorld:
    """Describe official reserves as the books open."""
    opening = official_reserves(world.date, world.snapshot)
    sizes = capacity(world)
    areas = [_area(name, world) for name in RESERVE_ASSETS]
    retired = [own.get(ASSET_RESERVE[asset], 0.0) for asset in ASSETS]
    return ReserveWorld(
        share=put([opening.shares[name] for name in RESERVE_ASSETS]),
        total=put(opening.total_usd_bn),
        retired=put(retired),
        free=put([sizes[name] for name in RESERVE_ASSETS]),
        unit_flow=put([1.0 if area is None else unit_flow(area) for area in areas]),
        exchanged=put([0.0 if area is None else 1.0 for area in areas]),
        bond_yield=put([_bond_yield(name, world) for name in RESERVE_ASSETS]),
        duration=put([_duration(name) for name in RESERVE_ASSETS]),
        tonne=put(_tonne(opening)),
    )


@lru_cache(maxsize=4)
def capacity(world: Vintage) -> Mapping[str, float]:
    """Size of each market in which reserves could be held."""
    return MappingProxyType({name: _free(name, world) for name in RESERVE_ASSETS})


def reserve_rules(bank: Bank) -> ReserveRules:
    """Turn the bank's draws into reserve managers' choices."""
    networked = [float(name in CURRENCIES) for name in RESERVE_ASSETS]
    return build(
        ReserveRules,
        "reserves",
        bank,
        drift=put(read("reserves.drift", bank, axis=RESERVE_ASSETS)),
        networked=put(np.tile(networked, (bank.n_draws, 1))),
    )


def capacity_rules(bank: Bank) -> CapacityRules:
    """Turn the bank's draws into answers of prices to a buyer.

    pace = 1 + (jump / lasting) k in a quarter, k what of a jump is left on average while buying
    goes on evenly; over ten years also what is left on average of the lasting part
    """
    value = bank.draws
    jump = value["transient_impact"] / value["permanent_impact"]
    fade = np.log(2.0) / value["transient_half_life"]
    fx_jump = value["fx_transient"] / value["fx_impact"]
    fx_fade = np.log(2.0) * BUSINESS_DAYS_PER_YEAR / value["fx_transient_half_life"]
    patience = value["reserve_gold_patience"]
    return build(
        CapacityRules,
        "capacity",
        bank,
        bond_pace=put(_paces(jump, fade, value["supply_decay"])),
        exchange=put(PCT * value["fx_impact"]),
        exchange_pace=put(_paces(fx_jump, fx_fade, np.log(2.0) / value["fx_half_life"])),
        gold_pace=put(np.stack([np.ones(bank.n_draws), patience], axis=1)),
    )


def _paces(jump: Array, fade: Array, decay: Array) -> Array:
    fast = 1.0 + jump * _left(fade * fixed("reserve_fast_years"))
    years = fixed("reserve_slow_years")
    slow = _left(decay * years) + jump * _left(fade * years)
    return np.stack([fast, slow], axis=1)


def _left(exponent: Array) -> Array:
    """Mean of exp(-x) from zero to an exponent."""
    return np.asarray(-np.expm1(-exponent) / exponent)


def _free(name: str, world: Vintage) -> float:
    if name == "USD":
        held = world.books[world.holders.index("fed")].sum() if "fed" in world.holders else 0.0
        return float(world.outstanding.sum() - held)
    if name == "gold":
        tonnes = reserve_fact("gold", "above_ground").value - official_gold_tonnes(world.date)
        return tonnes * OUNCES_PER_TONNE * gold_price(world.date, world.snapshot)[0] / 1e9
    size, held = reserve_fact(name, "size"), reserve_fact(name, "held").value
    units = _BILLIONS[size.unit.split()[-1]] * world.fx_usd_per_lc.get(name, 1.0)
    growth = min(growth_since(_MARKET_YEAR, world), 1.0)
    return size.value * units * (1.0 - held) * growth


def _area(name: str, world: Vintage) -> float | None:
    """GDP behind a currency; nothing where none is exchanged."""
    if name in ("USD", "gold"):
        return None
    if name in world.gdp_usd_bn:
        return world.gdp_usd_bn[name]
    return reserve_fact(name, "gdp").value * min(growth_since(_MARKET_YEAR, world), 1.0)


def _bond_yield(name: str, world: Vintage) -> float:
    if name == "gold":
        return 0.0
    if name in world.curves:
        return ten_years(world.curves[name])
    return PCT * reserve_fact(name, "yield").value


def _duration(name: str) -> float:
    return 0.0 if name == "gold" else reserve_fact(name, "duration").value


def _tonne(opening: OfficialReserves) -> float:
    return opening.gold_usd_per_oz * OUNCES_PER_TONNE / 1e9
