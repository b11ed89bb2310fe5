"""The one table of mechanisms that a scenario can switch on and off."""

from dataclasses import dataclass
from functools import cache

from selloff.vocab.rows import read_as, rows_of


@dataclass(frozen=True)
class Mechanism:
    """One way in which somebody answers."""

    name: str
    """Its switch in a scenario, and its name in results."""
    label: str
    """What a sentence calls it."""
    part: str
    """The part of a headline number it is counted under; one of `PARTS`."""
    on_by_default: bool
    page: str
    """Its page in `docs/model/`, without the ending."""
    modules: tuple[str, ...]
    """The model's mechanisms behind the switch."""
    description: str


@cache
def mechanisms() -> dict[str, Mechanism]:
    """Read the table of mechanisms."""
    return {row.name: row for row in read_as(Mechanism, rows_of("vocab", "mechanisms"))}
