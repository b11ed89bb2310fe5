"""The answer in two plain sentences, with levels: what a person reads first, on screen or page."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.report.ending import is_answered
from selloff.report.estimate import Estimate, digits, from_draws, from_metric, in_time
from selloff.report.question import is_nothing_sold, spoken_list
from selloff.results import level_of, lowest, read_path
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, levels, span

Summary = Mapping[str, Any]

NO_ANSWER: Final = "No simulation gave an answer."
BACK: Final = 0.2
"""Share of the move below which a yield is said to be back; a word, no number hangs on it."""
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
    fall = from_draws(lowest(path), "bp")
    move = _move(dataset, "us_10y", fall, from_metric(summary, "us_10y_peak_bp"))
    if not move.is_seen:
        return f"The US 10-year yield {move.rest} {move.start}%."
    day = from_draws(_farthest_day(dataset, path, move.change), "business days")
    text = (
        f"The US 10-year yield {move.verb} from {move.start}% to about {move.end}% ({move.ends}% "
        f"in nine of ten simulations) within {in_time(day).middle}"
    )
    year = from_metric(summary, "us_10y_after_1y_bp")
    if not year.is_known:
        return f"{text}."
    then = f"{digits(level_of(dataset, 'us_10y', year.p50), DIGITS['us_10y'])}% after a year"
    if day.p50 >= BUSINESS_DAYS_PER_YEAR:
        return f"{text}; it stands at {then}."
    is_back = abs(year.p50) <= BACK * abs(move.change.p50)
    still = "still " if year.p50 * move.change.p50 > 0.0 else ""
    return f"{text} and {'is back' if is_back else f'{still}stands'} at {then}."


def _rest(dataset: xr.Dataset, summary: Summary) -> str:
    low, high = (from_metric(summary, f"usdjpy_{one}_pct") for one in ("trough", "peak"))
    move = _move(dataset, "usdjpy", low, high)
    went = f"{move.verb} from {move.start} to about {move.end} yen"
    parts = [f"The dollar {went if move.is_seen else f'{move.rest} {move.start} yen'}"]
    parts += _shares(summary) if is_nothing_sold(dataset) else _sale(summary)
    return f"{spoken_list(parts)}."


def _sale(summary: Summary) -> list[str]:
    took = from_metric(summary, "days_to_complete")
    cost = from_metric(summary, "seller_total_cost_usd_bn")
    horizon = span(float(summary["horizon_years"]))
    is_open = not took.is_known or isinf(took.p50)
    still = f"the sale is not done after {horizon} in most simulations"
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


def _move(dataset: xr.Dataset, name: str, down: Estimate, up: Estimate) -> Move:
    change = up if up.p50 >= -down.p50 or not down.is_known else down
    places, start = DIGITS[name], level_of(dataset, name, 0.0)
    ends = [level_of(dataset, name, one) for one in (change.p05, change.p50, change.p95)]
    is_seen = digits(ends[1], places) != digits(start, places)
    coarse = places - (abs(ends[1] - start) >= FAR[name])
    low, middle, high = (digits(one, coarse) for one in ends)
    return Move(
        digits(start, places).removesuffix(".0"), middle, f"{low} to {high}", change, is_seen
    )


def _farthest_day(
    dataset: xr.Dataset, path: NDArray[np.float64], change: Estimate
) -> NDArray[np.float64]:
    """Find the day on which each draw's yield stands farthest out."""
    up = path if change.p50 >= 0.0 else -path
    steps = np.argmax(np.where(np.isfinite(up), up, -np.inf), axis=1)
    days = np.asarray(dataset["day"].to_numpy(), dtype=np.float64)
    return np.asarray(days[steps][is_answered(dataset)])
