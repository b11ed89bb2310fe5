"""Two runs beside each other: what differs in the question, and in the answer."""

from typing import Any, Final

import numpy as np

from selloff import charts
from selloff.charts import Pair
from selloff.report.draw import fan, row, units, words
from selloff.report.estimate import TENTHS, UNKNOWN, Estimate, from_draws
from selloff.report.facts import POINTS, Facts
from selloff.report.question import scenario
from selloff.report.question import title as name_of
from selloff.report.section import Cell, Drawing, Section, Table
from selloff.report.told import TEN, YEN, say
from selloff.vocab import Metric, metrics_at

SHARED: Final = ("seed", "draws", "vintage")
"""What two runs must share for their simulations to meet the same chance."""
DRAWN: Final = ("bp", "percent", "USD bn")
"""Units that get a chart of both runs."""
MOST_ROWS: Final = 6
ASKED: Final = {
    "pace": "pace",
    "proceeds": "what the proceeds go into",
    "announced_frac": "what is announced",
    "sale_usd_bn": "amount",
    "sale_frac": "amount",
    "holder": "seller",
    "buckets": "maturities",
    "hostility": "hostility",
    "start_day": "first day",
    "participation_cap_frac": "cap on a day's share",
}
"""What two sellers can differ in, in words."""
FIELDS: Final = (
    "reactions", "rules", "currency_flows", "fed_programme", "shocks", "horizon_years",
)  # fmt: skip
"""What else two questions can differ in."""


def versus(runs: tuple[Facts, ...]) -> Section | None:
    """Set two runs side by side."""
    if len(runs) < 2 or not all(one.alive.any() for one in runs):
        return None
    one, two = (each.told("us_10y_peak_bp") for each in runs)
    title = f"The 10-year rises by {two.middle} in B instead of {one.middle} in A"
    return Section(
        id="beside",
        link="Beside B",
        title=title,
        lead=_lead(runs),
        figures=tuple(_fans(runs)),
        small=tuple(_bells(runs)),
        tables=(_table(runs),),
    )


def _lead(runs: tuple[Facts, ...]) -> tuple[Cell, ...]:
    apart = differences_asked(scenario(runs[0].dataset), scenario(runs[1].dataset))
    only = f"The two differ in {' and '.join(apart)}." if apart else "The two ask the same."
    names = say(
        "<b>A</b>: {a}. <b>B</b>: {b}.", a=name_of(runs[0].dataset), b=name_of(runs[1].dataset)
    )
    small = "Small charts: the numbers that differ most; their lines hold 90% of simulations."
    return (names + say(" {only} {small}", only=only, small=small),)


def differences_asked(one: dict[str, Any], two: dict[str, Any]) -> list[str]:
    """Name what two questions differ in."""
    sellers = zip(one.get("sellers") or [], two.get("sellers") or [], strict=False)
    found = [
        words for first, second in sellers for key, words in ASKED.items()
        if first.get(key) != second.get(key)
    ]  # fmt: skip
    if len(one.get("sellers") or []) != len(two.get("sellers") or []):
        found.append("who sells")
    found += [key.replace("_", " ") for key in FIELDS if one.get(key) != two.get(key)]
    return list(dict.fromkeys(found))


def _fans(runs: tuple[Facts, ...]) -> list[Drawing]:
    lows = [each.level("usdjpy_trough_pct").estimate for each in runs]
    titles = {
        TEN: f"The 10-year peaks at {' and '.join(e.level('us_10y_peak_bp').middle for e in runs)}",
        YEN: f"The dollar falls as low as {' and '.join(one.middle for one in lows)}",
    }
    how = "Dashed: B. Bands hold 90% of simulations."
    pages = ("pricing", "exchange")
    return [
        Drawing(
            id=f"both_{at}",
            title=title,
            chart=fan(f"both_{at}", title, runs, series, how=how, is_level=True),
            page=page,
        )
        for at, ((series, title), page) in enumerate(zip(titles.items(), pages, strict=True))
    ]


def _bells(runs: tuple[Facts, ...]) -> list[Drawing]:
    """Numbers of one unit in one chart, those that differ most first."""
    found = []
    for unit in DRAWN:
        rows = [
            (metric.title(*(each.years for each in runs)), runs[0].told(name), runs[1].told(name))
            for name, metric in _metrics(runs).items()
            if metric.unit == unit and metric.shown
        ]
        both = [(label, one.estimate, two.estimate) for label, one, two in rows]
        both = [one for one in both if one[1].is_known and one[2].is_known]
        both = [one for one in both if not (one[1].is_nil and one[2].is_nil)]
        both.sort(key=lambda one: -abs(one[1].p50 - one[2].p50))
        if both:
            found.append(_bell(unit, both[:MOST_ROWS]))
    return found


def _bell(unit: str, rows: list[tuple[str, Estimate, Estimate]]) -> Drawing:
    label, one, two = rows[0]
    name, title = (
        f"bell_{unit.split()[0].lower()}",
        f"{label}: {one.middle} in A, {two.middle} in B",
    )
    lines = [Pair(name=each, a=row("A", a), b=row("B", b)) for each, a, b in rows]
    how = "Numbers that differ most; lines hold 90% of simulations."
    drawn = charts.dumbbell(words(name, title, units(unit), how), ("A", "B"), lines)
    return Drawing(id=name, title=title, chart=drawn, page="seller")


def _metrics(runs: tuple[Facts, ...]) -> dict[str, Metric]:
    return metrics_at(*(each.years for each in runs))


def _table(runs: tuple[Facts, ...]) -> Table:
    apart = differences(runs)
    rows: list[tuple[Cell, ...]] = []
    years = [each.years for each in runs]
    for name, metric in _metrics(runs).items():
        if "_lc_" in name:
            continue
        sides = [each.told(name) for each in runs]
        if any(not one.is_nil for one in sides):
            gap = (_gap(apart, name, metric.unit),) if apart else ()
            rows.append((metric.title(*years), *sides, *gap))
    head = ("Median (5–95%)", "A", "B", *(("B less A, one by one",) if apart else ()))
    fold = f"All numbers of both ({len(rows)})"
    return Table(head=head, rows=tuple(rows), fold=fold, is_sorted=True)


def differences(runs: tuple[Facts, ...]) -> dict[str, np.ndarray]:
    """Take the second run less the first in each simulation."""
    one, two = (each.dataset for each in runs)
    if any(one.attrs.get(key) != two.attrs.get(key) for key in SHARED):
        return {}
    here, there = (each.draws for each in runs)
    return {name: there[name] - here[name] for name in here if name in there}


def _gap(apart: dict[str, np.ndarray], name: str, unit: str) -> str:
    if name not in apart:
        return UNKNOWN
    return from_draws(apart[name], POINTS if unit in TENTHS else unit).brief
