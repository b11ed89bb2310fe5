"""What the twin reckons with: noise, bond prices, flows that die away, concave flows."""

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def noise_path(market: Any, clock: Any, own: Any, normals: Array) -> Any:
    """z[t] = D z[t-1] + v s[t] L e, and log depth mean-reverting from a stationary start.

    Row zero of the normals opens the books, its last column the depth; then a row a step.
    """
    n_f = market.shock.shape[-1]
    z = [0.0] * n_f
    log_depth = float(own.depth_volatility) * normals[0, n_f]
    noise, depth = [], []
    for t in range(len(clock.years)):
        kind = int(clock.kind[t])
        moved = [
            sum(market.shock[kind, f, g] * normals[t + 1, g] for g in range(n_f))
            for f in range(n_f)
        ]
        z = [
            market.decay[kind, f] * z[f] + own.noise_spread * market.swell[t, f] * moved[f]
            for f in range(n_f)
        ]
        kept = math.exp(-own.depth_decay * clock.years[t])
        spread = own.depth_volatility * math.sqrt(1.0 - kept * kept)
        log_depth = kept * log_depth + spread * normals[t + 1, n_f]
        noise.append(list(z))
        depth.append(math.exp(log_depth))
    return np.array(noise), np.array(depth)


def fate(normals: Array) -> tuple[float, float]:
    """Which of several equilibria holders drift to, and the hazard at which retaliation comes.

    The first two normals of the opening row: Phi(n), and -ln Phi(n), which is exponential.
    """
    return normal(normals[0, 0]), -math.log(normal(normals[0, 1]))


def normal(x: Any) -> float:
    """Distribution function of a standard normal."""
    return 0.5 * math.erfc(-float(x) / math.sqrt(2.0))


def clipped(x: float) -> float:
    """Between zero and one."""
    return min(max(x, 0.0), 1.0)


def bond_price(ytm: float, coupon: float, years: float) -> float:
    """Sum of the discounted cash flows, two a year."""
    n = round(2 * years)
    v = 1.0 / (1.0 + ytm / 2.0)
    return sum(coupon / 2.0 * v**i for i in range(1, n + 1)) + v**n


def left_of_flow(rate: float, years: float) -> float:
    """Average of exp(-rate u) for u between zero and the length of the step."""
    return (1.0 - math.exp(-rate * years)) / (rate * years)


def concave(flow: float, unit: float, power: float) -> float:
    """Proportional up to the unit flow, a power law beyond."""
    x = abs(flow) / unit
    size = x if x <= 1.0 else x**power
    return math.copysign(unit * size, flow) if flow else 0.0


def bent(x: float, seen: float, over: float) -> float:
    """As it is up to what was seen; beyond, towards so much more of it and no further."""
    if abs(x) <= seen:
        return x
    more = over * (1.0 - math.exp(-(abs(x) / seen - 1.0) / over))
    return math.copysign(seen * (1.0 + more), x)


def row(tree: Any, draw: int) -> Any:
    """One draw's parameters out of a tree of arrays."""
    return _mapped(tree, lambda value: np.asarray(value)[draw])


def plain(tree: Any) -> Any:
    """The same tree with NumPy arrays."""
    return _mapped(tree, np.asarray)


def _mapped(tree: Any, take: Callable[[Any], Any]) -> Any:
    if hasattr(tree, "shape"):
        return take(tree)
    if isinstance(tree, tuple):
        return tuple(_mapped(each, take) for each in tree)
    if isinstance(tree, dict):
        return {name: _mapped(each, take) for name, each in tree.items()}
    if not is_dataclass(tree):
        return tree
    found = {each.name: _mapped(getattr(tree, each.name), take) for each in fields(tree)}
    return SimpleNamespace(**found)
