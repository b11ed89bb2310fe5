"""Unit factors, and how the unit of a parameter is read; only the border multiplies by them."""

import re
from typing import Final

BP: Final = 1e-4
"""One basis point as a decimal."""
PCT: Final = 1e-2
"""One percent as a decimal."""
FACTORS: Final = {"": 1.0, "one": 1.0, "bp": BP, "pct": PCT, "percent": PCT, "100 x log": PCT}
"""What a number in each unit is as a decimal."""
_MEASURE: Final = re.compile(r"(100 x log)|(\d*) ?(bp|percent|pct)?")


def measure(words: str) -> float:
    """Read a unit as a number: `bp` is 0.0001, `10 percent of yen` is 0.1, `USD bn` is one."""
    found = _MEASURE.match(words)
    logs, count, word = found.groups("") if found else ("", "", "")
    return float(count or 1.0) * FACTORS[logs or word]


def factor(unit: str) -> float:
    """What turns a number in a unit into decimals: `bp per 100 bp` is 0.01."""
    over, _, under = unit.partition(" per ")
    return measure(over) / measure(under)


def dollar_year(unit: str) -> int | None:
    """Year of the dollars an amount is quoted in, where its unit names one."""
    found = re.search(r"\b20\d\d\b", unit) if unit.startswith("USD") else None
    return int(found.group()) if found else None
