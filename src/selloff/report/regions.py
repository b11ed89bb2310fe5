"""America, Japan and the world: one table of series gives sentences, charts and rows."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from selloff.report.draw import fan
from selloff.report.estimate import Estimate
from selloff.report.facts import Facts, has
from selloff.report.question import spoken_list
from selloff.report.section import Cell, Drawing, Section, Table
from selloff.report.told import Told, farther
from selloff.report.whys import whys

SECTIONS: Final = {"america": "America", "japan": "Japan", "world": "The world"}


@dataclass(frozen=True)
class Series:
    """One row of the table of series."""

    section: str
    series: str
    label: str
    chart: str
    page: str


@cache
def table_of_series() -> tuple[Series, ...]:
    """Read the table of series."""
    text = files("selloff.report").joinpath("series.csv").read_text(encoding="utf-8")
    return tuple(Series(**one) for one in csv.DictReader(text.splitlines()))


def regions(runs: tuple[Facts, ...]) -> list[Section]:
    """Tell what became of America, Japan and the world."""
    if not runs[0].is_told:
        return []
    found = [region(runs, section) for section in SECTIONS]
    return [one for one in found if one is not None]


def region(runs: tuple[Facts, ...], section: str) -> Section | None:
    """Tell what became of one part of the world: what moved, and what did not."""
    rows = [one for one in table_of_series() if one.section == section and _in_all(runs, one)]
    moved = [one for one in rows if any(not farthest(each, one.series).is_nil for each in runs)]
    still = [one.label for one in rows if one not in moved]
    if not rows:
        return None
    words = [_lower(one) for one in still]
    heads = [
        _moves(one.label, farthest(runs[0], one.series).estimate)
        for one in moved
        if one.chart == "head"
    ]
    return Section(
        id=section,
        link=SECTIONS[section],
        title=", ".join([*heads[:1], *map(_lower, heads[1:])])
        or f"Hardly anything happens: {SECTIONS[section]}",
        small=tuple(_figure(runs, one) for one in moved if one.chart),
        whys=whys(runs[0], section),
        tables=(_table(runs, moved),) if moved else (),
        quiet=f"Nothing happened to {spoken_list(words)}." if words else "",
    )


def farthest(facts: Facts, series: str) -> Told:
    """Read the highest or the lowest point, whichever lies farther out in the median."""
    return farther(*(facts.told(f"{way}:{series}") for way in ("highest", "lowest")))


def finding(runs: tuple[Facts, ...], one: Series) -> str:
    """Say in a title how far a series goes, where it is a year on, and what B does; in levels
    where it has one."""
    far = [farthest(each, one.series) for each in runs]
    year = runs[0].told(f"end:{one.series}:1")
    has_year = year.estimate.is_known
    if far[0].is_nil:
        return _moves(one.label, far[0].estimate)
    if all(each.has_level(one.series) for each in runs):
        return _levels(runs, one, far)
    text = _moves(one.label, far[0].estimate) + (_year(year.estimate) if has_year else "")
    if len(runs) > 1:
        text += f"; in B by {far[1].size.middle}" if not far[1].is_nil else "; in B it stays"
    return text


def _levels(runs: tuple[Facts, ...], one: Series, far: list[Told]) -> str:
    start = runs[0].start(one.series)
    to, *other = (each.level(told.formula).middle for each, told in zip(runs, far, strict=True))
    year = runs[0].level(f"end:{one.series}:1").estimate
    verb = ("fall" if far[0].estimate.p50 < 0.0 else "rise") + _s(one.label)
    text = f"{one.label} {verb} from {start} to {to}"
    text += f", {year.middle} a year on" if year.is_known else ""
    return f"{text}; in B to {other[0]}" if other else text


def _moves(label: str, far: Estimate) -> str:
    if far.is_nil:
        return (
            f"{label} stays on its path" if not _is_plural(label) else f"{label} stay on their path"
        )
    if abs(far.p50) < 1e-12 or far.middle.strip("0.%bp$¥tn ") == "":
        verb = ("rise" if far.p95 > -far.p05 else "fall") + _s(label)
        return f"{label} {verb} in some simulations only"
    size = far.turned() if far.p50 < 0.0 else far
    verb = ("fall" if far.p50 < 0.0 else "rise") + _s(label)
    return f"{label} {verb} by up to {size.middle}"


def _year(year: Estimate) -> str:
    if year.is_nil or not any(one in "123456789" for one in year.middle):
        return " and is back a year on"
    size = year.turned() if year.p50 < 0.0 else year
    return f", {size.middle} {'below' if year.p50 < 0.0 else 'above'} its path a year on"


def _is_plural(label: str) -> bool:
    return (
        label.split(" (")[0]
        .split(" of ")[0]
        .split(" in ")[0]
        .endswith(("shares", "prices", "Shares", "exports", "Assets", "Bonds", "Dollars"))
    )


def _s(label: str) -> str:
    return "" if _is_plural(label) else "s"


def _figure(runs: tuple[Facts, ...], one: Series) -> Drawing:
    name = "".join(c if c.isalnum() else "_" for c in one.series.split("=")[-1]).strip("_")
    title = finding(runs, one)
    is_level = all(each.has_level(one.series) for each in runs)
    how = "Opening level and effect." if is_level else "Against its path without the sale."
    drawn = fan(name.lower(), title, runs, one.series, how=how, is_level=is_level)
    return Drawing(id=name.lower(), title=title, chart=drawn, page=one.page)


def _table(runs: tuple[Facts, ...], rows: list[Series]) -> Table:
    cells: list[tuple[Cell, ...]] = []
    for one in rows:
        numbers: list[Cell] = []
        for each in runs:
            numbers += [
                farthest(each, one.series),
                *(each.told(f"end:{one.series}{at}") for at in (":1", "")),
            ]
        cells.append((one.label, *numbers))
    sides = [""] if len(runs) == 1 else ["A: ", "B: "]
    head = [f"{side}{word}" for side in sides for word in ("farthest", "a year on", "at the end")]
    head = [one[:1].upper() + one[1:] for one in head]
    fold = f"All numbers ({len(cells)})"
    return Table(head=("Against baseline: median (5–95%)", *head), rows=tuple(cells), fold=fold)


def _in_all(runs: tuple[Facts, ...], one: Series) -> bool:
    return all(has(each.dataset, one.series) for each in runs)


def _lower(label: str) -> str:
    words = label.split(" ")
    is_name = words[0] in ("US", "Japan's", "Japanese", "Toyota's", "Honda's", "Bitcoin")
    return label if is_name else label[:1].lower() + label[1:]
