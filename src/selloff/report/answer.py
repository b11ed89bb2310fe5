"""The answer in two plain sentences, levels first: one builder for page, terminal and room."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf
from typing import Final

from markupsafe import Markup

from selloff.report.estimate import alone
from selloff.report.told import TEN, YEN, Told, at_level, farther, level_unit, say
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, span

NO_ANSWER: Final = "No simulation gave an answer."
NOTHING: Final = "Nothing is sold and nothing else is asked, so every price stays on its path."
RISE: Final = ("us_10y_peak_bp", f"day_of_highest:{TEN}")
FALL: Final = (f"lowest:{TEN}", f"day_of_lowest:{TEN}")
AFTER: Final = "us_10y_after_1y_bp"
YEN_SIDES: Final = ("usdjpy_peak_pct", "usdjpy_trough_pct")
TOOK: Final = "days_to_complete"
BILL: Final = "bill"
UNSOLD: Final = "end:unsold_face"
SHARES: Final = "sp500_trough_pct"
WANTED: Final = (*RISE, *FALL, AFTER, *YEN_SIDES, TOOK, UNSOLD, SHARES)
"""Formulas of the numbers that the sentences are told with, beside the bill."""
BACK: Final = 0.2
"""Share of the move below which a yield is said to be back; a word, no number hangs on it."""
BOTH: Final = 0.5
"""Share of the larger move from which the move to the other side is told as well."""
LITTLE: Final = 0.1
"""Fall of shares below which it is not told [percent]."""


@dataclass(frozen=True, kw_only=True)
class Gist:
    """All that the sentences need: no dataset and no draws, so medians with ranges are enough.

    `numbers` has those of `WANTED` that are known, and `BILL`; `start` the levels at the opening.
    """

    numbers: Mapping[str, Told]
    start: Mapping[str, float]
    """10-year yield [percent] and yen per dollar, by the series of their change."""
    years: float
    """Length of the run."""
    is_answered: bool = True
    """Whether any simulation has an answer."""
    is_sale: bool = True
    is_quiet: bool = False
    """Whether nothing at all is asked."""
    is_stressed: bool = False
    """Whether stress comes from elsewhere: it is in what the sale costs."""
    frozen_frac: float = 0.0
    """Share of simulations in which what is unsold is frozen."""


def sentences(gist: Gist) -> tuple[Markup, ...]:
    """Say the answer: the 10-year yield, then the dollar in yen and the sale or the shares."""
    if not gist.is_answered or gist.is_quiet:
        return (Markup(NOTHING if gist.is_answered else NO_ANSWER),)
    return _ten_year(gist), _rest(gist)


def _ten_year(gist: Gist) -> Markup:
    rise, fall = gist.numbers[RISE[0]], gist.numbers[FALL[0]]
    (far, day), (other, when) = (RISE, FALL) if farther(rise, fall) is rise else (FALL, RISE)
    start, level, took = _start(gist, TEN), _level(gist, TEN, far), gist.numbers[day]
    if level.middle == start:
        return say("The US 10-year yield stays at {level}.", level=level)
    there, (verb, turn) = _level(gist, TEN, other), _verbs(gist, far)
    move, back = (abs(gist.numbers[one].estimate.p50) for one in (far, other))
    is_both = there.middle != start and back >= BOTH * move
    is_first = is_both and gist.numbers[when].days < took.days
    first = say("first {turn} from {start} to {there}, then ", turn=turn, start=start, there=there)
    text = say(
        "The US 10-year yield {first}{verb} {start}to {level} within {took}",
        first=first if is_first else "", verb=verb,
        start="" if is_first else f"from {start} ", level=level, took=took,
    )  # fmt: skip
    later = say(", later {turn} to {there}", turn=turn, there=there)
    return text + (later if is_both and not is_first else "") + _a_year_on(gist, far, took) + "."


def _a_year_on(gist: Gist, far: str, took: Told) -> Markup:
    year, move = gist.numbers[AFTER].estimate, gist.numbers[far].estimate.p50
    if not year.is_known:
        return Markup("")
    level = _level(gist, TEN, AFTER)
    if took.days >= BUSINESS_DAYS_PER_YEAR:
        return say("; after a year it stands at {level}", level=level)
    still = "still stands" if year.p50 * move > 0.0 else "stands"
    words = "is back" if abs(year.p50) <= BACK * abs(move) else still
    return say(" and {words} at {level} after a year", words=words, level=level)


def _rest(gist: Gist) -> Markup:
    up, down = (gist.numbers[one] for one in YEN_SIDES)
    far = YEN_SIDES[farther(up, down) is down]
    start, level = _start(gist, YEN), _level(gist, YEN, far)
    text = say("The dollar stays at {level}", level=level)
    if level.middle != start:
        verb, _ = _verbs(gist, far)
        text = say("The dollar {verb} from {s} to {level}", verb=verb, s=start, level=level)
    return text + (_sale(gist) if gist.is_sale else _shares(gist)) + "."


def _sale(gist: Gist) -> Markup:
    took, unsold, cost = (gist.numbers[one] for one in (TOOK, UNSOLD, BILL))
    left = say(", {unsold},", unsold=unsold) if not unsold.is_nil else ""
    text, subject = say("; the sale takes {took}", took=took), ""
    if gist.frozen_frac > 0.5:
        words = "; in most simulations the United States freezes what is left{left}"
        text, subject = say(words, left=left), "the sale "
    elif not took.estimate.is_known or isinf(took.estimate.p50):
        words = "; in most simulations part of it{left} is unsold after {years}"
        text, subject = say(words, years=span(gist.years), left=left), "the sale "
    if not cost.estimate.is_known:
        return text
    verb = "earns" if cost.estimate.p50 < 0.0 else "costs"
    costs = " and {around}{subject}{verb} the sellers {cost} in all"
    around = "with the stress around it " if gist.is_stressed else ""
    return text + say(costs, around=around, subject=subject, verb=verb, cost=cost.size)


def _shares(gist: Gist) -> Markup:
    fall = gist.numbers[SHARES]
    if fall.is_nil or abs(fall.estimate.p50) < LITTLE:
        return Markup("")
    return say("; US shares fall by {fall} at the worst", fall=fall.size)


def _verbs(gist: Gist, far: str) -> tuple[str, str]:
    """Which way a number goes, and the other way."""
    return ("falls", "rises") if gist.numbers[far].estimate.p50 < 0.0 else ("rises", "falls")


def _level(gist: Gist, series: str, formula: str) -> Told:
    return at_level(gist.numbers[formula], series, gist.start[series])


def _start(gist: Gist, series: str) -> str:
    return alone(gist.start[series], level_unit(series))
