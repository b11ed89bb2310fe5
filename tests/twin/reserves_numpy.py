"""Shares of reserves and the price of moving them, in plain numbers and loops."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
NAMES = ("USD", "EUR", "JPY", "GBP", "CNY", "gold", "other")
FX_COLUMN = {"JPY": 0, "EUR": 1, "GBP": 2, "CNY": 3}
GOES_INTO = {"jpy_cash": "JPY", "jgb": "JPY", "eur_cash": "EUR", "cny_cash": "CNY", "gold": "gold"}
PLACES = ("usd_cash", "jpy_cash", "jgb", "eur_cash", "cny_cash", "gold")


def add_up_to_one(weights: dict[str, float]) -> dict[str, float]:
    whole = sum(weights.values())
    return {name: weight / whole for name, weight in weights.items()}


def follow_shares(
    drivers: Any, placed: Array, bought: Array, gold: Array, feared: Any, world: Any, r: Any
) -> Any:
    """Base, sale and parts by year and asset; and whether the dollar is dethroned."""
    opening = dict(zip(NAMES, map(float, world.share), strict=True))
    drift = dict(zip(NAMES, map(float, r.drift), strict=True))
    taste = dict.fromkeys(NAMES, 0.0)
    pull = dict.fromkeys(NAMES, 0.0)
    grown = 0.0
    bases, sales, parts = [], [], []
    moved: dict[str, float] = {}
    for t in range(placed.shape[0]):
        grown += float(r.drift_kept) ** t
        base = add_up_to_one({k: opening[k] * math.exp(drift[k] * grown) for k in NAMES})
        moved = placed_shift(
            placed[t], base, world, years=t + 1, growth=float(r.growth), more=bought[t]
        )
        fear = float(r.freeze) * float(feared.frozen[t])
        for k in NAMES:
            wish = pull[k]
            if k == "USD":
                wish += -float(r.doubt) * float(feared.doubt[t]) - fear
                wish -= float(r.default) * float(feared.default[t])
            if k in ("EUR", "JPY", "GBP"):
                wish -= float(r.freeze_spill) * fear
            taste[k] = float(r.persistence) * taste[k] + (1.0 - float(r.persistence)) * wish
        worth = price_shift(drivers, gold, t, r)
        trades = add_up_to_one({k: base[k] * math.exp(moved[k]) for k in NAMES})
        valued = add_up_to_one({k: base[k] * math.exp(moved[k] + worth[k]) for k in NAMES})
        sale = add_up_to_one({k: base[k] * math.exp(moved[k] + worth[k] + taste[k]) for k in NAMES})
        # What prices alone did to a share is no loss of network.
        wanted = add_up_to_one({k: base[k] * math.exp(moved[k] + taste[k]) for k in NAMES})
        pull = following(wanted, base, r)
        parts.append(
            [[trades[k] - base[k], valued[k] - trades[k], sale[k] - valued[k]] for k in NAMES]
        )
        bases.append([base[k] for k in NAMES])
        sales.append([sale[k] for k in NAMES])
    end = dethroned(base, moved, taste, r)
    return np.array(bases), np.array(sales), np.array(parts), end


def placed_shift(placed: Array, base: dict[str, float], world: Any, **time: float) -> Any:
    whole = float(world.total) * math.exp(time["growth"] * time["years"])
    amounts = dict.fromkeys(NAMES, 0.0) | {"USD": float(time["more"])}
    for i, place in enumerate(PLACES):
        if place in GOES_INTO:
            amounts["USD"] -= placed[i]
            amounts[GOES_INTO[place]] += placed[i] * (1.0 - float(world.retired[i]))
    return {k: math.log(max(1.0 + amounts[k] / whole / base[k], 0.01)) for k in NAMES}


def price_shift(drivers: Any, gold: Array, t: int, r: Any) -> dict[str, float]:
    shift = dict.fromkeys(NAMES, 0.0)
    for k, column in FX_COLUMN.items():
        shift[k] = float(r.fx_passthrough) * float(drivers.log_fx[t, column])
    shift["gold"] = float(r.gold_passthrough) * float(gold[t])
    shift["other"] = -float(r.fx_passthrough) * float(drivers.broad[t])
    return shift


def following(share: dict[str, float], base: dict[str, float], r: Any) -> dict[str, float]:
    found = {}
    for i, k in enumerate(NAMES):
        gap = share[k] / (1.0 - share["gold"]) - base[k] / (1.0 - base["gold"])
        found[k] = float(r.network) * float(r.networked[i]) * gap
    return found


def dethroned(base: dict[str, float], moved: Any, taste: dict[str, float], r: Any) -> bool:
    for _ in range(200):
        share = add_up_to_one({k: base[k] * math.exp(moved[k] + taste[k]) for k in NAMES})
        pull = following(share, base, r)
        taste = {k: (taste[k] + pull[k]) / 2.0 for k in NAMES}
    end = add_up_to_one({k: base[k] * math.exp(moved[k] + taste[k]) for k in NAMES})
    rivals = ("EUR", "JPY", "GBP", "CNY")
    was_first = all(base["USD"] >= base[k] for k in rivals)
    return was_first and any(end["USD"] < end[k] for k in rivals)


def price_of_moving(amount: float, world: Any, r: Any, speed: int) -> list[float]:
    """Rise of each asset's price: speed 0 in a quarter, 1 over ten years."""
    found = []
    grown = math.exp(float(r.years[1]) / 2.0 * float(r.growth)) if speed == 1 else 1.0
    for i, k in enumerate(NAMES):
        if k == "gold":
            slope = float(r.gold) * float(r.gold_pace[speed])
            found.append(slope * amount / float(world.tonne))
            continue
        part = min(amount / (float(world.free[i]) * grown), float(r.most))
        wanted = float(r.bond) * float(r.bond_pace[speed]) * math.log(1.0 / (1.0 - part))
        top = float(world.duration[i]) * (float(world.bond_yield[i]) - float(r.floor))
        rise = top * (1.0 - math.exp(-wanted / top)) if top > 0.0 else 0.0
        if float(world.exchanged[i]):
            units = amount / (float(world.unit_flow[i]) * grown)
            concave = units if units <= 1.0 else units ** float(r.exchange_power)
            rise += float(r.exchange) * float(r.exchange_pace[speed]) * concave
        found.append(math.exp(rise) - 1.0)
    return found
