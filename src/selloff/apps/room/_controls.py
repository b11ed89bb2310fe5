"""The controls of the page: one table of them, and the scenario that they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from selloff.vocab import ASSETS
from selloff.vocab.rows import rows_of

Values = dict[str, Any]
ALL: Final = "all"
SWITCH: Final = {"on": True, "off": False}
ASSET_WORDS: Final = {one.removesuffix("_cash"): one for one in ASSETS}
"""Words of the query for what proceeds become."""


@dataclass(frozen=True)
class Control:
    """One row of the table of controls."""

    name: str
    kind: str
    default: str
    least: str
    most: str
    unit: str
    group: str
    label: str
    writes: str
    help: str

    @property
    def places(self) -> list[list[str]]:
        """The fields of a scenario that it writes."""
        return [one.split(".") for one in self.writes.split()]


@cache
def controls() -> Mapping[str, Control]:
    """Read the table."""
    rows = rows_of("apps.room", "controls")
    return MappingProxyType({row["name"]: Control(**row) for row in rows})
