"""What a holder bought and sold by month, as the public knew it on a day."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.data import PACKAGED, Snapshot, table, tic_known
from selloff.studies.monitor.ministry import interventions
from selloff.studies.monitor.release import last_release
from selloff.studies.monitor.rules import Array, RuleDraws
from selloff.studies.monitor.watched import Watched
from selloff.vocab import InputError, Problem

LOOK_BACK: Final = 96
"""Months looked at before the last that TIC told of [count]."""
_TWO_VINTAGES: Final = pd.Timestamp("2025-07-31")
"""The positions of this month and of the one before come from two vintages of TIC."""


@dataclass(frozen=True, eq=False)
class FlowHistory:
    """Flows of one holder, month by month [USD bn]."""

    holder: Watched
    snapshot: Snapshot
    """The tables it was read from."""
    months: pd.DatetimeIndex
    net: Array
    """Bought less sold; NaN where not known [draw, month]."""
    error: Array
    """Its standard error [draw, month]."""
    long_term: Array
    """Of it notes and bonds, where published [month]."""
    held: Array
    """Position at the end of the month [month]."""
    intervention: Array
    """Dollars sold by the Ministry of Finance; zero for other holders [month]."""
    paid: Array
    """The same when they were paid, which is when reserves fall [month]."""
    is_complete: Array
    """Is the total of the month's interventions out? [month]"""

    @cached_property
    def told(self) -> NDArray[np.intp]:
        """Places of the months TIC has told of, in order."""
        return np.flatnonzero(~np.isnan(self.net).any(axis=0))


def read_flows(
    who: Watched, day: date, rules: RuleDraws, snapshot: Snapshot = PACKAGED
) -> FlowHistory:
    """Rebuild a holder's flows from what was published by a day.

    F = net purchases where SLT publishes them, else change of the position less its valuation.
    """
    now = pd.Timestamp(day)
    held = _positions(who, snapshot)
    held = held[[tic_known(month) <= now for month in held.index]]
    if held.empty:
        raise InputError([too_early(who, day, snapshot)])
    first = max(held.index[0], held.index[-1] - pd.offsets.MonthEnd(LOOK_BACK))
    months = pd.date_range(first, now + pd.offsets.MonthEnd(0), freq="ME")
    position = held.reindex(months).to_numpy()
    net, error = from_positions(position, months, rules, snapshot)
    published, long_term = _published(who, months, now, snapshot)
    known = ~np.isnan(published)
    net[:, known] = published[known]
    error[:, known] = rules["table_error"][:, None]
    is_japan = who.name == "japan"
    sold = interventions(months, now, snapshot) if is_japan else _none(months)
    return FlowHistory(who, snapshot, months, net, error, long_term, position, *sold)


def too_early(who: Watched, day: date, snapshot: Snapshot) -> Problem:
    """Say that too little was known by a day."""
    return Problem(
        where="as_of",
        given=f"{day}",
        allowed=f"a day by which TIC told of two years of {who.label}",
        remedy=f"Take another day, up to {last_release(snapshot)}.",
    )


def _positions(who: Watched, snapshot: Snapshot) -> pd.Series:
    if not who.members:
        frame = table("tic_table3_monthly", snapshot)
        return _sum_of(who, frame[frame["maturity"] == "total"], "holdings_usd_bn").dropna()
    frame = table("tic_holdings_monthly", snapshot)
    frame = frame[(frame["series"] == "primary") & frame["country"].isin(who.members)]
    wide = frame.pivot_table(index="date", columns="country", values="usd_bn")
    return wide.dropna().sum(axis=1)


def from_positions(
    position: Array, months: pd.DatetimeIndex, rules: RuleDraws, snapshot: Snapshot = PACKAGED
) -> tuple[Array, Array]:
    """Flow = change - r H, with r = a - b dy7 on the long-term share of the book.

    Source: Bertaut and Tryon (2007), with r fitted to the Treasury's own valuation of Japan.
    """
    before = np.concatenate([[np.nan], position[:-1]])
    rate = rules["valuation_constant"][:, None] - rules["valuation_duration"][:, None] * change_of(
        "7Y", months, snapshot
    )
    net = position - before - rules["long_term_share"][:, None] * rate * before
    net[:, months.isin(_breaks(snapshot))] = np.nan
    return net, rules["position_error"][:, None] * np.broadcast_to(before, net.shape)


def _breaks(snapshot: Snapshot) -> pd.DatetimeIndex:
    """Months whose position does not compare with that of the month before."""
    frame = table("tic_holdings_monthly", snapshot)
    surveys = frame.loc[frame["series"] != "primary", "date"].unique()
    return pd.DatetimeIndex([*surveys, _TWO_VINTAGES])


def _published(
    who: Watched, months: pd.DatetimeIndex, now: pd.Timestamp, snapshot: Snapshot
) -> tuple[Array, Array]:
    frame = table("tic_table3_monthly", snapshot)
    known = np.array([tic_known(month) <= now for month in frame["date"]], dtype=bool)
    total, long_term = (
        _sum_of(who, frame[known & (frame["maturity"] == maturity)], "net_purchases_usd_bn")
        for maturity in ("total", "long_term")
    )
    return total.reindex(months).to_numpy(), long_term.reindex(months).to_numpy()


def _sum_of(who: Watched, frame: pd.DataFrame, column: str) -> pd.Series:
    """Add up a holder's names month by month; where one is missing the sum is."""
    wide = frame.pivot_table(index="date", columns="holder", values=column)
    wide = wide.reindex(columns=list(who.published_as))
    return wide.sum(axis=1, skipna=False)


def _none(months: pd.DatetimeIndex) -> tuple[Array, Array, Array]:
    zero = np.zeros(len(months))
    return zero, zero, np.ones(len(months), dtype=bool)


def change_of(tenor: str, months: pd.DatetimeIndex, snapshot: Snapshot) -> Array:
    """Change of a Treasury yield over each month [fraction]."""
    quotes = table("us_yields_daily", snapshot)[["date", tenor]].dropna()
    quotes = quotes.set_index("date")[tenor]
    ends = quotes.reindex(months.union(quotes.index)).ffill().reindex(months).to_numpy()
    return np.asarray(np.diff(ends, prepend=np.nan) / 100.0)
