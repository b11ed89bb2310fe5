"""A number on the page: its words, and the way back to where it comes from."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import numpy as np
from markupsafe import Markup, escape

from selloff.report.estimate import Estimate, spread
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, Level, levels

TEN: Final = "delta_par_yield[tenor=10Y]"
YEN: Final = "yen_per_dollar"
YIELD: Final = "% yield"
LEVEL_UNITS: Final = {"percent": YIELD, "JPY per USD": "yen"}
"""Units of levels that stand beside changes, as the page writes them."""
CHANGE: Final = "change"
LEVEL: Final = "level"


@dataclass(frozen=True)
class Told:
    """An estimate with the formula it comes from, the run it belongs to, and how it reads."""

    estimate: Estimate
    formula: str
    """A metric's name, or a recipe of `results.metrics`."""
    side: str = ""
    kind: str = CHANGE
    has_range: bool = True
    beyond: str = ""
    """What of it lies beyond its record, in words."""

    @property
    def middle(self) -> str:
        """The median as plain text."""
        return self.estimate.middle

    @property
    def is_nil(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.estimate.is_known or self.estimate.is_nil

    @property
    def has_digit(self) -> bool:
        """Whether the median reads as other than zero."""
        return self.estimate.has_digit

    @property
    def _is_sure(self) -> bool:
        """Whether both ends read like the median."""
        low, _, high = self.estimate.ends.partition("–")
        return low == high and low in self.middle

    @property
    def days(self) -> float:
        """The median of a time [business days]."""
        per = BUSINESS_DAYS_PER_YEAR if self.estimate.unit == "years" else 1.0
        return per * self.estimate.p50

    @property
    def size(self) -> "Told":
        """The same without its sign, which the words around it give."""
        is_below = self.estimate.p50 < 0.0
        return replace(self, estimate=self.estimate.turned()) if is_below else self

    def __html__(self) -> Markup:
        """Link the median to its definition; the range stands behind it."""
        link = (
            f'<a class="n" href="#{anchor(self.formula)}" data-f="{escape(self.formula)}" '
            f'data-kind="{self.kind}" data-run="{self.side or "A"}">{escape(self.middle)}</a>'
        )
        if self.beyond:
            words = escape(self.beyond)
            link += f'<a class="beyond" href="#{anchor(self.formula)}" title="{words}">*</a>'
        if not self.has_range or not self.estimate.is_known or self._is_sure:
            return Markup(link)
        return Markup(f'{link} <span class="range">({escape(self.estimate.ends)})</span>')

    def __str__(self) -> str:
        return self.estimate.brief if self.has_range else self.middle


@cache
def levels_by_series() -> dict[str, Level]:
    """Levels by the series of their change."""
    return {one.change: one for one in levels().values()}


def level_unit(series: str) -> str:
    """Name the unit in which the page writes a level."""
    return LEVEL_UNITS[levels_by_series()[series].unit]


def at_level(change: Told, series: str, start: float) -> Told:
    """Set a change of a series upon the level of the opening."""
    one = change.estimate
    ends = levels_by_series()[series].add(start, np.array([one.p05, one.p50, one.p95]))
    return replace(change, estimate=spread(ends, level_unit(series)), kind=LEVEL)


def farther(up: Told, down: Told) -> Told:
    """Choose the side on which a number goes farther: in the median, of two zeros by the tail."""
    high, low = up.estimate, down.estimate
    if not low.is_known or high.p50 > -low.p50:
        return up
    if high.p50 == low.p50 == 0.0:
        return down if -low.p05 > high.p95 else up
    return up if high.p50 == -low.p50 else down


def series_of(formula: str) -> str:
    """Name the series that a recipe reads; whatever is no recipe stays."""
    return formula.split(":")[1] if ":" in formula else formula


def anchor(formula: str) -> str:
    """Name the place in the annex that defines a number: its metric's, or its variable's."""
    return f"n-{re.split(r'[^A-Za-z0-9_]', series_of(formula))[0]}"


def say(template: str, **parts: Any) -> Markup:
    """Fill a sentence; words from outside are escaped, numbers become links."""
    return Markup(template).format(**parts)
