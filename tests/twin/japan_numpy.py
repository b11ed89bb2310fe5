"""Japan in plain numbers, written from the equations of its three pages."""

import math
from typing import Any

import numpy as np

QUARTER = 0.25


def follow(targets: list[float], speed: float) -> list[float]:
    """Part of the way to the target in every quarter, from zero."""
    at, path = 0.0, []
    for target in targets:
        at = at * math.exp(-speed * QUARTER) + target * (1.0 - math.exp(-speed * QUARTER))
        path.append(at)
    return path


def branches(yen: list[float], jgb: list[float], rule: Any) -> list[int]:
    """Whichever road opens first shuts the other."""
    branch, path = 0, []
    for e, j in zip(yen, jgb, strict=True):
        if branch == 0 and e >= float(rule.yen):
            branch = 1
        elif branch == 0 and j >= float(rule.jgb) and e <= -float(rule.yen):
            branch = 2
        path.append(branch)
    return path


def paths(drivers: Any, held: Any, world: Any, rules: Any) -> dict[str, Any]:
    """Everything, quarter by quarter."""
    n_q = len(held)
    yen = [
        float(drivers.log_fx[t, 0] - np.dot(drivers.log_fx[t], rules.rivals)) for t in range(n_q)
    ]
    dollar_yen = [float(drivers.log_fx[t, 0]) for t in range(n_q)]
    jgb = [float(x) for x in drivers.jgb]
    branch = branches(yen, jgb, rules.branches)
    imported = follow(yen, float(rules.price_speed))
    followed = follow(yen, float(rules.trade_speed))
    long = float(rules.long_weight)
    cost = [long * jgb[t] + (1.0 - long) * float(drivers.rates[t, 1]) for t in range(n_q)]
    tightened = follow(cost, float(rules.rate_speed))
    covered = follow([math.exp(-e) - 1.0 for e in dollar_yen], float(rules.cover_speed))
    level, doubt = float(world.level), 0.0
    found: dict[str, Any] = {name: [] for name in ("cpi", "exports", "gdp", "profits")}
    found |= {name: [] for name in ("reserve_loss", "boj_assets", "hedge_bill")}
    for t in range(n_q):
        if branch[t] == 2 and yen[t] < 0.0 and jgb[t] > float(rules.branches.jgb):
            doubt += (
                QUARTER * float(rules.branches.inflation) * (jgb[t] - float(rules.branches.jgb))
            )
        found["cpi"].append(doubt - float(rules.pass_through) * imported[t])
        exports = -float(rules.exports) * followed[t]
        imports = float(rules.imports) * followed[t]
        found["exports"].append(exports)
        found["gdp"].append(
            float(rules.retained) * float(rules.trade_share) * (exports - imports)
            - float(rules.rate_effect) * tightened[t]
        )
        found["profits"].append([level * covered[t] * float(s) for s in world.per_yen])
        fall = dollar_yen[t] + sum(
            float(d) * float(dy) for d, dy in zip(world.durations, drivers.yields[t], strict=True)
        )
        value = float(held[t]) * float(world.price) * level
        found["reserve_loss"].append(value * (1.0 - math.exp(-fall)))
        found["boj_assets"].append(float(drivers.jgbs[t]) * level)
        gap = float(drivers.rates[t, 0]) - float(drivers.rates[t, 1])
        found["hedge_bill"].append(float(world.hedged) * gap)
    return found | {"branch": branch[-1]}
