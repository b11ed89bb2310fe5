"""What can be varied on its own: parameters, groups that are known only together, and chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.evidence import Bank, parameters, quantiles_to_values

Array = NDArray[np.float64]
CORE: Final = "pricing_core"
"""The calibrated core and what is drawn with it."""
CHANCE: Final = "chance"
"""Everything that is drawn by the number of the draw."""
_SOLVED: Final = ("permanent_impact", "supply_decay", "fx_impact")
"""Rows of the table that the search for the core gives."""


@dataclass(frozen=True)
class Input:
    """One input that is independent of all others."""

    name: str
    members: tuple[str, ...]
    """Parameters it moves; those of a group take one row of the bank together."""

    @property
    def is_group(self) -> bool:
        """Say whether its parameters are known only together."""
        return len(self.members) > 1


@dataclass(frozen=True, eq=False)
class Unknowns:
    """Every input of a bank, and how a number between 0 and 1 becomes its values."""

    bank: Bank

    @cached_property
    def by_name(self) -> Mapping[str, Input]:
        """Inputs by name: the core first, then groups and single parameters."""
        table = parameters()
        varying = [name for name, values in self.bank.draws.items() if _varies(values)]
        heads = {name: _head(name) for name in varying}
        groups: dict[str, list[str]] = {CORE: []}
        for name in varying:
            groups.setdefault(heads[name], []).append(name)
        found = {}
        for head, members in groups.items():
            name = head if len(members) == 1 or head not in table else f"{head}_and_kin"
            found[name] = Input(name, tuple(members))
        return found

    @cached_property
    def scalars(self) -> tuple[str, ...]:
        """Parameters of the table that are one number a draw."""
        names = (name for each in self.by_name.values() for name in each.members)
        return tuple(name for name in names if name in parameters())

    def values(self, levels: Mapping[str, Array]) -> dict[str, Array]:
        """Turn levels of each input into values of its parameters; of groups into rows."""
        found: dict[str, Array] = {}
        for name, at in levels.items():
            each = self.by_name[name]
            if each.is_group:
                rows = (at * self.bank.n_draws).astype(np.int64)
                found |= {member: self.bank.draws[member][rows] for member in each.members}
            else:
                found[name] = quantiles_to_values(parameters()[name], at)
        return found

    def middle(self, group: Input) -> float:
        """Level of the row of a group that lies nearest to the median of all its numbers."""
        rows = self.bank.n_draws
        columns = [
            self.bank.draws[name] for name in group.members if self.bank.draws[name].ndim == 1
        ]
        ranks = np.argsort(np.argsort(np.stack(columns), axis=1), axis=1)
        far = np.sum((ranks - 0.5 * (rows - 1)) ** 2, axis=0)
        return float((np.argmin(far) + 0.5) / rows)


def _varies(values: Array) -> bool:
    return bool((values != values[:1]).any())


def _head(name: str) -> str:
    """The parameter that another one is drawn with in the end; the core for what belongs to it."""
    table = parameters()
    if name not in table or name in _SOLVED:
        return CORE
    partner = table[name].drawn_with
    return _head(partner) if partner else name
