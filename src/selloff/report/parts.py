"""Headline numbers split by mechanism, as numbers and as words."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite, isnan, nan
from typing import Any

from selloff.report.estimate import Estimate
from selloff.vocab import metrics

Summary = Mapping[str, Any]


@dataclass(frozen=True)
class Split:
    """One headline number and its parts, in one unit."""

    name: str
    unit: str
    total: float
    parts: dict[str, Estimate]

    @property
    def is_nil(self) -> bool:
        """Whether the median of every part and of the whole reads as zero."""
        medians = [one.p50 for one in self.parts.values()] + [self.total]
        known = [abs(one) for one in medians if not isnan(one)]
        largest = max(known, default=0.0)
        return Estimate(largest, largest, largest, self.unit).is_nil


def splits(summary: Summary) -> list[Split]:
    """Read the parts of every headline number."""
    held = (summary.get("attribution") or {}).get("metrics") or {}
    order = (summary.get("attribution") or {}).get("order") or ()
    found = []
    for name in metrics():
        if name in held:
            unit = str(held[name]["unit"])
            parts = {part: _part(held[name]["parts"][part], unit) for part in order}
            found.append(Split(name, unit, _number(held[name]["p50"]), parts))
    return [one for one in found if not one.is_nil]


def steps_words(split: Split) -> list[str]:
    """Write the parts, the first as it is and all others with their sign.

    Source: assumption; digits that differ within a row do not add up for the eye.
    """
    first, *rest = [one.p50 for one in split.parts.values()]
    return [_words(first, split), *(_signed(one, split) for one in rest)]


def total_words(split: Split) -> str:
    """Write the whole."""
    return _words(split.total, split)


def _signed(number: float, split: Split) -> str:
    word = _words(number, split) if isfinite(number) else "–"
    shows = any(digit in "123456789" for digit in word)
    return f"+{word}" if number > 0.0 and shows else word


def _words(number: float, split: Split) -> str:
    """A number in the digits of the largest of its row; times without their word."""
    if not isfinite(number):
        return "never" if number == inf else "–"
    numbers = [one.p50 for one in split.parts.values()] + [split.total]
    largest = max(abs(one) for one in numbers if isfinite(one))
    symmetric = Estimate(-largest, number, largest, split.unit)
    return symmetric.brief.split(" ")[0] if split.unit == "business days" else symmetric.middle


def _part(held: Mapping[str, Any], unit: str) -> Estimate:
    low, middle, high = (_number(held[key]) for key in ("p05", "p50", "p95"))
    return Estimate(low, middle, high, unit)


def _number(held: Any) -> float:
    return nan if held is None else float(held)
