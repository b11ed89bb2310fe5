"""Emerging economies: who comes nearer to a crisis, who farther, and who is left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from selloff import charts
from selloff.charts import Digits, Land
from selloff.report.draw import row, units, words
from selloff.report.estimate import Estimate, alone, from_draws
from selloff.report.facts import POINTS, Facts
from selloff.report.question import listed, spoken_list
from selloff.report.section import Cell, Drawing, Section, Table
from selloff.report.told import say
from selloff.report.whys import whys

NEEDED: Final = ("em_crisis_prob", "em_crisis_prob_base", "em_flow_loss")
DRAWN: Final = 12
"""Countries in the chart of ranges."""
LEAST: Final = 0.05
"""Change of a chance that reads as other than zero [percentage points]."""
UNKNOWN: Final = "–"
SOURCE: Final = "Selloff; outlines of Natural Earth, which show who controls land and take no side"


@dataclass(frozen=True)
class Country:
    """What the page shows of one country."""

    code: str
    name: str
    added: Estimate
    base: Estimate
    flow: Estimate
    facts: tuple[str, str, str, str]


def countries(runs: tuple[Facts, ...]) -> Section | None:
    """Tell which emerging economies come nearer to a crisis."""
    facts = runs[0]
    held = all(name in facts.dataset for name in NEEDED) and facts.dataset.sizes["country"]
    if not held or not facts.is_told:
        return None
    found = [ranked(each) for each in runs]
    is_moved = any(abs(one.added.p50) >= LEAST for one in found[0])
    return Section(
        id="countries",
        link="Emerging economies",
        title=_title(found[0]),
        lead=_lead(runs, found[0]),
        figures=(_ranges(found[0]), _map(found[0])) if is_moved else (),
        whys=whys(facts, "countries"),
        tables=(_table(found), _dropped(facts)),
    )


def ranked(facts: Facts) -> list[Country]:
    """Read every country, the largest effect first whatever its sign."""
    with_it, base, flow = (
        np.asarray(facts.dataset[name].transpose("draw", "country").to_numpy(), dtype=np.float64)
        for name in NEEDED
    )
    codes = [str(one).upper() for one in facts.dataset["country"].to_numpy()]
    names = [str(one) for one in facts.dataset["country_name"].to_numpy()]
    found = [
        Country(
            code,
            name,
            from_draws(100.0 * (with_it[:, at] - base[:, at]), POINTS),
            from_draws(base[:, at], "fraction"),
            from_draws(flow[:, at], "percent of GDP"),
            _standing(facts, at),
        )
        for at, (code, name) in enumerate(zip(codes, names, strict=True))
    ]
    known = [one for one in found if one.added.is_known]
    return sorted(known, key=lambda one: (-abs(one.added.p50), -one.added.p95, one.name))


def _standing(facts: Facts, at: int) -> tuple[str, str, str, str]:
    names = {
        "em_reserve_adequacy": "ratio",
        "em_current_account": "percent",
        "em_short_term_debt": "percent",
    }
    held = facts.dataset.variables
    numbers = [(float(held[name].values[at]), unit) for name, unit in names.items()]
    words = [alone(one, unit) if np.isfinite(one) else UNKNOWN for one, unit in numbers]
    regime = str(held["country_regime"].values[at]).replace("_", " ")
    return words[0], words[1], words[2], regime


def _title(found: Sequence[Country]) -> str:
    nearer = [one for one in found if one.added.p50 >= LEAST]
    safer = [one for one in found if one.added.p50 <= -LEAST]
    if not nearer and not safer:
        return "No emerging economy comes nearer to a crisis"
    moved, way = (safer, "less likely") if len(safer) > len(nearer) else (nearer, "likelier")
    most = moved[0].name
    return f"A crisis becomes {way} in {len(moved)} of {len(found)} economies, most in {most}"


def _lead(runs: Sequence[Facts], found: Sequence[Country]) -> tuple[Cell, ...]:
    more = runs[0].told("em_crises_expected")
    if not more.estimate.is_known:
        return ()
    verb = "fewer" if more.estimate.p50 < 0.0 else "more"
    base = runs[0].told("total:em_crisis_prob_base")
    text = say(
        "Chances added up over {n} economies, {more} {verb} crises are to be expected within two "
        "years than the {base} without the sale.",
        n=len(found), more=more.size, verb=verb, base=base,
    )  # fmt: skip
    middle = sorted(found, key=lambda one: one.flow.p50)[len(found) // 2]
    flow = middle.flow.turned() if middle.flow.p50 < 0.0 else middle.flow
    verb = "fall" if middle.flow.p50 > 0.0 else "rise"
    change = f"{verb} by {flow.brief} within a year" if flow.has_digit else "stay as they are"
    words = " Inflows of the one in the middle, {name}, {change}."
    return (text + say(words, name=middle.name, change=change),)


def _ranges(found: Sequence[Country]) -> Drawing:
    rows = [row(one.name, one.added) for one in found[:DRAWN]]
    most = found[0]
    change = most.added.turned() if most.added.p50 < 0.0 else most.added
    way = "less" if most.added.p50 < 0.0 else "more"
    title = f"{most.name}: {most.base.middle} without the sale, {change.middle} {way} with it"
    how = "Chance of a currency crisis within two years, points added; largest effects, either way."
    drawn = charts.dots(words("country_ranges", title, units(POINTS), how), rows)
    return Drawing(id="country_ranges", title=title, chart=drawn, page="emerging")


def _map(found: Sequence[Country]) -> Drawing:
    places = [
        Land(
            name=one.name, code=one.code, note=f"{one.base.middle} without the sale",
            p05=one.added.p05, p50=one.added.p50, p95=one.added.p95,
            told=Digits(**one.added.written),
        )
        for one in found
    ]  # fmt: skip
    nearer = [one.name for one in found if one.added.p50 >= LEAST][:3]
    title = f"Nearer to a crisis: {spoken_list(nearer)}" if nearer else "Nowhere nearer to a crisis"
    how = "Points added to the chance of a crisis within two years; hatched: not in the model."
    told = units(POINTS, decimals=2)
    drawn = charts.world(words("country_map", title, told, how, source=SOURCE), places)
    return Drawing(id="country_map", title=title, chart=drawn, page="crisis-model")


def _table(found: Sequence[Sequence[Country]]) -> Table:
    other = {one.code: one for one in found[1]} if len(found) > 1 else {}
    rows = tuple(
        (
            one.name,
            one.added.brief,
            *((other[one.code].added.brief if one.code in other else UNKNOWN,) if other else ()),
            one.base.brief,
            replace(one.flow, unit="percent").brief,
            *one.facts,
        )
        for one in found[0]
    )
    sides = ("Added chance: A", "Added chance: B") if other else ("Added chance of a crisis",)
    head = (
        "Country", *sides, "Chance without the sale", "Inflow lost in a year, of GDP",
        "Reserves over 3 months of imports", "Current account, of GDP",
        "Short-term debt, of reserves", "Exchange rate",
    )  # fmt: skip
    fold = f"All {len(rows)} economies"
    return Table(head=head, rows=rows, words=(0, len(head) - 1), fold=fold, is_sorted=True)


def _dropped(facts: Facts) -> Table:
    out = [one for one in listed(facts.dataset, "em_dropped") if isinstance(one, dict)]
    rows = tuple(
        (str(one.get("name") or one.get("country")), str(one.get("reason"))) for one in out
    )
    fold = f"Left out for want of data ({len(rows)})"
    return Table(head=("Left out", "Why"), rows=rows, words=(0, 1), fold=fold)
