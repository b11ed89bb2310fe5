"""Up to labels: trajectories become a dataset that meets the schema."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import jax
import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.bridge.derived import CapacityOutcome, Sources
from selloff.bridge.labels import attrs as labelled
from selloff.bridge.labels import coords
from selloff.bridge.lower import Lowered
from selloff.bridge.transmission import Economics
from selloff.data import Vintage
from selloff.engine import Outcome, Trajectory, Transmitted
from selloff.vocab import BP, PARTS, PCT, Variable, variables

Numbers = NDArray[np.float64]
JAPAN_BRANCHES: Final = ("neither", "yen_up_disinflation", "fiscal_dominance")
"""Branches Japan can be in, by code; no draw is in two."""
_CODES: Final = {
    "outcome": [code.name for code in Outcome],
    "japan_branch": JAPAN_BRANCHES,
    "capacity_outcome": [code.name for code in CapacityOutcome],
}
_FACTORS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "one": lambda values: values,
    "bp": lambda values: values / BP,
    "percent": lambda values: values / PCT,
    "tn": lambda values: values / 1e3,
    "log": lambda values: np.expm1(values) / PCT,
}
"""From the engine's units to those of the table; a log becomes a change in percent."""


@dataclass(eq=False)
class Answer:
    """Arrays of a run, filled chunk by chunk; units change here on the way out."""

    lowered: Lowered
    economics: Economics
    world: Vintage
    n_draws: int
    wanted: Collection[str] = field(default_factory=variables)
    """Variables of the table to take in."""
    arrays: dict[str, Numbers] = field(default_factory=dict)

    @property
    def known(self) -> Sources:
        """What is the same in every draw."""
        return Sources(self.lowered, self.economics, self.world)

    def add(self, start: int, chunk: Trajectory, economy: Transmitted) -> None:
        """Take in the draws of one chunk."""
        n = min(chunk.unsold.shape[0], self.n_draws - start)
        run, after = jax.tree.map(lambda leaf: np.asarray(leaf)[:n], (chunk, economy))
        sources = replace(self.known, run=run, economy=after)
        for name, row in self._rows(by_draw=True).items():
            values = _read(row, sources, row.source)
            if name not in self.arrays:
                self.arrays[name] = _room(row, values, self.n_draws)
            into = self.arrays[name][start : start + n]
            # Straight to where it stays: to put the opening in front would be another copy.
            if row.opening:
                into[:, 0] = 0.0 if row.opening == "0" else _read(row, sources, row.opening)
                into = into[:, 1:]
            into[:] = values

    def attribute(self, levels: Mapping[str, Mapping[str, Numbers]]) -> None:
        """Take in the headline numbers of every arm of an attribution: the draws that all have."""
        names = list(next(iter(levels.values())))
        n = min(values.size for arm in levels.values() for values in arm.values())
        table = np.full((self.n_draws, len(names), len(PARTS)), np.nan)
        for p, part in enumerate(PARTS):
            if part not in levels:
                table[:, :, p] = table[:, :, p - 1]
                continue
            for m, name in enumerate(names):
                table[:n, m, p] = levels[part][name][:n]
        self.arrays["attribution_level"] = table

    def dataset(self, attrs: Mapping[str, Any]) -> xr.Dataset:
        """Label everything."""
        known = self.known
        constants = {
            name: _read(row, known, row.source) for name, row in self._rows(by_draw=False).items()
        }
        arrays = constants | self.arrays
        data: dict[str, tuple[Any, Numbers, dict[str, Any]]] = {
            name: (row.dims, arrays[name], {"units": row.unit, "long_name": row.description})
            for name, row in variables().items()
            if name in arrays
        }
        for name in _CODES.keys() & data.keys():
            data[name][2].update(_flags(_CODES[name]))
        found = xr.Dataset(data, coords=coords(known, self.n_draws))
        return found.assign_attrs({**attrs, **labelled(known)})

    def _rows(self, *, by_draw: bool) -> dict[str, Variable]:
        return {
            name: row
            for name, row in variables().items()
            if name in self.wanted and row.source and ("draw" in row.dims) is by_draw
        }


def _flags(codes: Sequence[str]) -> dict[str, Any]:
    return {"flag_values": list(range(len(codes))), "flag_meanings": " ".join(codes)}


def _read(row: Variable, sources: Sources, source: str) -> Numbers:
    """A source in the unit of its row."""
    return np.asarray(_FACTORS[row.factor](np.asarray(sources.read(source))))


def _room(row: Variable, values: Numbers, n_draws: int) -> Numbers:
    """Room for all draws, and for the opening in front where the row has one."""
    shape = list(values.shape[1:])
    if row.opening:
        shape[0] += 1
    return np.empty((n_draws, *shape), values.dtype)
