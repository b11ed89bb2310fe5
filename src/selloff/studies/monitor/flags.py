"""The flag of the monitor: none, watch, amber or red, by a written rule."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from selloff.data import table, week_known
from selloff.studies.monitor.nowcasting import Nowcast
from selloff.studies.monitor.rules import Array
from selloff.studies.monitor.rules import table as rules_table

FLAGS: Final = ("none", "watch", "amber", "red")
UNKNOWN: Final = "unknown"
"""The flag where TIC tells of the holder no more."""
_LATE: Final = 4
"""Months without TIC after which nothing is said [count]."""
_TRACKS: Final = ("adjusted", "long_term")
"""Tracks that can raise a flag; the published one cries at every intervention."""
_FOUR_WEEKS: Final = 4


@dataclass(frozen=True)
class Flag:
    """How loud the monitor is, and why."""

    level: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Unexplained:
    """What neither price nor intervention explains of the latest fall of reserves."""

    month: pd.Timestamp
    usd_bn: float
    """Below zero: reserves fell by more [USD bn]."""
    is_complete: bool
    """Is the month's total of interventions out?"""


def flag(found: Nowcast) -> Flag:
    """Raise the flag that the rule asks for, docs/monitor.md; limits are rows of rules.csv."""
    last = found.flows.told[-1]
    if last < len(found.months) - 1 - _LATE:
        return Flag(UNKNOWN, (f"TIC last told of {found.months[last]:%B %Y}",))
    limit = {name: row.value for name, row in rules_table().items()}
    selling = {name: selling_chance(found, name) for name in _TRACKS if name in found.tracks}
    most = max(path[-1] for path in selling.values())
    twice = max(min(path[-1], _before(found, path)) for path in selling.values())
    fast = float(np.median(found.chance()[:, 2]))
    left, custody = unexplained(found), custody_change(found)
    hole = left.usd_bn if left is not None and left.is_complete else 0.0
    is_quiet_month = found.flows.intervention[-2:].sum() == 0.0 and found.flows.is_complete[-1]
    rules = (
        ("red", fast > limit["red_chance"], f"a fast sale has a chance of {fast:.0%}"),
        ("red", hole < -limit["red_unexplained"], f"reserves fell {-hole:.0f}bn unexplained"),
        (
            "red",
            custody is not None and custody < limit["red_custody"] and is_quiet_month,
            f"the Fed keeps {-(custody or 0.0):.0f}bn less than four weeks ago",
        ),
        ("amber", twice > limit["amber_chance"], f"selling has a chance of {twice:.0%}, twice"),
        ("amber", hole < -limit["amber_unexplained"], f"reserves fell {-hole:.0f}bn unexplained"),
        ("watch", most > limit["watch_chance"], f"selling has a chance of {most:.0%}"),
        ("watch", _is_open(left, limit["amber_unexplained"]), _open(left)),
    )
    for level in reversed(FLAGS[1:]):
        reasons = tuple(words for name, is_met, words in rules if name == level and is_met)
        if reasons:
            return Flag(level, reasons)
    return Flag("none", ())


def selling_chance(found: Nowcast, track: str) -> Array:
    """Median chance by month that the holder sells, quietly or fast [month]."""
    return np.asarray(np.median(found.tracks[track].filtered.chance[:, :, 1:].sum(axis=2), axis=0))


def unexplained(found: Nowcast) -> Unexplained | None:
    """Read the latest change of reserves less price and intervention; only Japan's are held."""
    signal = next((r.signal for r in found.readings if r.signal.name == "reserves"), None)
    if signal is None or signal.last is None:
        return None
    at = int(found.months.get_loc(signal.last))
    left = float(np.median(signal.so_far[:, at]))
    return Unexplained(signal.last, left, bool(found.flows.is_complete[at]))


def custody_change(found: Nowcast) -> float | None:
    """Change over four weeks of what the Fed keeps for foreign officials [USD bn]."""
    weeks = table("fed_custody_weekly", found.flows.snapshot).set_index("date")["usd_bn"]
    known = weeks[[week_known(day) <= pd.Timestamp(found.day) for day in weeks.index]]
    if len(known) <= _FOUR_WEEKS:
        return None
    return float(known.iloc[-1] - known.iloc[-1 - _FOUR_WEEKS])


def _before(found: Nowcast, path: Array) -> float:
    """The chance at the release before the last one."""
    return float(path[found.flows.told[-2]])


def _is_open(left: Unexplained | None, limit: float) -> bool:
    return left is not None and not left.is_complete and left.usd_bn < -limit


def _open(left: Unexplained | None) -> str:
    if left is None:
        return ""
    return (
        f"reserves fell {-left.usd_bn:.0f}bn beyond price in {left.month:%B %Y} "
        "and the total of interventions is not out"
    )
