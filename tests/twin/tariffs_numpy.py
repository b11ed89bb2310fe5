"""Tariffs in plain numbers, one quarter and one seller at a time."""

import math
from typing import Any


def paths(struck: Any, world: Any, rules: Any) -> list[tuple[float, ...]]:
    """US output, prices and customs, Japan's exports over output and its output by quarter."""
    step = 1.0 - math.exp(-float(rules.speed) / 4.0)
    dear = japan = 0.0
    found = []
    for row in struck:
        dear += step * (sum(f * m for f, m in zip(row, world.imports, strict=True)) - dear)
        japan += step * (sum(f * m for f, m in zip(row, world.japan, strict=True)) - japan)
        bill = float(rules.rate) * dear
        lost = -(1.0 - math.exp(-float(rules.trade) * float(rules.rate))) * japan
        home = -rules.output * bill, rules.store * bill, rules.customs * bill
        found.append((*home, lost, rules.kept * lost))
    return found
