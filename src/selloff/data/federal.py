"""The federal budget ahead: debt, interest, revenue, GDP and what must be sold at auction."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from selloff.data.assumptions import scalars
from selloff.data.budget import FLOWS, extended, fiscal_ends, projected, years_of
from selloff.data.debt import read_debt
from selloff.data.ladder import gross_issuance
from selloff.data.records import Array, Figure, Vintage
from selloff.data.tables import Snapshot
from selloff.vocab.axes import QUARTERS_PER_YEAR
from selloff.vocab.errors import VintageError

YEARS_AHEAD: Final = 60
CBO: Final = "CBO baseline: debt held by the public, net interest, revenue"
_BEFORE: Final = np.arange(QUARTERS_PER_YEAR - 1, -1, -1) / QUARTERS_PER_YEAR
HELD: Final = "After its last fiscal year ratios to GDP and the rate paid on debt are held."


@dataclass(frozen=True, eq=False, kw_only=True)
class Federal:
    """What the budget looks like from the opening, quarter by quarter, if nothing happens."""

    gross: Array
    """Gross issuance by quarter and tenor; bills and floating rate notes in full [USD bn]."""
    debt: Array
    """Debt held by the public at the opening and at each quarter's end [USD bn]."""
    interest: Array
    """Net interest in each quarter [USD bn]."""
    revenue: Array
    """Revenue in each quarter [USD bn]."""
    gdp: Array
    """GDP over the four quarters to the opening and to each quarter's end [USD bn a year]."""
    past_ratio: Array
    """Debt to GDP three, two and one quarter before the opening and at it [fraction]."""
    figures: tuple[Figure, ...]
    """The newest data behind it."""


def federal(world: Vintage, n_quarters: int) -> Federal:
    """Project the budget of a vintage from its tables."""
    return read_federal(world.snapshot, world.date, n_quarters)


def read_federal(snapshot: Snapshot, day: date, n_quarters: int) -> Federal:
    """Project the budget from what was dated on or before a day.

    Source: US Treasury, BEA, CBO; growth of nominal GDP and ratios held: assumptions.
    """
    try:
        past = _past(snapshot, day)
        plan = projected(snapshot, day)
        owed = read_debt(snapshot, day)
    except LookupError as error:
        raise VintageError.of(
            "vintage",
            given=f"'{day:%Y-%m}'",
            allowed="a month in which federal debt, GDP and budget are known",
            remedy=f"Pick another month: {error}.",
        ) from error
    when = years_of(day) + np.arange(n_quarters + 1) / QUARTERS_PER_YEAR
    full = _carried_on(plan, past, last=when[-1])
    so_far = {name: _cumulated(full, name, when) for name in FLOWS}
    since = _cumulated(full, "borrowed", past.index[-1:].to_numpy())
    debt = past["debt"].iloc[-1] + so_far["borrowed"] - since
    marketable = scalars()["marketable_per_debt_growth"].value * np.diff(debt)
    gdp = _gdp_at(past, when)
    share = np.append(past["debt"] / past["gdp"], debt[0] / gdp[0])
    return Federal(
        gross=gross_issuance(owed.due, marketable),
        debt=debt,
        interest=np.diff(so_far["interest"]),
        revenue=np.diff(so_far["revenue"]),
        gdp=gdp,
        past_ratio=np.interp(when[0] - _BEFORE, np.append(past.index, when[0]), share),
        figures=_figures(snapshot, day, debt=debt, gdp=gdp, until=plan.index[-1]),
    )


def _past(snapshot: Snapshot, day: date) -> pd.DataFrame:
    """Debt and GDP over four quarters at the quarter ends so far, on an axis of years."""
    rows = snapshot.until("debt_quarterly", day)
    past = pd.DataFrame(
        {
            "debt": rows["held_by_public_usd_mn"].to_numpy() / 1e3,
            "gdp": rows["gdp_usd_bn_ann"].rolling(QUARTERS_PER_YEAR).mean().to_numpy(),
        },
        index=[years_of(each.date()) for each in rows["date"]],
    ).dropna()
    if len(past) <= QUARTERS_PER_YEAR:
        raise LookupError(f"debt_quarterly: fewer than two years of debt and GDP by {day}")
    return past


def _carried_on(plan: pd.DataFrame, past: pd.DataFrame, *, last: float) -> pd.DataFrame:
    """The fiscal years of the plan and as many more as are needed."""
    ends = fiscal_ends(plan.index[-1] + np.arange(YEARS_AHEAD))
    reached = _cumulated(plan, "borrowed", ends[:1])
    since = _cumulated(plan, "borrowed", past.index[-1:].to_numpy())
    debt = past["debt"].iloc[-1] + float((reached - since)[0])
    return extended(plan, debt=debt, gdp=_gdp_at(past, ends), last=last)


def _cumulated(plan: pd.DataFrame, name: str, when: Array) -> Array:
    """What has flowed since the plan begins, evenly within each fiscal year [USD bn]."""
    ends = fiscal_ends(np.append(plan.index[0] - 1, plan.index))
    return np.asarray(np.interp(when, ends, np.append(0.0, np.cumsum(plan[name]))))


def _gdp_at(past: pd.DataFrame, when: Array) -> Array:
    """GDP over four quarters: as published so far, then at one rate of growth."""
    growth = scalars()["nominal_gdp_growth"].value
    known = np.exp(np.interp(when, past.index, np.log(past["gdp"])))
    ahead = np.maximum(when - past.index[-1], 0.0)
    return np.asarray(known * (1.0 + growth) ** ahead)


def _figures(
    snapshot: Snapshot, day: date, *, debt: Array, gdp: Array, until: int
) -> tuple[Figure, ...]:
    quarter = snapshot.until("debt_quarterly", day)["date"].max().date()
    baselines = snapshot.until("cbo_debt_projection", day)["date"]
    published = day if baselines.empty else baselines.max().date()
    where = f"{CBO}, to fiscal year {until}" if not baselines.empty else "Last fiscal year known"
    rows = (
        ("federal_debt", debt[0], "USD bn", f"FYGFDPUN, carried on by {CBO}", quarter, ""),
        ("gdp_four_quarters", gdp[0], "USD bn a year", "BEA, carried on at one rate", quarter, ""),
        ("budget_ahead", float(until), "fiscal year", where, published, HELD),
    )
    return tuple(
        Figure(
            name=name,
            value=value,
            unit=unit,
            standing="derived",
            source=source,
            as_of=at,
            note=note,
        )
        for name, value, unit, source, at, note in rows
    )
