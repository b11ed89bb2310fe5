"""Two runs beside each other: what differs in the question, and in the answer."""

from typing import Any, Final

import numpy as np

from selloff.report.draw import chart, fan, row, units
from selloff.report.estimate import TENTHS, UNKNOWN, Estimate, from_draws
from selloff.report.facts import POINTS, TEN, YEN, Facts
from selloff.report.question import scenario, title
from selloff.report.section import Cell, Figure, Section, Table
from selloff.report.told import say
from selloff.results import metric_draws
from selloff.vocab import Metric, metrics_at

SHARED: Final = ("seed", "draws", "vintage")
"""What two runs must share for their simulations to meet the same chance."""
DRAWN: Final = (
    ("bp", "In basis points: the slow sale against the fast one"),
    ("percent", "In percent"),
    ("USD bn", "In USD bn"),
)
"""Units that get a chart of both runs."""
MOST_ROWS: Final = 8
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
"""What two questions can differ in, in words."""


def versus(runs: tuple[Facts, ...]) -> Section | None:
    """Set two runs side by side."""
    if len(runs) < 2 or not all(one.alive.any() for one in runs):
        return None
    one, two = (each.told("us_10y_peak_bp") for each in runs)
    words = f"{two.middle} instead of {one.middle}: the 10-year at its peak beside the other sale"
    return Section(
        id="beside",
        link="Beside the other sale",
        title=words,
        lead=_lead(runs),
        figures=(*_fans(runs), *_bells(runs)),
        tables=(_table(runs),),
    )


def _lead(runs: tuple[Facts, ...]) -> tuple[Cell, ...]:
    apart = differences_asked(scenario(runs[0].dataset), scenario(runs[1].dataset))
    only = f"The two differ in {' and '.join(apart)}." if apart else "The two ask the same."
    names = say("<b>A</b>: {a}. <b>B</b>: {b}.", a=title(runs[0].dataset), b=title(runs[1].dataset))
    return (names + say(" {only}", only=only),)


def differences_asked(one: dict[str, Any], two: dict[str, Any]) -> list[str]:
    """Name what two questions differ in."""
    sellers = zip(one.get("sellers") or [], two.get("sellers") or [], strict=False)
    found = [
        words for first, second in sellers for key, words in ASKED.items()
        if first.get(key) != second.get(key)
    ]  # fmt: skip
    if len(one.get("sellers") or []) != len(two.get("sellers") or []):
        found.append("who sells")
    for key in ("reactions", "rules", "currency_flows", "fed_programme", "shocks", "horizon_years"):
        if one.get(key) != two.get(key):
            found.append(key.replace("_", " "))
    return list(dict.fromkeys(found))


def _fans(runs: tuple[Facts, ...]) -> list[Figure]:
    lows = [each.level("usdjpy_trough_pct").estimate for each in runs]
    titles = {
        TEN: f"The 10-year peaks at {' and '.join(e.level('us_10y_peak_bp').middle for e in runs)}",
        YEN: f"The dollar falls as low as {' and '.join(one.middle for one in lows)}",
    }
    subtitle = "The second of each is B, dashed; bands hold 90% of simulations."
    return [
        Figure(
            id=f"both_{at}",
            title=words,
            chart=fan(f"both_{at}", words, runs, series, is_level=True, subtitle=subtitle),
            page=page,
        )
        for at, ((series, words), page) in enumerate(
            zip(titles.items(), ("pricing", "exchange"), strict=True)
        )
    ]


def _bells(runs: tuple[Facts, ...]) -> list[Figure]:
    """Numbers of one unit in one chart, those that differ most first."""
    found = []
    for unit, _ in DRAWN:
        rows = [
            (metric.title(*(each.years for each in runs)), *(each.told(name).estimate for each in runs))
            for name, metric in _metrics(runs).items()
            if metric.unit == unit and "terminal" in metric.shown
        ]
        rows = [one for one in rows if one[1].is_known and one[2].is_known]
        rows = [one for one in rows if not (one[1].is_nil and one[2].is_nil)]
        rows.sort(key=lambda one: -abs(one[1].p50 - one[2].p50))
        if rows:
            found.append(_bell(unit, rows[:MOST_ROWS]))
    return found


def _bell(unit: str, rows: list[tuple[str, Estimate, Estimate]]) -> Figure:
    name, one, two = rows[0]
    words = f"{name}: {one.middle} in A, {two.middle} in B"
    lines = [{"name": label, "a": row("A", a), "b": row("B", b)} for label, a, b in rows]
    drawn = chart(
        f"bell_{unit.split()[0].lower()}", "dumbbell", words, rows=lines, unit=units(unit),
        names=["A", "B"], subtitle="Those that differ most; lines hold 90% of simulations.",
    )  # fmt: skip
    return Figure(id=str(drawn["id"]), title=words, chart=drawn, page="seller")


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
    here, there = metric_draws(one), metric_draws(two)
    return {name: there[name] - here[name] for name in here if name in there}


def _gap(apart: dict[str, np.ndarray], name: str, unit: str) -> str:
    if name not in apart:
        return UNKNOWN
    return from_draws(apart[name], POINTS if unit in TENTHS else unit).brief


