"""Unit factors, how the unit of a parameter is read, and lengths of time in words."""

import re
from math import isclose
from typing import Any, Final

from selloff.vocab.axes import BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_YEAR

BP: Final = 1e-4
"""One basis point as a decimal."""
PCT: Final = 1e-2
"""One percent as a decimal."""
_THREE_DIGITS: Final = 100.0
_FACTORS: Final = {"": 1.0, "bp": BP, "pct": PCT, "percent": PCT, "100 x log": PCT, "tn": 1e3}
"""What a number in each unit is as a decimal, an amount in billions."""
_MEASURE: Final = re.compile(r"(100 x log)|(?:USD )?(\d*) ?(bp|percent|pct|tn)?")


def other_way_round(percent: Any) -> Any:
    """Turn a percent move of a rate round: of yen per dollar, given that of dollars per yen."""
    return 100.0 * (1.0 / (1.0 + percent / 100.0) - 1.0)


def measure(words: str) -> float:
    """Read a unit as a number: `bp` is 0.0001, `10 percent of yen` is 0.1, `USD 100bn` is 100."""
    found = _MEASURE.match(words)
    logs, count, word = found.groups("") if found else ("", "", "")
    return float(count or 1.0) * _FACTORS[logs or word]


def factor(unit: str) -> float:
    """What turns a number in a unit into decimals: `bp per 100 bp` is 0.01."""
    over, _, under = unit.partition(" per ")
    return measure(over) / measure(under)


def dollar_year(unit: str) -> int | None:
    """Year of the dollars an amount is quoted in, where its unit names one."""
    found = re.search(r"\b20\d\d\b", unit) if unit.startswith("USD") else None
    return int(found.group()) if found else None


def three_digits(value: float) -> str:
    """Write a number in three digits at least."""
    return f"{value:,.0f}" if abs(value) >= _THREE_DIGITS else f"{value:.3g}"


def span(years: float) -> str:
    """Say a length of time."""
    months = years * BUSINESS_DAYS_PER_YEAR / BUSINESS_DAYS_PER_MONTH
    if years >= 2.0 or isclose(years, 1.0):
        return _counted(f"{years:g}", "year")
    if months >= 1.0 or isclose(months, 1.0):
        return _counted(f"{months:.0f}", "month")
    return _counted(f"{max(1, round(years * BUSINESS_DAYS_PER_YEAR))}", "business day")


def _counted(number: str, word: str) -> str:
    return f"{number} {word}{'' if number == '1' else 's'}"
