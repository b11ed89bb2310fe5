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

TABLES: Final = (
    "tic_table3_monthly",
    "japan_reserves_monthly",
    "fed_custody_weekly",
    "mof_flows_weekly",
)
"""Tables whose next number moves the monitor."""


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
    out = [known_on(name)(table(name, snapshot)["date"].max()) for name in TABLES]
    return max(out).date()
