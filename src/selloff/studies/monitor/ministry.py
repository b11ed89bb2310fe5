"""Dollars the Ministry of Finance sold for yen, as the public knew them, and what they took."""

import numpy as np
import pandas as pd

from selloff.data import PACKAGED, Snapshot, intervention_known, table, window_known
from selloff.studies.monitor.rules import Array
from selloff.studies.monitor.rules import table as rules_table


def interventions(
    months: pd.DatetimeIndex, now: pd.Timestamp, snapshot: Snapshot = PACKAGED
) -> tuple[Array, Array, Array]:
    """Dollars the Ministry of Finance sold for yen by month, those paid, and is the total out?

    What a window's days do not account for counts at its end, at its mean rate, as dollars sold.
    """
    rate = table("fx_daily", snapshot)[["date", "JPY"]].dropna()
    days, windows = (
        table(name, snapshot) for name in ("mof_intervention_daily", "mof_intervention_windows")
    )
    days = days[days["currency_pair"] == "USD/JPY"]
    told = days[days["date"].map(intervention_known) <= now]
    out = windows[windows["date"].map(window_known) <= now]
    wait = pd.offsets.BusinessDay(int(rules_table()["paid_after"].value))
    usd = pd.concat([_dated(told, rate), _undated(out, told, rate)])
    sold, paid = (
        usd.groupby(day + pd.offsets.MonthEnd(0)).sum().reindex(months).fillna(0.0).to_numpy()
        for day in (usd.index, usd.index + wait)
    )
    last = max(days["date"].max(), windows["date"].max()) + pd.offsets.MonthEnd(0)
    due = months.map(lambda month: intervention_known(month.replace(day=1)))
    has_window = months.isin(out["date"] + pd.offsets.MonthEnd(0))
    return sold, paid, has_window | np.asarray((due <= now) & (months <= last))


def _dated(days: pd.DataFrame, rate: pd.DataFrame) -> pd.Series:
    """Dollars of each day at its rate; below zero, bought [USD bn]."""
    priced = pd.merge_asof(days, rate, on="date")
    sign = np.where(priced["direction"] == "sell_USD_buy_JPY", 1.0, -1.0)
    return (sign * priced["jpy_bn"] * priced["JPY"]).set_axis(priced["date"])


def _undated(windows: pd.DataFrame, days: pd.DataFrame, rate: pd.DataFrame) -> pd.Series:
    """Dollars of each window beyond those of its days [USD bn]."""
    left = {}
    for row in windows.itertuples():
        start = pd.Timestamp(row.window_start)
        of_days = days.loc[days["date"].between(start, row.date), "jpy_bn"].abs().sum()
        mean = rate.loc[rate["date"].between(start, row.date), "JPY"].mean()
        left[row.date] = max(row.jpy_bn - of_days, 0.0) * mean
    return pd.Series(left, dtype=float)


def funded(sold: Array, shares: Array) -> Array:
    """Treasuries that interventions took: sum_k w_k I[t-k] [draw, month]."""
    found = np.zeros((shares.shape[0], sold.size))
    for k in range(shares.shape[1]):
        found[:, k:] += shares[:, k, None] * sold[: sold.size - k]
    return found
