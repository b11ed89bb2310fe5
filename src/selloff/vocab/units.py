"""Unit factors, and lengths of time in words; only `bridge` and `report` multiply by them."""

from math import isclose
from typing import Final

from selloff.vocab.axes import BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_YEAR

BP: Final = 1e-4
"""One basis point as a decimal."""
PCT: Final = 1e-2
"""One percent as a decimal."""


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
