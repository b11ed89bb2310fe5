"""The nowcast: is a holder selling quietly, fast or not at all, as far as the public can know."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from selloff.data import PACKAGED, Snapshot
from selloff.studies.monitor import kim
from selloff.studies.monitor.flows import FlowHistory, read_flows, too_early
from selloff.studies.monitor.ministry import funded
from selloff.studies.monitor.rules import REGIMES, Array, RuleDraws, draw
from selloff.studies.monitor.signals import FlowRead, readings, weeks_in
from selloff.studies.monitor.watched import holder
from selloff.studies.samples import spread_of
from selloff.vocab import InputError

N_DRAWS: Final = 200
"""Draws of the rules [count]."""
_MAD: Final = 1.4826
"""Median absolute deviation to standard deviation of a normal [ratio]."""
_FEWEST: Final = 24
"""Months needed to say what is usual [count]."""


@dataclass(frozen=True, eq=False)
class Track:
    """One way to read a holder's flows, filtered."""

    name: str
    flow: Array
    """Flow that was observed; NaN where it is not out yet [draw, month]."""
    filtered: kim.Filtered


@dataclass(frozen=True, eq=False)
class Nowcast:
    """What is known of a holder on a day."""

    day: date
    flows: FlowHistory
    funded: Array
    """Treasuries that interventions took [draw, month]."""
    tracks: dict[str, Track]
    """Flows as published, with interventions added back, and notes and bonds alone."""
    readings: tuple[FlowRead, ...]
    without: dict[str, Array]
    """Chances at the end without one signal [draw, regime]."""

    @property
    def months(self) -> pd.DatetimeIndex:
        """End of each month from the first that counts."""
        return self.flows.months

    def chance(self, track: str = "adjusted") -> Array:
        """Chance of each regime now [draw, regime]."""
        return self.tracks[track].filtered.chance[:, -1]


def nowcast(
    name: str,
    day: date,
    snapshot: Snapshot = PACKAGED,
    *,
    n_draws: int = N_DRAWS,
    seed: int = 0,
    without: str = "",
) -> Nowcast:
    """Filter what was public on a day, drawing the rules over their ranges.

    A holder that is not watched, or of which too little was known by the day, is refused."""
    rules, now = draw(n_draws, seed), pd.Timestamp(day)
    flows = read_flows(holder(name), day, rules, snapshot)
    if flows.told.size < _FEWEST:
        raise InputError([too_early(flows.holder, day, snapshot)])
    taken = funded(flows.intervention, rules.funding)
    adjusted = flows.net + taken
    unknown = np.where(flows.is_complete, 0.0, rules["unknown_intervention"][:, None])
    read = readings(flows, adjusted, now, rules, without=without)
    series = {"published": (flows.net, ()), "adjusted": (adjusted, read)}
    if (~np.isnan(flows.long_term)).sum() >= _FEWEST:
        series["long_term"] = (np.tile(flows.long_term, (n_draws, 1)), ())
    dynamics = _dynamics(_usual(adjusted, rules), rules)
    n_months = len(flows.months)

    def filtered(seen: Array, signals: tuple[FlowRead, ...]) -> kim.Filtered:
        return kim.run(_weeks(seen, flows, signals, unknown), dynamics, n_months)

    tracks = {
        track: Track(track, seen, filtered(seen, signals))
        for track, (seen, signals) in series.items()
    }
    left_out = {
        each.signal.name: filtered(adjusted, tuple(one for one in read if one is not each))
        for each in (() if without else read)
    }
    chances = {name: again.chance[:, -1] for name, again in left_out.items()}
    return Nowcast(day, flows, taken, tracks, read, chances)


def _usual(flow: Array, rules: RuleDraws) -> tuple[Array, Array]:
    """Median and spread of the months that count as usual [draw]."""
    known = flow[:, ~np.isnan(flow).any(axis=0)]
    many = int(np.median(rules["usual_months"]))
    some = known[:, -many:]
    middle = np.median(some, axis=1)
    return middle, _MAD * np.median(np.abs(some - middle[:, None]), axis=1)


def usual(found: Nowcast) -> tuple[float, float]:
    """Median and spread of a usual month's flow less interventions [USD bn]."""
    middle, spread = _usual(found.flows.net[:1] + found.funded[:1], draw(1))
    return float(middle[0]), float(spread[0])


def _dynamics(scale: tuple[Array, Array], rules: RuleDraws) -> kim.Dynamics:
    middle, spread = scale
    return kim.Dynamics(
        mean=middle[:, None] + spread[:, None] * rules.means,
        spread=spread[:, None] * rules.spreads,
        change=rules.changes,
        softness=rules["softness"],
        limit=rules["soft_limit"],
    )


def _weeks(
    seen: Array, flows: FlowHistory, signals: tuple[FlowRead, ...], unknown: Array
) -> kim.Weeks:
    """Lay months out in weeks; TIC speaks in the last, a signal in the last that it covers.

    A signal speaks only of months that TIC has not reached.
    """
    counts = weeks_in(flows.months).astype(int)
    month = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts) - 1
    shape = (seen.shape[0], month.size, 1 + len(signals))
    value, error = np.full(shape, np.nan), np.full(shape, 1.0)
    value[:, ends, 0], error[:, ends, 0] = seen, flows.error
    open_months = np.isnan(seen).any(axis=0)
    for k, each in enumerate(signals, start=1):
        for m in np.flatnonzero(open_months & ~np.isnan(each.flow).any(axis=0)):
            at = ends[m] - counts[m] + max(round(each.signal.part[m] * counts[m]), 1)
            value[:, at, k] = each.flow[:, m]
            error[:, at, k] = np.hypot(each.error[:, m], unknown[:, m])
    is_soft = np.array([False, *[True] * len(signals)])
    return kim.Weeks(month, 1.0 / counts[month], value, error, is_soft)


def regimes(chance: Array) -> dict[str, dict[str, float]]:
    """Median and 5-95% of the chances of each regime."""
    return {name: spread_of(chance[:, k]) for k, name in enumerate(REGIMES)}
