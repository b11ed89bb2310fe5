"""When the public can know a number: the calendar of releases."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from selloff.data import (
    PACKAGED,
    Snapshot,
    intervention_known,
    known_on,
    reserves_known,
    table,
    tic_known,
    week_known,
)

_WEEK: Final = 7
_MONTH: Final = 31
TABLES: Final = {
    "tic_table3_monthly": ("TIC holdings and flows", _MONTH),
    "japan_reserves_monthly": ("Japan's reserves", _MONTH),
    "mof_intervention_windows": ("Interventions, total of the month", _MONTH),
    "fed_custody_weekly": ("Fed custody", _WEEK),
    "mof_flows_weekly": ("Foreign bonds of Japan's residents", _WEEK),
}
"""Tables whose next number moves the monitor: what they are, and days between releases."""
STALE_AFTER: Final = 1.5
"""Releases that may pass before a table is stale [count]."""


@dataclass(frozen=True)
class DataAge:
    """How old a table is on a day."""

    name: str
    last: date
    """Last day or month it tells of."""
    out: date
    """The day that came out."""
    days: int
    """Since then [days]."""
    every: int
    """Days between releases [days]."""

    @property
    def is_stale(self) -> bool:
        """Has a release been missed?"""
        return self.days > STALE_AFTER * self.every


@dataclass(frozen=True)
class Release:
    """A release and the day it is due."""

    name: str
    due: date


def upcoming(day: date) -> tuple[Release, ...]:
    """List the next release of each kind after a day."""
    now = pd.Timestamp(day)
    months = [now + pd.offsets.MonthEnd(n) for n in range(-3, 2)]
    kinds = {
        "Fed custody": [week_known(now + pd.Timedelta(days=n)) for n in range(8)],
        "MoF interventions, total of the month": [
            intervention_known(m.replace(day=1)) for m in months
        ],
        "MoF reserves": [reserves_known(month) for month in months],
        "TIC holdings and flows": [tic_known(month) for month in months],
    }
    found = [
        Release(name, min(each for each in days if each > now).date())
        for name, days in kinds.items()
    ]
    return tuple(sorted(found, key=lambda each: each.due))


def ages(day: date, snapshot: Snapshot = PACKAGED) -> tuple[DataAge, ...]:
    """Say of each table how old it was on a day; the monitor widens where one is stale."""
    found = []
    for table_name, (name, every) in TABLES.items():
        known = [(known_on(table_name)(last), last) for last in _dates(table_name, snapshot)]
        known = [each for each in known if each[0].date() <= day]
        if not known:
            continue
        out, last = max(known)
        found.append(DataAge(name, last.date(), out.date(), (day - out.date()).days, every))
    return tuple(found)


def last_release(snapshot: Snapshot = PACKAGED) -> date:
    """The day on which the last number for the monitor came out; of fetched tables, their own."""
    if snapshot.name:
        return date.fromisoformat(snapshot.name.partition(".")[0])
    return max(known_on(name)(_dates(name, snapshot).max()) for name in TABLES).date()


def _dates(table_name: str, snapshot: Snapshot) -> pd.Series:
    return table(table_name, snapshot)["date"].drop_duplicates()
