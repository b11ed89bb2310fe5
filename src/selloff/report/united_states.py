"""The United States: output, jobs, prices, the public debt and its rating, and who pays."""

from typing import Final

import numpy as np
import xarray as xr

from selloff.report.charts import BANDS, Chart
from selloff.report.ending import is_answered
from selloff.report.estimate import from_draws
from selloff.report.paths import DASH, Draws, beside, both_sides, cell, path, share
from selloff.report.quarters import (
    Quarterly,
    at_times,
    both_chart,
    fan_chart,
    first_year,
    overview,
    times_head,
)
from selloff.report.section import Block, Section, has_moved
from selloff.report.tables import Table
from selloff.results import debt_rises

ECONOMY: Final = (
    Quarterly("delta_us_gdp", "Real GDP", "percent"),
    Quarterly("delta_us_unemployment", "Unemployment rate", "percentage points"),
    Quarterly("delta_us_inflation", "Core inflation, annual rate", "percentage points"),
    Quarterly("delta_us_policy_rate", "Policy rate", "bp"),
    Quarterly("delta_us_10y_quarter", "10-year yield, mean of the quarter", "bp"),
    Quarterly("federal_interest", "Federal interest, in the quarter", "USD bn"),
)
PREMIUM: Final = Quarterly("fiscal_premium", "Of it what extra debt adds to yields", "bp")
LEVELS: Final = (
    (
        Quarterly("us_debt_ratio", "Debt held by the public", "percent of GDP"),
        "Lines: median draw. Bands: 5–95% of draws. Chance moves both alike, so the bands overlap; "
        "what the scenario adds is in the next chart.",
    ),
    (
        Quarterly("us_interest_to_revenue", "Net interest, of revenue", "percent"),
        "Lines: median draw. Bands: 5–95% of draws. Rating agencies watch this share.",
    ),
    (
        Quarterly("downgrade_prob", "Chance of a further rating cut", "fraction"),
        "Lines: median draw. Bands: 5–95% of draws. Chance that by then at least one agency has "
        "cut the rating again.",
    ),
)
"""Levels with their baseline beside them, and what to see."""
PAYERS: Final = (
    ("mortgage_payment", "Households: payment on a median new mortgage", "USD a month"),
    ("corporate_refinancing", "Firms: interest on bonds refinanced so far", "USD bn a year"),
)
NEEDED: Final = tuple(one.variable for one in ECONOMY) + tuple(one.variable for one, _ in LEVELS)


def united_states(dataset: xr.Dataset) -> Section | None:
    """Tell what became of the economy, the debt and the rating of the United States."""
    if not has_moved(dataset, *NEEDED):
        return None
    return Section(
        id="united-states",
        heading="United States: economy, debt, ratings",
        link="United States",
        sentences=(_economy(dataset), _debt(dataset), _payers(dataset)),
        blocks=(
            *overview(dataset, ECONOMY, (*ECONOMY[:5], PREMIUM, ECONOMY[5])),
            Block(heading="The public debt", charts=_level_charts(dataset)),
            Block(table=_levels(dataset)),
            Block(heading="Who pays more", table=_money(dataset)),
        ),
    )


def _economy(dataset: xr.Dataset) -> str:
    output, jobs, prices = (
        both_sides(path(dataset, one.variable), one.unit) for one in ECONOMY[:3]
    )
    return f"Output stands {output}, unemployment {jobs}, and inflation {prices}."


def _debt(dataset: xr.Dataset) -> str:
    paid = from_draws(path(dataset, "federal_interest").sum(axis=1), "USD bn")
    added = from_draws(_gap(dataset, "us_debt_ratio")[:, -1], "percentage points")
    level = from_draws(path(dataset, "us_debt_ratio")[:, -1], "percent of GDP")
    text = (
        f"By the horizon the Treasury has paid {beside(paid, 'less', 'more')} interest than in the "
        f"baseline, and its debt stands {beside(added)} baseline, at {level.text}."
    )
    rising = _rising(dataset)
    if rising is None:
        return text
    return (
        f"{text} In year 5 debt rises against GDP in {rising[1]}, and in the baseline in "
        f"{rising[0]}."
    )


def _payers(dataset: xr.Dataset) -> str:
    at, when = first_year(dataset)
    loan, bonds = (from_draws(path(dataset, name)[:, at], unit) for name, _, unit in PAYERS)
    return (
        f"{when} a median new mortgage costs {beside(loan, 'less', 'more')}, and firms pay "
        f"{beside(bonds, 'less', 'more')} on bonds refinanced since the start."
    )


def _rising(dataset: xr.Dataset) -> tuple[str, str] | None:
    """In how many draws debt rises against GDP in year 5: in the baseline, and here."""
    rises = debt_rises(dataset)
    if rises is None:
        return None
    base, here = (share(flags > 0.0, is_answered(dataset)) for flags in rises)
    return base, here


def _gap(dataset: xr.Dataset, name: str) -> Draws:
    return path(dataset, name) - path(dataset, f"{name}_base")


def _level_charts(dataset: xr.Dataset) -> tuple[Chart, ...]:
    added = Quarterly("us_debt_ratio", "Debt against baseline, of GDP", "percentage points")
    gap = fan_chart(dataset, added, _gap(dataset, added.variable))
    apart = Chart("us_debt_added", gap.heading, f"{BANDS} {gap.caption}", gap.figure)
    charts = [both_chart(dataset, one, caption) for one, caption in LEVELS]
    return (charts[0], apart, *charts[1:])


def _levels(dataset: xr.Dataset) -> Table:
    rows = []
    for one, _ in LEVELS:
        unit = "percentage points"
        factor = 100.0 if one.unit == "fraction" else 1.0
        sides = [path(dataset, name)[:, -1] for name in (f"{one.variable}_base", one.variable)]
        cells = [cell(from_draws(side, one.unit)) for side in sides]
        rows.append((one.name, *cells, cell(from_draws(factor * (sides[1] - sides[0]), unit))))
    rising = _rising(dataset)
    if rising is not None:
        rows.append(("Debt rises against GDP in year 5", *rising, DASH))
    head = (
        "At the horizon: median (5–95%)",
        "Baseline",
        "This scenario",
        "Difference, draw by draw",
    )
    return Table(head, tuple(rows))


def _money(dataset: xr.Dataset) -> Table:
    rows = [
        (name, *(cell(one) for one in at_times(dataset, path(dataset, variable), unit)))
        for variable, name, unit in PAYERS
    ]
    for variable, name in (("federal_interest", "interest"), ("federal_deficit", "deficits")):
        total = np.cumsum(path(dataset, variable), axis=1)
        numbers = at_times(dataset, total, "USD bn")
        rows.append((f"Treasury: {name}, added up", *(cell(one) for one in numbers)))
    return Table(("More than in the baseline: median (5–95%)", *times_head(dataset)), tuple(rows))
