"""The one table of balance sheets, and what a country prefix stands for."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from selloff.vocab.rows import read_as, rows_of

CENTRAL_BANKS: Final = ("boj", "ecb", "boe", "pboc", "snb")
"""Central banks that buy and sell bonds of other markets than Treasuries."""
FOREIGN_GROUPS: Final = ("foreign_official", "foreign_private")
"""Groups whose books can be sold together."""
_GROUP_NAMES: Final = dict(
    zip(FOREIGN_GROUPS, ("Foreign officials", "Private holders abroad"), strict=True)
)


@dataclass(frozen=True)
class Holder:
    """One balance sheet that can hold Treasuries."""

    id: str
    """`<residence>_<sector>`, or `fed`."""
    name: str
    residence: str
    sector: str
    group: str
    """The level at which the market clears."""
    residence_basis: str
    """`owner`, or `custody` where the data see the custodian and not the owner."""


@cache
def _rows() -> tuple[Holder, ...]:
    return read_as(Holder, rows_of("vocab", "holders"))


def holders() -> dict[str, Holder]:
    """Read the table of holders."""
    return {holder.id: holder for holder in _rows()}


def country_books(prefix: str) -> tuple[str, ...]:
    """Name the books a country prefix stands for: `jpn` is official and private together."""
    return tuple(
        holder.id for holder in _rows() if holder.residence == prefix and holder.residence != "usa"
    )


def books_of(name: str) -> tuple[str, ...]:
    """Name the books that a word of a scenario stands for."""
    if name in FOREIGN_GROUPS:
        return tuple(holder.id for holder in _rows() if holder.group == name)
    return country_books(name) or (name,)


def name_of(who: str) -> str:
    """Name a seller for a reader; a country by what its books share."""
    if who in _GROUP_NAMES:
        return _GROUP_NAMES[who]
    names = [holders()[one].name for one in books_of(who) if one in holders()]
    return names[0] if who in holders() else names[0].partition(",")[0] if names else who
