"""What other systems call our countries, currencies and sectors: the one table of codes."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from selloff.vocab.holders import Holder


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
    return MappingProxyType({row["list"]: CodeList(**row) for row in _rows("code_lists")})


@cache
def codes_by_label(kind: str) -> MappingProxyType[str, MappingProxyType[str, str]]:
    """Read the codes of residences, sectors or currencies: by label, then by list."""
    found: dict[str, dict[str, str]] = {}
    for row in _rows("codes"):
        if row["kind"] == kind:
            found.setdefault(row["label"], {})[row["list"]] = row["code"]
    return MappingProxyType({label: MappingProxyType(each) for label, each in found.items()})


def codes_of(holder: Holder) -> dict[str, str]:
    """Name a holder in other systems: its area and its sector, where they have a code."""
    area, sector = codes_by_label("residence"), codes_by_label("sector")
    return {**area.get(holder.residence, {}), **sector.get(holder.sector, {})}


def _rows(table: str) -> list[dict[str, Any]]:
    text = files("selloff.vocab").joinpath(f"{table}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
