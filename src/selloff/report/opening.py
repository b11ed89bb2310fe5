"""The two charts of the answer: the number that moves, in levels, and who moved it how far."""

from typing import Final

import numpy as np

from selloff.charts import Mark, Yardstick
from selloff.report.answer import is_dollar_up
from selloff.report.draw import days, fan
from selloff.report.facts import TEN, YEN, Facts
from selloff.report.question import listed
from selloff.report.section import Drawing
from selloff.report.split import waterfall

RISE_DAYS: Final = 20
HOW: Final = (
    "Opening level and effect; extremes fall on different days, so their median lies off the line."
)


def first_figures(facts: Facts) -> list[Drawing]:
    """Draw the answer: the 10-year, or the dollar in yen where the 10-year hardly moves."""
    if not facts.is_told:
        return []
    yen = farthest_yen(facts)
    is_seen = facts.level("us_10y_peak_bp").middle != facts.start(TEN)
    if is_seen or facts.told(yen).is_nil:
        found = [ten_year(facts), waterfall(facts, "us_10y_peak_bp", "parts_us_10y")]
    else:
        found = [dollar(facts), waterfall(facts, yen, "parts_usdjpy")]
    return [one for one in found if one is not None]


def ten_year(facts: Facts) -> Drawing:
    """Draw the level of the 10-year."""
    peak, start = facts.level("us_10y_peak_bp"), facts.start(TEN)
    title = f"The 10-year: {start}, {peak.middle} at its peak"
    if facts.told("us_10y_after_1y_bp").estimate.is_known:
        title += f", {facts.level('us_10y_after_1y_bp').middle} a year on"
    when = _day(facts, facts.path(TEN)[facts.alive].argmax(axis=1))
    mark = Mark(x=when, y=peak.estimate.p50, label=f"median peak {peak.middle}")
    seen = _record(facts)
    drawn = fan("us_10y", title, [facts], TEN, how=HOW, is_level=True, marks=[mark], records=seen)
    return Drawing(id="us_10y", title=title, chart=drawn, page="pricing")


def farthest_yen(facts: Facts) -> str:
    """Name the side to which the dollar in yen goes farther."""
    return "usdjpy_peak_pct" if is_dollar_up(facts) else "usdjpy_trough_pct"


def dollar(facts: Facts) -> Drawing:
    """Draw the level of the dollar in yen."""
    extreme = farthest_yen(facts)
    level, start, path = facts.level(extreme), facts.start(YEN), facts.path(YEN)[facts.alive]
    side = "highest" if extreme == "usdjpy_peak_pct" else "lowest"
    title = f"The dollar: {start}, {level.middle} at its {side}"
    when = _day(facts, path.argmax(axis=1) if side == "highest" else path.argmin(axis=1))
    mark = Mark(x=when, y=level.estimate.p50, label=f"median of the {side} {level.middle}")
    drawn = fan("usdjpy", title, [facts], YEN, how=HOW, is_level=True, marks=[mark])
    return Drawing(id="usdjpy", title=title, chart=drawn, page="exchange")


def _day(facts: Facts, steps: np.ndarray) -> float:
    return float(np.median(days(facts)[steps]))


def _record(facts: Facts) -> list[Yardstick]:
    """Where the largest rise within twenty days since 1990 would have brought the 10-year."""
    rises = (one for one in listed(facts.dataset, "records") if one["business_days"] == RISE_DAYS)
    return [
        Yardstick(label="largest 20-day rise since 1990", y=float(facts.raised(TEN, one["limit"])))
        for one in rises
        if one["unit"] == "bp"
    ]
