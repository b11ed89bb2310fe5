"""When the public could know a number of a table: rules of `releases.csv`."""

import csv
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

_LAST_WEEKDAY: Final = 4
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


def intervention_known(day: pd.Timestamp) -> pd.Timestamp:
    """Interventions up to the 27th or so: the last business day of the month."""
    last = day + pd.offsets.MonthEnd(0)
    return last - pd.Timedelta(days=max(last.weekday() - _LAST_WEEKDAY, 0))


Rule = Callable[[pd.Timestamp], pd.Timestamp]
_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "tic": tic_known,
        "reserves": reserves_known,
        "week": week_known,
        "intervention": intervention_known,
    }
)


def known_on(table: str) -> Rule:
    """Find the rule of a table: from the day a number stands for to the day it comes out."""
    rule, days = _releases()[table]
    return _RULES[rule] if rule else lambda day: day + pd.Timedelta(days=days)


@cache
def _releases() -> dict[str, tuple[str, int]]:
    text = files("selloff.data").joinpath("releases.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["table"]: (row["rule"], int(row["days"] or 0)) for row in rows}
