"""Two worlds, not one blend: the Federal Reserve acts or not; a squeeze leads, or doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from selloff import charts
from selloff.report.draw import along, units, words
from selloff.report.estimate import from_metric, quantiles
from selloff.report.facts import Facts
from selloff.report.section import Cell, Drawing, Section, Table
from selloff.report.told import TEN, Told, level_unit
from selloff.results import is_priced
from selloff.results import worlds as sorted_into
from selloff.vocab import metrics, percents

SHOWN: Final = (
    "us_10y_peak_bp", "us_10y_after_1y_bp", "fed_purchases_usd_bn", "usd_broad_peak_pct",
    "usd_broad_trough_pct", "usdjpy_trough_pct", "sp500_trough_pct", "us_gdp_trough_pct",
)  # fmt: skip
"""Numbers in which the worlds differ most."""


@dataclass(frozen=True)
class Split:
    """Two worlds, the series that tells them apart, a metric of it, and the page."""

    page: str
    worlds: tuple[str, str]
    series: str
    metric: str


PAIRS: Final = (
    Split("fed", ("fed_buys", "fed_stays_out"), TEN, "us_10y_peak_bp"),
    Split("stress", ("squeeze", "doubt"), "delta_usd_broad", "usd_broad_trough_pct"),
)
NAMES: Final = {
    "fed_buys": "Fed buys", "fed_stays_out": "Fed stays out", "squeeze": "squeeze",
    "doubt": "doubt",
}  # fmt: skip


def conditional(runs: tuple[Facts, ...]) -> Section | None:
    """Set the worlds of the first run side by side; nothing where all are in one."""
    facts = runs[0]
    found = facts.summary.get("worlds") or {}
    if len(found) < 2:
        return None
    return Section(
        id="worlds",
        link="If the Fed acts",
        title=_title(facts, found),
        lead=(
            "A median over all simulations can describe none of them. Here they stand apart: "
            "whether the Federal Reserve buys, and whether stress is felt as a squeeze for dollars "
            f"or as doubt of the United States.{_why(found)}",
        ),
        figures=tuple(_fan(facts, one) for one in PAIRS if set(one.worlds) <= set(found)),
        tables=(_table(facts, found),),
    )


def _why(found: Mapping[str, Any]) -> str:
    """Explain a peak that is higher where the Federal Reserve buys."""
    both = [name for name in PAIRS[0].worlds if name in found]
    buys, *out = (
        (from_metric(found[name], PAIRS[0].metric).p50 for name in both) if both else (0.0,)
    )
    if not out or buys <= out[0]:
        return ""
    return (
        " Yields peak higher where the Federal Reserve buys, since it buys where markets fail: "
        "its purchases answer the peak and end it."
    )


def _title(facts: Facts, found: Mapping[str, Any]) -> str:
    both = [name for name in PAIRS[0].worlds if name in found]
    if len(both) < 2:
        name = next(iter(both), "")
        verb = {"fed_buys": "buys", "fed_stays_out": "stays out"}.get(name, "is still")
        return f"The Federal Reserve {verb} in every simulation"
    buys, out = (from_metric(found[name], "us_10y_peak_bp").middle for name in both)
    share = facts.share(found["fed_stays_out"]["share_frac"])
    return f"{buys} at the peak where the Fed buys; {out} where it stays out, {share}"


def _fan(facts: Facts, split: Split) -> Drawing:
    series, pair = split.series, split.worlds
    flags = sorted_into(facts.dataset, np.asarray(is_priced(facts.dataset)))
    axis, values = along(facts, series)
    is_on = facts.has_level(series)
    told = level_unit(series) if is_on else "percent"
    values = facts.raised(series, values) if is_on else values
    lines = [(NAMES[one], quantiles(values[flags[one]])) for one in pair]
    worlds = facts.summary["worlds"]
    both = [from_metric(worlds[one], split.metric).middle for one in pair]
    label = metrics()[split.metric].title(facts.years)
    title = f"{label}: {both[0]} ({NAMES[pair[0]]}), {both[1]} ({NAMES[pair[1]]})"
    ends = [float(end(line)) for _, line in lines for end in (np.nanmin, np.nanmax)]
    how = "Each band holds 90% of the simulations of its world."
    name = f"world_{split.page}"
    drawn = charts.fan(
        words(name, title, units(told), how), axis, lines,
        domain=(min(ends), max(ends)) if is_on else None,
    )  # fmt: skip
    return Drawing(id=name, title=title, chart=drawn, page=split.page)


def _table(facts: Facts, found: Mapping[str, Any]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    pairs = [[found[one] for one in split.worlds if one in found] for split in PAIRS]
    told = [percents([each["share_frac"] for each in pair]) for pair in pairs]
    rows.append(("Share of simulations", *(share for pair in told for share in pair)))
    for name in SHOWN:
        cells = [world_number(facts, world, name) for world in found]
        if any(not one.is_nil for one in cells):
            rows.append((metrics()[name].title(facts.years), *cells))
    head = ("Median (5–95%) within each", *(str(each["label"]) for each in found.values()))
    return Table(head=head, rows=tuple(rows), label="Worlds")


def world_number(facts: Facts, world: str, name: str) -> Told:
    """Read a metric within one world."""
    held = facts.summary["worlds"][world]
    return Told(from_metric(held, name), name, f"{facts.side}/{world}")
