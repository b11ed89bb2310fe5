"""When the public can know a number: the calendar of releases."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from selloff.data import PACKAGED, Snapshot, table

_LAST_WEEKDAY: Final = 4
_TIC_DAY: Final = 18
"""SLT comes between the 16th and the 18th; the later day is safe."""
_RESERVES_DAY: Final = 7
"""Business day of the month by which the ministry publishes reserves."""


@dataclass(frozen=True)
class Release:
    """A release and the day it is due."""

    name: str
    due: date


def tic_known(month: pd.Timestamp) -> pd.Timestamp:
    """SLT of a month: the 18th, or the next business day, a month and a half after its end."""
    day = (month + pd.offsets.MonthBegin(2)).replace(day=_TIC_DAY)
    return _business(day)


def reserves_known(month: pd.Timestamp) -> pd.Timestamp:
    """Japan's reserves of a month: the seventh business day of the next."""
    first = np.busday_offset(_next_first(month), _RESERVES_DAY - 1, roll="forward")
    return pd.Timestamp(first)


def week_known(day: pd.Timestamp) -> pd.Timestamp:
    """Custody of a Wednesday, flows of a week to Saturday: the Thursday after."""
    return day + pd.Timedelta(days=(3 - day.weekday()) % 7 or 7)


def intervention_known(day: pd.Timestamp) -> pd.Timestamp:
    """Interventions up to the 27th or so: the last business day of the month."""
    last = day + pd.offsets.MonthEnd(0)
    return last - pd.Timedelta(days=max(last.weekday() - _LAST_WEEKDAY, 0))


def upcoming(day: date) -> tuple[Release, ...]:
    """List the next release of each kind after a day."""
    now = pd.Timestamp(day)
    months = [now + pd.offsets.MonthEnd(n) for n in range(-3, 2)]
    kinds = {
        "Fed custody": [week_known(now + pd.Timedelta(days=n)) for n in range(8)],
        "MoF interventions, total of the month": [intervention_known(m) for m in months],
        "MoF reserves": [reserves_known(month) for month in months],
        "TIC holdings and flows": [tic_known(month) for month in months],
    }
    found = [
        Release(name, min(each for each in days if each > now).date())
        for name, days in kinds.items()
    ]
    return tuple(sorted(found, key=lambda each: each.due))


def last_release(snapshot: Snapshot = PACKAGED) -> date:
    """The day on which the last number for the monitor came out."""
    known = {
        "tic_table3_monthly": tic_known,
        "japan_reserves_monthly": reserves_known,
        "fed_custody_weekly": week_known,
        "mof_flows_weekly": week_known,
    }
    out = [when(table(name, snapshot)["date"].max()) for name, when in known.items()]
    return max(out).date()


def _next_first(month: pd.Timestamp) -> np.datetime64:
    return np.datetime64((month + pd.offsets.MonthBegin(1)).date())


def _business(day: pd.Timestamp) -> pd.Timestamp:
    return pd.Timestamp(np.busday_offset(np.datetime64(day.date()), 0, roll="forward"))
