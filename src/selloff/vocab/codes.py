"""What other systems call our countries, currencies and sectors: the one table of codes."""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from selloff.vocab.holders import Holder
from selloff.vocab.rows import read_as, rows_of


@dataclass(frozen=True)
class CodeList:
    """A list of codes that somebody else keeps."""

    list: str
    name: str
    source: str
    standing: str


@cache
def code_lists() -> MappingProxyType[str, CodeList]:
    """Read the lists whose codes stand in the table."""
    return MappingProxyType(
        {row.list: row for row in read_as(CodeList, rows_of("vocab", "code_lists"))}
    )


@cache
def codes_by_label(kind: str) -> MappingProxyType[str, MappingProxyType[str, str]]:
    """Read the codes of residences, sectors or currencies: by label, then by list."""
    found: dict[str, dict[str, str]] = {}
    for row in rows_of("vocab", "codes"):
        if row["kind"] == kind:
            found.setdefault(row["label"], {})[row["list"]] = row["code"]
    return MappingProxyType({label: MappingProxyType(each) for label, each in found.items()})


def codes_of(holder: Holder) -> dict[str, str]:
    """Name a holder in other systems: its area and its sector, where they have a code."""
    area, sector = codes_by_label("residence"), codes_by_label("sector")
    return {**area.get(holder.residence, {}), **sector.get(holder.sector, {})}
