"""The answer in two plain sentences, with levels: what a person reads first, on screen or page."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.ending import frozen_count, is_answered
from selloff.report.estimate import Estimate, digits, from_draws, from_metric, in_time
from selloff.report.question import is_nothing_sold, spoken_list
from selloff.results import level_of, lowest, read_path
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, levels, span

Summary = Mapping[str, Any]

NO_ANSWER: Final = "No simulation gave an answer."
BACK: Final = 0.2
"""Share of the move below which a yield is said to be back; a word, no number hangs on it."""
BOTH: Final = 0.5
"""Share of the larger move from which the move to the other side is told as well."""
FAR: Final = {"us_10y": 0.5, "usdjpy": 5.0}
"""Move above which a level is said with a digit less."""
DIGITS: Final = {"us_10y": 2, "usdjpy": 1}


@dataclass(frozen=True)
class Move:
    """How far a level goes from where it opens, in the direction it goes farther."""

    start: str
    """The level it opens at."""
    end: str
    """The median of its farthest level."""
    ends: str
    """The 5-95% range of that level."""
    change: Estimate
    is_seen: bool
    """Whether it leaves the level it opens at, as that is written."""

    @property
    def verb(self) -> str:
        """Which way it goes."""
        return "falls" if self.change.p50 < 0.0 else "rises"

    @property
    def rest(self) -> str:
        """What is said of it where its move is not seen."""
        return "stays at" if self.change.is_nil else "hardly moves from"


def sentences(dataset: xr.Dataset, summary: Summary) -> tuple[str, ...]:
    """Say the answer: the 10-year yield, then the dollar in yen and the sale or the shares."""
    if not is_answered(dataset).any():
        return (NO_ANSWER,)
    return _ten_year(dataset, summary), _rest(dataset, summary)


def _ten_year(dataset: xr.Dataset, summary: Summary) -> str:
    path = read_path(dataset, levels()["us_10y"].change)
    sides = from_metric(summary, "us_10y_peak_bp"), from_draws(lowest(path), "bp")
    rise, fall = (_move(dataset, "us_10y", side) for side in sides)
    move, other = (rise, fall) if _is_up(*sides) else (fall, rise)
    if not move.is_seen:
        return f"The US 10-year yield {move.rest} {move.start}%."
    day, when = (_day(dataset, path, each) for each in (move, other))
    before, after = f"{move.verb} from {move.start}%", ""
    if other.is_seen and abs(other.change.p50) >= BOTH * abs(move.change.p50):
        if when.p50 < day.p50:
            before = (
                f"first {other.verb} from {move.start}% to about {other.end}%, then {move.verb}"
            )
        else:
            after = f", later {other.verb} to about {other.end}%"
    return (
        f"The US 10-year yield {before} to about {move.end}% ({move.ends}% in nine of ten "
        f"simulations) within {in_time(day).middle}{after}"
        f"{_a_year_on(dataset, summary, move, day)}."
    )


def _a_year_on(dataset: xr.Dataset, summary: Summary, move: Move, day: Estimate) -> str:
    year = from_metric(summary, "us_10y_after_1y_bp")
    if not year.is_known:
        return ""
    then = f"{digits(level_of(dataset, 'us_10y', year.p50), DIGITS['us_10y'])}% after a year"
    if day.p50 >= BUSINESS_DAYS_PER_YEAR:
        return f"; it stands at {then}"
    if abs(year.p50) <= BACK * abs(move.change.p50):
        return f" and is back at {then}"
    return f" and {'still ' if year.p50 * move.change.p50 > 0.0 else ''}stands at {then}"


def _rest(dataset: xr.Dataset, summary: Summary) -> str:
    low, high = (from_metric(summary, f"usdjpy_{one}_pct") for one in ("trough", "peak"))
    move = _move(dataset, "usdjpy", high if _is_up(high, low) else low)
    went = f"{move.verb} from {move.start} to about {move.end} yen"
    parts = [f"The dollar {went if move.is_seen else f'{move.rest} {move.start} yen'}"]
    parts += _shares(summary) if is_nothing_sold(dataset) else _sale(dataset, summary)
    return f"{spoken_list(parts)}."


def _sale(dataset: xr.Dataset, summary: Summary) -> list[str]:
    took = from_metric(summary, "days_to_complete")
    cost = from_metric(summary, "seller_total_cost_usd_bn")
    horizon = span(float(summary["horizon_years"]))
    is_open = not took.is_known or isinf(took.p50)
    still = f"the sale is not done after {horizon} in most simulations"
    if frozen_count(dataset) > dataset.sizes["draw"] / 2:
        still = "the United States freezes what is unsold in most simulations"
    parts = [still if is_open else f"the sale takes {in_time(took).middle}"]
    if cost.is_known:
        gain = cost.p50 < 0.0
        amount = (cost.turned() if gain else cost).middle
        parts.append(f"it {'earns' if gain else 'costs'} the sellers {amount} in all")
    return parts


def _shares(summary: Summary) -> list[str]:
    fall = from_metric(summary, "sp500_trough_pct")
    if not fall.is_known or fall.is_nil:
        return []
    return [f"US shares fall by {fall.turned().middle} at the worst"]


def _is_up(up: Estimate, down: Estimate) -> bool:
    """Say whether a number goes farther up than down."""
    return not down.is_known or up.p50 >= -down.p50


def _move(dataset: xr.Dataset, name: str, change: Estimate) -> Move:
    places, start = DIGITS[name], level_of(dataset, name, 0.0)
    ends = [level_of(dataset, name, one) for one in (change.p05, change.p50, change.p95)]
    is_seen = digits(ends[1], places) != digits(start, places)
    coarse = places - (abs(ends[1] - start) >= FAR[name])
    low, middle, high = (digits(one, coarse) for one in ends)
    return Move(
        digits(start, places).removesuffix(".0"), middle, f"{low} to {high}", change, is_seen
    )


def _day(dataset: xr.Dataset, path: NDArray[np.float64], move: Move) -> Estimate:
    """Summarise the day on which each draw's yield stands farthest out on the side of a move."""
    side = path if move.change.p50 >= 0.0 else -path
    steps = np.argmax(np.where(np.isfinite(side), side, -np.inf), axis=1)
    days = np.asarray(dataset["day"].to_numpy(), dtype=np.float64)
    return from_draws(days[steps][is_answered(dataset)], "business days")
