"""Classes of colour of a map, worked out a second time."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10
from typing import Final

COLOURS: Final = 5
"""Colours on each side of zero."""
REACH: Final = 8.0
"""Most steps the farthest country may be out; beyond the last colour a class is open [steps]."""
NICE: Final = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Classes:
    """Classes of equal width: one around zero, others beyond, the last on each side open."""

    step: float
    up: int
    down: int

    def of(self, number: float) -> int:
        """Find the class: 0 within a step of zero, positive above, negative below."""
        steps = floor(abs(number) / self.step + 1e-9)
        return min(self.up, steps) if number > 0.0 else -min(self.down, steps)


def classes(numbers: Iterable[float]) -> Classes:
    """Choose classes that reach as far as the numbers do."""
    found = list(numbers)
    top, bottom = max(max(found, default=0.0), 0.0), max(-min(found, default=0.0), 0.0)
    need = max(top / REACH, bottom / REACH, 1e-4)
    power = 10.0 ** floor(log10(need))
    step = next(one * power for one in NICE if one * power >= need * (1.0 - 1e-9))
    up, down = (floor(end / step + 1e-9) for end in (top, bottom))
    return Classes(step, min(up, COLOURS), min(down, COLOURS))
