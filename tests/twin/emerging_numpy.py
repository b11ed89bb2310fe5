"""Capital flows and currency crises in plain numbers, one economy and one quarter at a time."""

import math
from typing import Any

import numpy as np

from selloff.vocab import TENORS
from twin.arithmetic import bent


def log_odds(economies: Any, which: int, crisis: Any, reserves: float) -> float:
    """Intercept, each fundamental by how far it lies from its mean, and the float."""
    told = (
        -math.log(max(reserves, math.exp(-float(crisis.limits[1, 0])))),
        -float(economies.current_account[which]),
        math.log1p(float(economies.inflation[which])),
        float(economies.appreciation[which]),
        float(economies.debt[which]),
    )
    total = float(crisis.intercept)
    for i, (low, high) in enumerate(zip(*np.asarray(crisis.limits).tolist(), strict=True)):
        value = min(max(told[i], low), high)
        total += float(crisis.slopes[i]) * (value - crisis.centre[i]) / crisis.scale[i]
    return total + float(crisis.floating) * float(economies.regime[which, 2])


def chance(odds: float, spread: float) -> float:
    """Mean over the luck of a year, by nine nodes."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(9)
    total = 0.0
    for node, weight in zip(nodes, weights, strict=True):
        total += weight / (1.0 + math.exp(-(odds + spread * node)))
    return total / float(weights.sum())


def tight(dollar: float, vix: float, crisis: Any) -> float:
    """One in a world as tight as the summer of 2013."""
    load = max(dollar, 0.0) / float(crisis.tight[0]) + max(vix, 0.0) / float(crisis.tight[1])
    return min(load, 1.0)


def pressure(change: float, dollar: float, vix: float, crisis: Any) -> float:
    """What one year of the world adds to the log odds."""
    rising = max(change, 0.0) * tight(dollar, vix, crisis)
    told = tuple(x / float(u) for x, u in zip((rising, dollar, vix), crisis.unit, strict=True))
    return sum(
        float(g) * bent(x, float(seen), float(crisis.over))
        for g, x, seen in zip(crisis.world, told, crisis.seen, strict=True)
    )


def paths(
    drivers: Any, vix: Any, spent: Any, world: Any, rules: Any
) -> list[tuple[float, float, float, float, float]]:
    """Capital lost, chance without and with the sale, mark and defence, economy by economy."""
    last = len(vix) - 1
    quarters = [min(i, last) for i in range(8)]
    ten = [float(drivers.yields[q, TENORS.at("10Y")]) for q in quarters]
    dollar = [float(drivers.broad[q]) for q in quarters]
    fear = [float(vix[q]) for q in quarters]
    each, crisis = world.economies, rules.crisis
    tide = 0.0
    for q in range(4):
        grip = tight(dollar[q], fear[q], crisis)
        tide += float(rules.flow) * max(ten[q], 0.0) * grip / 4.0
        tide -= float(rules.relief) * max(-dollar[q], 0.0) * (1.0 - grip) / 4.0
    n = len(each.debt)
    odds = [log_odds(each, i, crisis, float(each.reserves[i])) for i in range(n)]
    mean_debt, mean_odds = sum(map(float, each.debt)) / n, sum(odds) / n
    raw = [
        min(float(each.debt[i]) / mean_debt, float(rules.debt_cap))
        * math.exp(float(rules.exposure) * (odds[i] - mean_odds))
        for i in range(n)
    ]
    first = pressure(ten[3], dollar[3], sum(fear[:4]) / 4.0, crisis)
    second = pressure(ten[7] - ten[3], dollar[7] - dollar[3], sum(fear[4:]) / 4.0, crisis)
    spread = float(crisis.year_spread)
    found = []
    for i in range(n):
        lost = tide * raw[i] / (sum(raw) / n)
        met = sum(float(rules.met[k]) * float(each.regime[i, k]) for k in range(3))
        marks = []
        for year in (range(4), range(3, 4)):
            moved = [
                sum(float(drivers.yields[quarters[q], m]) for q in year) / len(year)
                for m in range(len(TENORS))
            ]
            fall = sum(float(d) * y for d, y in zip(world.durations[i], moved, strict=True))
            marks.append(float(world.treasuries[i]) * fall)
        sold = [
            float(world.treasuries[i])
            * min(float(world.march[i]) * float(spent[q, 0]) + float(spent[q, 1]), 1.0)
            for q in quarters[:4]
        ]
        begun = log_odds(each, i, crisis, float(each.reserves[i]) - marks[0] - sum(sold) / 4.0)
        # One defence: what was met of the capital lost, or what was sold, if that is more.
        left = float(each.reserves[i]) - max(max(lost, 0.0) * met, sold[3]) - marks[1]
        quiet = chance(odds[i], spread)
        one = chance(begun + first, spread)
        two = chance(log_odds(each, i, crisis, left) + second, spread)
        after = 1.0 - (1.0 - one) * (1.0 - two)
        found.append((lost, 1.0 - (1.0 - quiet) ** 2, after, marks[1], sold[3]))
    return found
