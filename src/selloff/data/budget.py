"""Fiscal years ahead: what CBO projected by a date, and ratios held beyond."""

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from selloff.data.records import Array
from selloff.data.tables import Snapshot
from selloff.vocab.axes import DAYS_PER_YEAR

FLOWS: Final = ("borrowed", "interest", "revenue")
_LINES: Final = {"interest": ("outlay", "Net Interest"), "revenue": ("revenue", "Total")}


def years_of(day: date) -> float:
    """Place a day on an axis of years."""
    return day.toordinal() / DAYS_PER_YEAR


def fiscal_ends(years: Array) -> Array:
    """Place the ends of fiscal years on the axis of `years_of`."""
    return np.array([years_of(date(int(year), 9, 30)) for year in years])


def projected(snapshot: Snapshot, day: date) -> pd.DataFrame:
    """Read fiscal years ahead from the last CBO baselines of a date."""
    actual = _by_year(snapshot.until("cbo_actuals", day))
    if actual.empty:
        raise LookupError(f"cbo_actuals: no fiscal year with debt, interest and revenue by {day}")
    debt = _last_baseline(snapshot.until("cbo_debt_projection", day)).set_index("fiscal_year")
    budget = snapshot.until("cbo_budget_projection", day)
    lines = {
        name: _last_baseline(_line(budget, *line)).set_index("fiscal_year")["usd_bn"]
        for name, line in _LINES.items()
    }
    before = actual["debt"][actual.index < debt.index.min()].tail(1)
    stock = pd.concat([before, debt["usd_bn"]])
    plan = pd.DataFrame({"borrowed": stock.diff(), **lines}).dropna()
    if not plan.empty:
        return plan[list(FLOWS)]
    outcome = actual.assign(borrowed=actual["debt"].diff()).dropna().tail(1)
    return outcome[list(FLOWS)]


def extended(plan: pd.DataFrame, *, debt: float, gdp: Array, last: float) -> pd.DataFrame:
    """Carry fiscal years on by the ratios of the last one.

    Source: assumption.
    """
    end = plan.iloc[-1]
    rate = end["interest"] / (debt - end["borrowed"])
    rows = {}
    for ahead in range(1, gdp.size):
        if fiscal_ends(np.array([plan.index[-1] + ahead - 1]))[0] >= last:
            break
        scale = gdp[ahead] / gdp[0]
        rows[plan.index[-1] + ahead] = {
            "borrowed": end["borrowed"] * scale,
            "interest": rate * debt,
            "revenue": end["revenue"] * scale,
        }
        debt += end["borrowed"] * scale
    more = pd.DataFrame.from_dict(rows, orient="index", columns=list(FLOWS), dtype=np.float64)
    return pd.concat([plan, more])


def _by_year(actual: pd.DataFrame) -> pd.DataFrame:
    lines = {"debt": ("debt", "Total"), **_LINES}
    return pd.DataFrame(
        {n: _line(actual, *line).set_index("fiscal_year")["usd_bn"] for n, line in lines.items()}
    ).dropna()


def _line(rows: pd.DataFrame, component: str, subcategory: str) -> pd.DataFrame:
    return rows[(rows["component"] == component) & (rows["subcategory"] == subcategory)]


def _last_baseline(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["date"] == rows["date"].max()] if not rows.empty else rows
