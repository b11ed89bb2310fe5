"""The one table of levels: what a change against the baseline is set upon."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from selloff.vocab.rows import read_as, rows_of
from selloff.vocab.units import BP, PCT


@dataclass(frozen=True)
class Level:
    """One number people know by its level, such as a yield."""

    name: str
    label: str
    unit: str
    change: str
    """Series of the change, as recipes of metrics name one."""
    change_unit: str
    baseline: str
    """Number, series, or `1/series`; empty where a result knows none."""

    def add(self, baseline: Any, change: Any) -> Any:
        """Set a change upon a baseline.

        level = baseline (1 + change / 100) for a change in percent, baseline + change otherwise
        """
        if self.change_unit == "percent":
            return baseline * (1.0 + change * PCT)
        is_rate = self.change_unit == "bp" and self.unit == "percent"
        return baseline + change * (BP / PCT if is_rate else 1.0)


@cache
def levels() -> Mapping[str, Level]:
    """Read the table of levels."""
    return MappingProxyType({row.name: row for row in read_as(Level, rows_of("vocab", "levels"))})
