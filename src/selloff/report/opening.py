"""The two charts of the answer: the number that moves, in levels, and who moved it how far."""

from typing import Final

from selloff.charts import Mark, Yardstick
from selloff.report.answer import AFTER, FALL, RISE, YEN_SIDES
from selloff.report.draw import fan
from selloff.report.facts import Facts
from selloff.report.question import listed
from selloff.report.section import Drawing
from selloff.report.split import waterfall
from selloff.report.told import TEN, YEN, Told, farther

RISE_DAYS: Final = 20
HOW: Final = (
    "Opening level and effect; extremes fall on different days, so their median lies off the line."
)


def first_figures(facts: Facts) -> list[Drawing]:
    """Draw the answer: the 10-year, or the dollar in yen where the 10-year hardly moves."""
    if not facts.is_told:
        return []
    ten, yen = farthest_ten(facts), farthest_yen(facts)
    if facts.level(ten.formula).middle != facts.start(TEN) or yen.is_nil:
        found = [ten_year(facts), split_ten(facts)]
    else:
        found = [dollar(facts), split_yen(facts)]
    return [one for one in found if one is not None]


def farthest_ten(facts: Facts) -> Told:
    """Read how far the 10-year goes, to the side on which it goes farther."""
    return farther(facts.told(RISE[0]), facts.told(FALL[0]))


def farthest_yen(facts: Facts) -> Told:
    """Read how far the dollar in yen goes, to the side on which it goes farther."""
    return farther(*map(facts.told, YEN_SIDES))


def ten_year(facts: Facts) -> Drawing:
    """Draw the level of the 10-year."""
    return _level(facts, farthest_ten(facts))


def dollar(facts: Facts) -> Drawing:
    """Draw the level of the dollar in yen."""
    return _level(facts, farthest_yen(facts))


def split_ten(facts: Facts) -> Drawing | None:
    """Draw who moves the 10-year: at its peak, or after a year where it falls farther."""
    at_peak = farthest_ten(facts).formula == RISE[0]
    return waterfall(facts, RISE[0] if at_peak else AFTER, "parts_us_10y")


def split_yen(facts: Facts) -> Drawing | None:
    """Draw who moves the dollar in yen."""
    return waterfall(facts, farthest_yen(facts).formula, "parts_usdjpy")


def _level(facts: Facts, far: Told) -> Drawing:
    """Draw a level with the median of its extremes, on the median of their days."""
    series = YEN if far.formula in YEN_SIDES else TEN
    level, is_up = facts.level(far.formula), far.formula in (RISE[0], YEN_SIDES[0])
    side, day = ("peak", RISE[1]) if is_up else ("lowest", FALL[1])
    name, label, page = ("usdjpy", "dollar", "exchange")
    if series == TEN:
        name, label, page = ("us_10y", "10-year", "pricing")
    title = f"The {label}: {facts.start(series)}, {level.middle} at its {side}"
    if series == TEN and facts.told(AFTER).estimate.is_known:
        title += f", {facts.level(AFTER).middle} a year on"
    when = facts.told(day.replace(TEN, series)).days
    mark = Mark(x=when, y=level.estimate.p50, label=f"median {side} {level.middle}")
    seen = _record(facts) if series == TEN and is_up else []
    drawn = fan(name, title, [facts], series, how=HOW, is_level=True, marks=[mark], records=seen)
    return Drawing(id=name, title=title, chart=drawn, page=page)


def _record(facts: Facts) -> list[Yardstick]:
    """Where the largest rise within twenty days since 1990 would have brought the 10-year."""
    rises = (one for one in listed(facts.dataset, "records") if one["business_days"] == RISE_DAYS)
    return [
        Yardstick(label="largest 20-day rise since 1990", y=float(facts.raised(TEN, one["limit"])))
        for one in rises
        if one["unit"] == "bp"
    ]
