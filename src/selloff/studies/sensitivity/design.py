"""A sample of the independent inputs, and all that is asked of it."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.studies.measuring import Keyed, Measurer, Numbers
from selloff.studies.sensitivity.points import (
    SLOTS,
    Block,
    Nudge,
    Star,
    answer_points,
    shipped,
    slots,
)
from selloff.studies.sensitivity.slopes import STEP, Slope, slope

Array = NDArray[np.float64]
SIDES: Final = 6
"""Independent blocks for each block of the Saltelli sample, its two sides among them [count]."""


@dataclass(frozen=True)
class Design:
    """A sample of the independent inputs, and all that is asked of it."""

    text: str
    draws: int
    seed: int
    measurer: Measurer

    def blocks(self) -> list[tuple[int, int]]:
        """Cut the sample into blocks of at most the rows of the bank: first number and size."""
        most = shipped().bank.n_draws
        sizes = [most] * (self.draws // most) + [self.draws % most]
        return [(at * SIDES, size) for at, size in enumerate(sizes) if size]

    def points(self) -> list[Block]:
        """List the independent blocks."""
        return [
            Block(self.text, self.seed, size, number + side)
            for number, size in self.blocks()
            for side in range(SIDES)
        ]

    def answered(self, asked: Sequence[Keyed]) -> list[Numbers]:
        """Run blocks of points, or find them kept."""
        return self.measurer.answer(asked, answer_points)

    def swapped(self, groups: Mapping[str, tuple[str, ...]]) -> dict[str, Numbers]:
        """Answer the first side with each group of inputs taken from the second."""
        asked = [
            Block(self.text, self.seed, size, number, names, number + 1)
            for names in groups.values()
            for number, size in self.blocks()
        ]
        found, n = self.answered(asked), len(self.blocks())
        parts = (joined(found[at : at + n]) for at in range(0, len(found), n))
        return dict(zip(groups, parts, strict=True))

    def far(self, base: Numbers, metrics: Iterable[str]) -> dict[str, dict[str, float]]:
        """Move each input at a few points, all else and chance being equal: how far each metric
        moves on average.

        mean |f_A - f_ABi|.  Source: Campolongo, Saltelli and Cariboni (2011), radial design.
        """
        size = self.blocks()[0][1]
        parts = _parts(list(shipped().by_name))
        stars = [Star(self.text, self.seed, size, 0, 1, names) for names in parts]
        found = list(zip(parts, self.answered(stars), strict=True))
        return {
            metric: {
                name: _apart(base[metric][slot], moved[metric][slot])
                for names, moved in found
                for name, slot in zip(names, slots(size), strict=False)
            }
            for metric in metrics
        }

    def screened(self) -> int:
        """Count the draws behind `far`."""
        return len(_parts(list(shipped().by_name))) * self.blocks()[0][1]

    def nudged(self, names: Sequence[str]) -> int:
        """Count the draws behind slopes."""
        return (1 + 2 * math.ceil(len(names) / SLOTS)) * min(self.draws, shipped().bank.n_draws)

    def slopes(self, names: Sequence[str], metrics: Iterable[str]) -> dict[str, dict[str, Slope]]:
        """Move each parameter a little to either side of the median of all: slopes by metric."""
        size = min(self.draws, shipped().bank.n_draws)
        parts = _parts(names)
        nudges = [Nudge(self.text, self.seed, size, x, by) for by in (-STEP, STEP) for x in parts]
        base = Nudge(self.text, self.seed, size, (), 0.0)
        at, *ends = self.answered([base, *nudges])
        sides = list(zip(parts, ends[: len(parts)], ends[len(parts) :], strict=True))
        return {
            metric: {
                name: slope(below[metric][slot], at[metric][slot], above[metric][slot])
                for part, below, above in sides
                for name, slot in zip(part, slots(size), strict=False)
            }
            for metric in metrics
        }


def joined(answers: Sequence[Numbers]) -> Numbers:
    """Lay answers one after the other."""
    return {name: np.concatenate([each[name] for each in answers]) for name in answers[0]}


def _parts(names: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(names[at : at + SLOTS]) for at in range(0, len(names), SLOTS)]


def _apart(one: Array, other: Array) -> float:
    known = np.isfinite(one) & np.isfinite(other)
    return float(np.mean(np.abs(one - other)[known])) if known.any() else 0.0
