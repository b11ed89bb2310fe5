"""America, Japan and the world: one table of series gives sentences, charts and rows."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from selloff.report.draw import fan, units
from selloff.report.estimate import Estimate
from selloff.report.facts import POINTS, Facts, farthest, has, unit
from selloff.report.question import spoken_list, upper
from selloff.report.section import Cell, Drawing, Section, Table
from selloff.report.told import Told
from selloff.report.whys import whys
from selloff.vocab.rows import rows_of

LEAST: Final = 0.05
"""Change below which a section's title does not name it [percent]."""
SECTIONS: Final = {"america": "America", "japan": "Japan", "world": "The world"}


@dataclass(frozen=True)
class Series:
    """One row of the table of series."""

    section: str
    series: str
    label: str
    plural: str
    chart: str
    page: str

    @property
    def it(self) -> str:
        """The word that stands for it."""
        return "they" if self.plural else "it"

    @property
    def path(self) -> str:
        """Its path without the sale."""
        return "their path" if self.plural else "its path"


@cache
def table_of_series() -> tuple[Series, ...]:
    """Read the table of series."""
    return tuple(Series(**one) for one in rows_of("report", "series"))


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
    seen = [one for one in moved if any(_is_seen(each, one.series) for each in runs)]
    still = [one.label for one in rows if one not in moved]
    if not rows:
        return None
    words = [_lower(one) for one in still]
    named = [(one, farthest(runs[0], one.series).estimate) for one in seen if one.chart == "head"]
    heads = [_moves(one, far) for one, far in named if abs(far.p50) >= LEAST]
    return Section(
        id=section,
        link=SECTIONS[section],
        title=", ".join([*heads[:1], *map(_lower, heads[1:])])
        or f"Hardly anything happens: {SECTIONS[section]}",
        small=tuple(_figure(runs, one) for one in seen if one.chart),
        whys=whys(runs[0], section),
        tables=(_table(runs, moved),) if moved else (),
        quiet=f"Nothing happened to {spoken_list(words)}." if words else "",
    )


def _is_seen(facts: Facts, series: str) -> bool:
    """Say whether a picture would show it: its level, or else an end of its range, changes."""
    far = farthest(facts, series)
    if facts.has_level(series):
        return facts.level(far.formula).middle != facts.start(series)
    ends = (far.estimate.p05, far.estimate.p50, far.estimate.p95)
    per = 100.0 if far.estimate.unit == "fraction" else 1.0
    return per * max(map(abs, ends)) >= 0.5 * 10.0 ** -units(far.estimate.unit).decimals


def finding(runs: tuple[Facts, ...], one: Series) -> str:
    """Say in a title how far a series goes, where it is a year on, and what B does; in levels
    where it has one."""
    far = [farthest(each, one.series) for each in runs]
    is_level = all(each.has_level(one.series) for each in runs) and not far[0].is_nil
    text = _goes(runs[0], one, far[0]) if is_level else _moves(one, far[0].estimate)
    year = runs[0].told(f"end:{one.series}:1").estimate
    if year.is_known and not far[0].is_nil:
        then = runs[0].level(f"end:{one.series}:1").middle if is_level else _year(one, year)
        text += f", {then} a year on"
    if len(far) == 1:
        return text
    a, b = (each.estimate.p50 for each in far)
    verb = "" if a * b > 0.0 else f"{one.it} {_verb(one, b)} "
    if far[1].is_nil or not far[1].estimate.has_digit:
        return f"{text}; in B {one.it} hardly move{_s(one)}"
    size = f"by {_in_percent(far[1].size.estimate, one).middle}"
    there = f"to {runs[1].level(far[1].formula).middle}" if is_level else size
    return f"{text}; in B {verb}{there}"


def _goes(facts: Facts, one: Series, far: Told) -> str:
    start, level = facts.start(one.series), facts.level(far.formula).middle
    return f"{one.label} {_verb(one, far.estimate.p50)} from {start} to {level}"


def _moves(one: Series, far: Estimate) -> str:
    if far.is_nil:
        return f"{one.label} stay{_s(one)} on {one.path}"
    if not far.has_digit:
        way = 1.0 if far.p95 > -far.p05 else -1.0
        return f"{one.label} {_verb(one, way)} in some simulations only"
    size = _in_percent(far.turned() if far.p50 < 0.0 else far, one)
    return f"{one.label} {_verb(one, far.p50)} by {size.middle}"


def _year(one: Series, year: Estimate) -> str:
    if not year.has_digit:
        return f"on {one.path}"
    size = year.turned() if year.p50 < 0.0 else year
    return f"{size.middle} {'below' if year.p50 < 0.0 else 'above'} {one.path}"


def _in_percent(number: Estimate, one: Series) -> Estimate:
    """Write an index in percent where its metric calls it points."""
    is_index = number.unit == POINTS and unit(one.series) == "percent"
    return replace(number, unit="percent") if is_index else number


def _verb(one: Series, change: float) -> str:
    return ("fall" if change < 0.0 else "rise") + _s(one)


def _s(one: Series) -> str:
    return "" if one.plural else "s"


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
    head = [upper(one) for one in head]
    fold = f"All numbers ({len(cells)})"
    return Table(head=("Against baseline: median (5–95%)", *head), rows=tuple(cells), fold=fold)


def _in_all(runs: tuple[Facts, ...], one: Series) -> bool:
    return all(has(each.dataset, one.series) for each in runs)


def _lower(label: str) -> str:
    words = label.split(" ")
    is_name = words[0] in ("US", "Japan's", "Japanese", "Toyota's", "Honda's", "Bitcoin")
    return label if is_name else label[:1].lower() + label[1:]
