"""The one table of mechanisms that a scenario can switch on and off."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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
    text = files("selloff.vocab").joinpath("mechanisms.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["name"]: Mechanism(
            **row
            | {
                "on_by_default": row["on_by_default"] == "true",
                "modules": tuple(row["modules"].split()),
            }
        )
        for row in rows
    }
