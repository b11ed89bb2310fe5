"""A number is never alone: a median with its 5-95% range, and how to say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite, isinf, isnan, nan
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selloff import results
from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR

LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
DRAFT_LEVELS: Final = (0.1, 0.5, 0.9)
"""Few draws do not know the ends of a range."""
MINUS: Final = "\N{MINUS SIGN}"
UNKNOWN: Final = "not available"
TENTHS: Final = (
    "percent", "%", "pct", "percentage points", "percent of GDP", "JPY tn", "USD tn",
)  # fmt: skip
"""Units whose numbers keep a tenth up to 100; exchange rates are read that finely."""

UNIT_WORDS: Final = {
    "bp": "bp",
    "percent": "%",
    "%": "%",
    "pct": "%",
    "fraction": "%",
    "% yield": "%",
    "percentage points": "pp",
    "percent of GDP": "% of GDP",
    "index points": " points",
    "ratio": "",
    "count": "",
}
"""Units that stick to the number; money goes around it, all others after a space."""
MONEY: Final = {
    "USD bn": ("$", "bn"),
    "USD tn": ("$", "tn"),
    "USD bn a year": ("$", "bn a year"),
    "USD a month": ("$", " a month"),
    "JPY tn": ("¥", "tn"),
    "JPY bn": ("¥", "bn"),
    "EUR bn": ("€", "bn"),
    "GBP bn": ("£", "bn"),
    "CNY bn": ("CN¥", "bn"),
}
"""What stands before and after an amount of money."""


def quantiles(
    draws: NDArray[np.float64], levels: tuple[float, ...] = LEVELS
) -> NDArray[np.float64]:
    """Take the quantiles of a fan over draws, leaving failed draws out."""
    return results.quantiles(draws, levels)


@dataclass(frozen=True)
class Estimate:
    """A median with its 5-95% range, in one unit."""

    p05: float
    p50: float
    p95: float
    unit: str

    @property
    def is_known(self) -> bool:
        """Whether any draw has the number."""
        return not (isnan(self.p05) or isnan(self.p50) or isnan(self.p95))

    @property
    def middle(self) -> str:
        """The median with its unit, such as 63bp."""
        if not self.is_known:
            return UNKNOWN
        if isinf(self.p50):
            return "never"
        return with_unit(self._digits(self.p50), self.unit)

    @property
    def ends(self) -> str:
        """The 5-95% range without its unit, such as 24-160."""
        if not self.is_known:
            return UNKNOWN
        low, high = self._digits(self.p05), self._digits(self.p95)
        if isinf(self.p95):
            first = with_unit(low, self.unit) if isinf(self.p50) else low
            return "never" if isinf(self.p05) else f"{first} to never"
        return f"{low} to {high}" if low.startswith(MINUS) else f"{low}–{high}"

    @property
    def text(self) -> str:
        """Median and range in one breath, such as 63bp (5-95%: 24-160)."""
        return f"{self.middle} (5–95%: {self.ends})" if self.is_known else UNKNOWN

    @property
    def brief(self) -> str:
        """Median and range for a table cell, such as 63bp (24-160); days go without the word."""
        if not self.is_known:
            return UNKNOWN
        is_days = self.unit == "business days" and not isinf(self.p50)
        middle = self._digits(self.p50) if is_days else self.middle
        return f"{middle} ({self.ends})"

    @property
    def written(self) -> dict[str, str]:
        """The digits of the median and of its ends."""
        return {name: self._digits(getattr(self, name)) for name in ("p05", "p50", "p95")}

    @property
    def is_nil(self) -> bool:
        """Whether the median and both ends read as zero."""
        return all(self._digits(one).strip("0.") == "" for one in (self.p05, self.p50, self.p95))

    @property
    def has_digit(self) -> bool:
        """Whether the median reads as other than zero."""
        return any(one in "123456789" for one in self.middle)

    def turned(self) -> "Estimate":
        """The same estimate with its sign turned."""
        return Estimate(0.0 - self.p95, 0.0 - self.p50, 0.0 - self.p05, self.unit)

    def _digits(self, number: float) -> str:
        scale = 100.0 if self.unit == "fraction" else 1.0
        ends = [abs(one) for one in (self.p05, self.p50, self.p95) if not isinf(one)]
        largest = scale * max(ends, default=0.0)
        if self.unit == "% yield":
            return digits(number, 2)
        whole = 100.0 if self.unit in TENTHS else 10.0
        decimals = 0 if largest >= whole or self.unit == "business days" else 1
        decimals = 2 if largest < 1.0 and self.unit != "business days" else decimals
        return digits(scale * number, decimals)


def spread(ends: ArrayLike, unit: str) -> Estimate:
    """Put low, middle and high together."""
    low, middle, high = np.asarray(ends, dtype=np.float64).tolist()
    return Estimate(low, middle, high, unit)


def in_time(number: Estimate) -> Estimate:
    """Turn long times from business days into years."""
    year = BUSINESS_DAYS_PER_YEAR
    is_long = number.unit == "business days" and number.is_known and number.p50 >= 2 * year
    if not is_long or isinf(number.p50):
        return number
    return Estimate(number.p05 / year, number.p50 / year, number.p95 / year, "years")


def alone(number: float, unit: str) -> str:
    """Write one number in the manner of an estimate, for a column beside its range."""
    return Estimate(number, number, number, unit).middle


def digits(number: float, decimals: int) -> str:
    """Write a number with thousands commas, a true minus and no minus zero.

    Source: assumption; the usual style of central-bank reports.
    """
    if not isfinite(number):
        return "–"
    text = f"{number:,.{decimals}f}"
    if float(text.replace(",", "")) == 0.0:
        return "0"
    return text.replace("-", MINUS)


def with_unit(text: str, unit: str) -> str:
    """Put the unit where a reader expects it.

    Source: assumption; the usual style of central-bank reports.
    """
    if unit in MONEY:
        before, after = MONEY[unit]
        sign = MINUS if text.startswith(MINUS) else ""
        return f"{sign}{before}{text.removeprefix(MINUS)}{after}"
    if unit in UNIT_WORDS:
        return text + UNIT_WORDS[unit]
    if unit == "business days" and text == "1":
        return "1 business day"
    return f"{text} {unit}".strip()


def from_draws(draws: NDArray[np.float64], unit: str) -> Estimate:
    """Summarise one number per draw."""
    low, _, middle, _, high = (float(level) for level in quantiles(np.asarray(draws)))
    return Estimate(low, middle, high, unit)


def from_metric(held: Mapping[str, Any], name: str) -> Estimate:
    """Read one headline number of a run's summary, or of one of its worlds."""
    entry = held["metrics"].get(name)
    return from_entry(entry) if isinstance(entry, Mapping) else Estimate(nan, nan, nan, "")


def from_entry(entry: Mapping[str, Any], unit: str = "") -> Estimate:
    """Read a median with its ends, in the unit it names where none is given."""
    own = unit or str(entry.get("unit", ""))
    # A time that is not there has no end; JSON has no infinity.
    absent = inf if own == "business days" else nan
    ends = (entry.get(key) for key in ("p05", "p50", "p95"))
    low, middle, high = (absent if one is None else float(one) for one in ends)
    return Estimate(low, middle, high, own)


def beyond(summary: Mapping[str, Any], name: str) -> str:
    """Read what of a headline number lies beyond its record; nothing where none does."""
    entry = summary["metrics"].get(name) or {}
    return str((entry.get("beyond") or {}).get("text", ""))
