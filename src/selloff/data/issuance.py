"""What the Treasury is expected to borrow in the years ahead."""

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from selloff.data.assumptions import scalars
from selloff.data.budget import fiscal_ends, years_of
from selloff.data.records import Array, Figure, Standing
from selloff.data.tables import Snapshot

YEARS_AHEAD: Final = 30


def read_issuance(snapshot: Snapshot, day: date) -> tuple[Array, tuple[Figure, ...]]:
    """Project net marketable issuance in each of the years ahead.

    issuance_k = ratio (D(t + k) - D(t + k - 1)), D = debt held by the public

    Source: CBO, latest baseline on or before the date.
    """
    known = snapshot.until("cbo_debt_projection", day)
    if known.empty:
        return np.zeros(YEARS_AHEAD), (
            _figure(
                0.0,
                day,
                standing="assumption",
                source="assumption: no baseline before March 2015",
                note="Set to zero in every year ahead.",
            ),
        )
    published = known["date"].max()
    path = known[known["date"] == published].sort_values("fiscal_year")
    years, debts = _with_last_actual(snapshot, path, day)
    ends = fiscal_ends(years)
    when = years_of(day) + np.arange(YEARS_AHEAD + 1)
    growth = debts[-1] / debts[-2]
    beyond = debts[-1] * growth ** np.maximum(when - ends[-1], 0.0)
    stock = np.where(when <= ends[-1], np.interp(when, ends, debts), beyond)
    ratio = scalars()["marketable_per_debt_growth"]
    issuance = ratio.value * np.diff(stock)
    inside = int(np.sum(when[1:] <= ends[-1]))
    figures = tuple(
        _figure(
            float(amount),
            published.date(),
            standing="derived" if index < inside else "assumption",
            source="CBO baseline, debt held by the public",
            note=f"Year {index + 1} ahead. {ratio.reason}."
            + ("" if index < inside else " After the baseline ends: growth of its last year."),
        )
        for index, amount in enumerate(issuance)
    )
    return issuance, figures


def _with_last_actual(snapshot: Snapshot, path: pd.DataFrame, day: date) -> tuple[Array, Array]:
    years = path["fiscal_year"].to_numpy(dtype=np.float64)
    debts = path["usd_bn"].to_numpy(dtype=np.float64)
    actuals = snapshot.until("cbo_actuals", day)
    before = actuals[(actuals["component"] == "debt") & (actuals["fiscal_year"] == years[0] - 1)]
    if before.empty:
        return years, debts
    return np.append(years[0] - 1, years), np.append(float(before["usd_bn"].iloc[-1]), debts)


def _figure(value: float, as_of: date, *, standing: Standing, source: str, note: str) -> Figure:
    return Figure(
        name="net_issuance",
        value=value,
        unit="USD bn a year",
        standing=standing,
        source=source,
        as_of=as_of,
        note=note,
    )
