"""When the public could know a number of a table: rules of `releases.csv`."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from selloff.vocab.rows import rows_of

_WINDOW_DAYS: Final = 2
"""Business days from the end of a window of interventions to its page."""
_TIC_DAY: Final = 18
"""SLT comes between the 16th and the 18th; the later day is safe."""
_RESERVES_DAY: Final = 7
"""Business day of the month by which the ministry publishes reserves."""


def tic_known(month: pd.Timestamp) -> pd.Timestamp:
    """SLT of a month: the 18th, or the next business day, a month and a half after its end."""
    day = (month + pd.offsets.MonthBegin(2)).replace(day=_TIC_DAY)
    return pd.Timestamp(np.busday_offset(np.datetime64(day.date()), 0, roll="forward"))


def reserves_known(month: pd.Timestamp) -> pd.Timestamp:
    """Japan's reserves of a month: the seventh business day of the next."""
    first = np.datetime64((month + pd.offsets.MonthBegin(1)).date())
    return pd.Timestamp(np.busday_offset(first, _RESERVES_DAY - 1, roll="forward"))


def week_known(day: pd.Timestamp) -> pd.Timestamp:
    """Custody of a Wednesday, flows of a week to Saturday: the Thursday after."""
    return day + pd.Timedelta(days=(3 - day.weekday()) % 7 or 7)


def window_known(end: pd.Timestamp) -> pd.Timestamp:
    """Total of a window of interventions: two business days after its end."""
    return pd.Timestamp(np.busday_offset(np.datetime64(end.date()), _WINDOW_DAYS, roll="backward"))


def intervention_known(day: pd.Timestamp) -> pd.Timestamp:
    """Interventions of a day: with its window, on the last business day of this month or the next.

    The last days of a month belong to the window of the next one.
    """
    last = _last_business_day(day)
    if window_known(day) > last:
        return _last_business_day(day + pd.offsets.MonthBegin(1))
    return last


def _last_business_day(day: pd.Timestamp) -> pd.Timestamp:
    end = np.datetime64((day + pd.offsets.MonthEnd(0)).date())
    return pd.Timestamp(np.busday_offset(end, 0, roll="backward"))


Rule = Callable[[pd.Timestamp], pd.Timestamp]
_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "tic": tic_known,
        "reserves": reserves_known,
        "week": week_known,
        "intervention": intervention_known,
        "window": window_known,
    }
)


def known_on(table: str) -> Rule:
    """Find the rule of a table: from the day a number stands for to the day it comes out."""
    rule, days = _releases()[table]
    return _RULES[rule] if rule else lambda day: day + pd.Timedelta(days=days)


@cache
def _releases() -> dict[str, tuple[str, int]]:
    rows = rows_of("data", "releases")
    return {row["table"]: (row["rule"], int(row["days"] or 0)) for row in rows}
