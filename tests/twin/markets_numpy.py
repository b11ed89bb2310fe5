"""What the twin reckons of markets: term by term, in words of the pages on markets."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selloff.vocab import TENORS
from twin.arithmetic import bent

Array = NDArray[np.float64]
TYPES = ("growth", "policy", "premium", "yen", "dollar")


def mean_path(speed: float, years: float) -> float:
    """Average over so many years of a policy rate that starts at one and returns."""
    return (1.0 - math.exp(-speed * years)) / (speed * years)


def read(rate: float, two: float, ten: float, how: Any) -> tuple[float, float]:
    """Expected policy, then the premium that it leaves of the 10-year yield."""
    near, far = mean_path(float(how.reversion), 2.0), mean_path(float(how.reversion), 10.0)
    own = rate * near
    policy = own + float(how.reading) * (two - own)
    return policy, ten - policy / near * far


def slow(path: Array, years: Array, speed: float) -> list[float]:
    """What is left of each past move, each move summed by itself."""
    ends = np.cumsum(years)
    found = []
    for t in range(len(path)):
        left = 0.0
        for s in range(t + 1):
            move = float(path[s]) - (float(path[s - 1]) if s else 0.0)
            turns = speed * float(years[s])
            since = math.exp(-speed * float(ends[t] - ends[s]))
            left += move * (1.0 - math.exp(-turns)) / turns * since
        found.append(left)
    return found


def markets(drivers: Any, growth: Array, years: Array, rules: Any) -> dict[str, Array]:
    """All markets, step by step."""
    how = rules.expectations
    n_t = len(years)
    twos, tens = TENORS.pick(drivers.yields, "2Y"), TENORS.pick(drivers.yields, "10Y")
    then = []
    for two, ten, yen, dollar in np.asarray(rules.episodes):
        policy, premium = read(0.0, float(two), float(ten), how)
        then.append((0.0, policy, premium, float(yen), float(dollar)))
    found: dict[str, list[list[float]]] = {"volatility": [], "spreads": [], "assets": []}
    for t in range(n_t):
        policy, premium = read(float(drivers.rates[t, 0]), float(twos[t]), float(tens[t]), how)
        now = (growth[t], policy, premium, float(drivers.log_fx[t, 0]), float(drivers.broad[t]))
        stress = [float(drivers.stress[t, e]) for e in range(2)]
        rest = [now[i] - sum(stress[e] * then[e][i] for e in range(2)) for i in range(len(TYPES))]
        extra = [
            sum(float(rules.volatility.by_type[k, i]) * rest[i] for i in range(len(TYPES)))
            for k in range(2)
        ]
        for name, answers in found.items():
            rule = getattr(rules, name)
            row = []
            for k in range(rule.by_type.shape[0]):
                value = sum(float(rule.by_stress[k, e]) * stress[e] for e in range(2))
                value += sum(float(rule.by_type[k, i]) * rest[i] for i in range(len(TYPES)))
                if name == "spreads":
                    slopes = rules.spread_volatility[k]
                    value += sum(float(slopes[v]) * extra[v] for v in range(2))
                row.append(value)
            answers.append(row)
    volatility, assets = np.array(found["volatility"]), np.array(found["assets"])
    volatility = level_off(volatility, rules.seen.volatility, rules)
    late = slow(tens, years, float(rules.mortgage.speed))
    mortgage = [
        float(rules.mortgage.pass_through) * (float(tens[t]) - late[t])
        + float(rules.mortgage.volatility) * volatility[t, 1]
        for t in range(n_t)
    ]
    recent = slow(drivers.gold, years, float(rules.gold.speed))
    stays = float(rules.gold.lasting)
    for t in range(n_t):
        felt = stays * float(drivers.gold[t]) + (1.0 - stays) * recent[t]
        assets[t, 3] += math.log(1.0 + felt / float(rules.gold.depth))
    # Of a mortgage rate the spread levels off, not the yield below it.
    above = np.array(mortgage) - np.array(tens)
    rates = np.column_stack([above, np.array(found["spreads"])])
    rates = level_off(rates, rules.seen.rates, rules)
    rates[:, 0] += np.array(tens)
    assets = level_off(assets, rules.seen.assets, rules)
    return {"volatility": volatility, "rates": rates, "assets": assets}


def level_off(moves: Array, seen: Any, rules: Any) -> Array:
    """Number by number, to half as much again as was seen."""
    over = float(rules.over)
    return np.array(
        [[bent(x, float(s), over) for x, s in zip(row, seen, strict=True)] for row in moves]
    )
