"""Blocks of points: each draw has parameters of its own, and says whose chance it shares."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from selloff.engine import draw_rows
from selloff.evidence import load_bank
from selloff.pipeline import measure
from selloff.scenario import Scenario
from selloff.studies.measuring import Numbers, key_of
from selloff.studies.sensitivity.inputs import CHANCE, Unknowns

Array = NDArray[np.float64]
SLOTS: Final = 32
"""Inputs that one block moves, each in as many draws [count]."""
MEDIAN: Final = 0.5
_STREAM: Final = 9
"""Keeps these random numbers apart from those of a run."""


@cache
def shipped() -> Unknowns:
    """Give the inputs of the shipped bank."""
    return Unknowns(load_bank())


class Points(Protocol):
    """Draws with parameters of their own."""

    @property
    def scenario(self) -> str:
        """Give the scenario as JSON."""
        ...

    @property
    def draws(self) -> int:
        """Count them."""
        ...

    @property
    def chance(self) -> int:
        """Give the seed of their chance."""
        ...

    def values(self) -> dict[str, Array]:
        """Give the values of every parameter that varies, one a draw."""
        ...


@dataclass(frozen=True)
class Block:
    """Points of independent inputs; inputs that are swapped come from another block."""

    scenario: str
    """The scenario as JSON."""
    seed: int
    draws: int
    number: int
    swapped: tuple[str, ...] = ()
    other: int = 0

    @property
    def key(self) -> str:
        """Name all that the answer depends on."""
        return _key(self)

    @property
    def chance(self) -> int:
        """Seed of the chance of its draws."""
        return _seed(self.seed, self.other if CHANCE in self.swapped else self.number)

    def values(self) -> dict[str, Array]:
        """Give the values of every parameter that varies."""
        names = list(shipped().by_name)
        own, other = (_levels(self.seed, at, self.draws) for at in (self.number, self.other))
        return shipped().values(
            {name: (other if name in self.swapped else own)[at] for at, name in enumerate(names)}
        )


@dataclass(frozen=True)
class Star:
    """Points of a block, in each slot of which one input comes from another block."""

    scenario: str
    seed: int
    draws: int
    number: int
    other: int
    names: tuple[str, ...]
    """At most one a slot."""

    @property
    def key(self) -> str:
        """Name all that the answer depends on."""
        return _key(self)

    @property
    def chance(self) -> int:
        """Seed of the chance of its draws; that of its block."""
        return _seed(self.seed, self.number)

    def values(self) -> dict[str, Array]:
        """Give the values of every parameter that varies."""
        own, other = (_levels(self.seed, at, self.draws) for at in (self.number, self.other))
        place = {name: at for at, name in enumerate(shipped().by_name)}
        for name, slot in zip(self.names, slots(self.draws), strict=False):
            own[place[name], slot] = other[place[name], slot]
        return shipped().values(dict(zip(place, own, strict=True)))


@dataclass(frozen=True)
class Nudge:
    """The median of every parameter, and one parameter a slot moved off it."""

    scenario: str
    seed: int
    draws: int
    names: tuple[str, ...]
    """At most one a slot."""
    step: float
    """How far they are moved [standard deviations of the normal score]."""

    @property
    def key(self) -> str:
        """Name all that the answer depends on."""
        return _key(self)

    @property
    def chance(self) -> int:
        """Seed of the chance of its draws; that of every other nudge."""
        return _seed(self.seed, -1)

    def values(self) -> dict[str, Array]:
        """Give the values of every parameter that varies."""
        inputs = shipped()
        levels = {
            name: np.full(self.draws, inputs.middle(each) if each.is_group else MEDIAN)
            for name, each in inputs.by_name.items()
        }
        for name, slot in zip(self.names, slots(self.draws), strict=False):
            levels[name][slot] = ndtr(self.step)
        return inputs.values(levels)


def slots(draws: int) -> list[slice]:
    """Cut a block into slots of as many draws."""
    size = draws // SLOTS
    return [slice(at * size, (at + 1) * size) for at in range(SLOTS)]


def answer_points(asked: Points) -> Numbers:
    """Run a block: draw j has point j of it, whatever row of the bank it would have had."""
    bank = load_bank()
    rows = draw_rows(asked.chance, range(asked.draws), n_rows=bank.n_draws)
    # The bank keeps its size, so that these runs share compiled programs with all others.
    moved = {name: _placed(bank.draws[name], at, rows) for name, at in asked.values().items()}
    return measure(
        Scenario.model_validate_json(asked.scenario),
        n_draws=asked.draws,
        seed=asked.chance,
        bank=replace(bank, draws={**bank.draws, **moved}),
    )


def joined_values(blocks: list[Block]) -> Mapping[str, Array]:
    """Lay the values of several blocks one after the other."""
    parts = [each.values() for each in blocks]
    return {name: np.concatenate([part[name] for part in parts]) for name in shipped().scalars}


def _key(asked: Points) -> str:
    """Points name themselves: whatever becomes of how they are made, an answer is of its points."""
    made = hashlib.sha256()
    for name, values in asked.values().items():
        made.update(name.encode() + values.tobytes())
    return key_of(asked.scenario, (asked.draws, asked.chance, made.hexdigest()))


def _placed(column: Array, values: Array, rows: NDArray[np.int64]) -> Array:
    found = column.copy()
    found[rows] = values
    return found


def _levels(seed: int, number: int, draws: int) -> Array:
    """One row an input, so that fewer draws are not the first of more."""
    rng = np.random.default_rng([seed, number, _STREAM])
    return rng.uniform(size=(draws, len(shipped().by_name))).T


def _seed(seed: int, number: int) -> int:
    """A seed of its own for each block."""
    return int(np.random.SeedSequence([seed, number + 1, _STREAM]).generate_state(1)[0])
