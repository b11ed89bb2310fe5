"""Emerging economies: a map, a ranked table, and who is left out."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import xarray as xr
from markupsafe import Markup

from selloff.report.estimate import Estimate, alone, from_draws
from selloff.report.paths import DASH, beside, cell
from selloff.report.question import listed, spoken_list
from selloff.report.section import Block, Section, has_moved
from selloff.report.tables import Table
from selloff.report.world_map import Place, dotted, undrawn, world_map

NEEDED: Final = ("em_crisis_prob", "em_crisis_prob_base", "em_flow_loss")
FIRST_ROWS: Final = 15
"""Countries in the open table; the others are one click away."""
HEAD: Final = (
    "Country",
    "Added chance of a crisis within two years",
    "Chance in the baseline",
    "Inflow lost in the first year, of GDP",
    "Reserves over 3 months of imports",
    "Current account, of GDP",
    "Short-term debt, of reserves",
    "Exchange rate",
)


@dataclass(frozen=True)
class Country:
    """What the page shows of one country."""

    code: str
    name: str
    added: Estimate
    base: Estimate
    flow: Estimate
    facts: tuple[str, str, str, str]


def emerging(dataset: xr.Dataset) -> Section | None:
    """Tell which emerging economies come closer to a crisis."""
    if not has_moved(dataset, *NEEDED) or not dataset.sizes["country"]:
        return None
    found = countries(dataset)
    table = Table(HEAD, tuple(_row(one) for one in found[:FIRST_ROWS]), words=(0, 7))
    rest = Table(HEAD, tuple(_row(one) for one in found[FIRST_ROWS:]), words=(0, 7))
    blocks = [
        Block(picture=_map(found), note=_map_note(found)),
        Block(table=table),
    ]
    if rest.rows:
        fold = f"The other {len(rest.rows)} countries"
        blocks.append(Block(table=rest, fold=fold))
    left_out = dropped(dataset)
    if left_out.rows:
        fold = f"Left out for want of data ({len(left_out.rows)})"
        blocks.append(Block(table=left_out, fold=fold))
    return Section(
        id="emerging",
        heading="Emerging economies",
        link="Emerging economies",
        sentences=_sentences(dataset, found),
        blocks=tuple(blocks),
    )


def countries(dataset: xr.Dataset) -> list[Country]:
    """Read every country, the largest added chance of a crisis first."""
    with_it, base, flow = (
        np.asarray(dataset[name].transpose("draw", "country").to_numpy(), dtype=np.float64)
        for name in NEEDED
    )
    codes = [str(one).upper() for one in dataset["country"].to_numpy()]
    names = [str(one) for one in dataset["country_name"].to_numpy()]
    found = [
        Country(
            codes[at],
            names[at],
            from_draws(100.0 * (with_it[:, at] - base[:, at]), "percentage points"),
            from_draws(base[:, at], "fraction"),
            from_draws(flow[:, at], "percent of GDP"),
            _facts(dataset, at),
        )
        for at in range(len(codes))
    ]
    return sorted(found, key=lambda one: (-one.added.p50, -one.added.p95, one.name))


def dropped(dataset: xr.Dataset) -> Table:
    """List the countries that are left out, with the reason."""
    left_out = [one for one in listed(dataset, "em_dropped") if isinstance(one, dict)]
    rows = (
        (str(one.get("name") or one.get("country")), str(one.get("reason"))) for one in left_out
    )
    return Table(("Left out", "Why"), tuple(rows), words=(0, 1))


def _facts(dataset: xr.Dataset, at: int) -> tuple[str, str, str, str]:
    numbers = [
        (float(dataset[name].to_numpy()[at]), unit)
        for name, unit in (
            ("em_reserve_adequacy", "ratio"),
            ("em_current_account", "percent"),
            ("em_short_term_debt", "percent"),
        )
    ]
    adequacy, account, debt = (
        alone(number, unit) if np.isfinite(number) else DASH for number, unit in numbers
    )
    regime = str(dataset["country_regime"].to_numpy()[at]).replace("_", " ")
    return adequacy, account, debt, regime


def _row(one: Country) -> tuple[str, ...]:
    flow = replace(one.flow, unit="percent")
    return (one.name, cell(one.added), cell(one.base), cell(flow), *one.facts)


def _sentences(dataset: xr.Dataset, found: list[Country]) -> tuple[str, ...]:
    gap = dataset["em_crisis_prob"] - dataset["em_crisis_prob_base"]
    more = from_draws(gap.sum("country", skipna=False).to_numpy(), "count")
    base = from_draws(
        dataset["em_crisis_prob_base"].sum("country", skipna=False).to_numpy(), "count"
    )
    text = (
        f"Chances added up over {len(found)} emerging economies, {beside(more, 'fewer', 'more')} "
        f"currency crises are to be expected within two years than the {base.text} of the baseline."
    )
    known = [one for one in found if one.added.is_known and not one.added.is_nil]
    nearer = [one for one in known if one.added.p50 > 0.0][:3]
    if nearer:
        named = spoken_list([f"{one.name} by {one.added.text}" for one in nearer])
        return (text, f"In the median draw the chance rises most in {named}.", _flows(found))
    safer = [one for one in known if one.added.p50 < 0.0][:-4:-1]
    sentence = "In the median draw the chance rises in none of them"
    if safer:
        named = spoken_list([f"{one.name} by {one.added.turned().text}" for one in safer])
        sentence = f"{sentence}; it falls most in {named}"
    return (text, f"{sentence}.", _flows(found))


def _flows(found: list[Country]) -> str:
    typical = sorted(found, key=lambda one: one.flow.p50)[len(found) // 2]
    verb = "loses" if typical.flow.p50 >= 0.0 else "gains"
    size = typical.flow.turned() if typical.flow.p50 < 0.0 else typical.flow
    return (
        f"The country in the middle, {typical.name}, {verb} inflows of {size.text} in the first "
        "year."
    )


def _map(found: list[Country]) -> Markup:
    places = {
        one.code: Place(
            one.name,
            one.added.p50,
            f"{one.added.text} added to {one.base.text} in the baseline",
        )
        for one in found
        if one.added.is_known
    }
    label = (
        "Map: added chance of a currency crisis within two years, by country; the table below has "
        "every number."
    )
    return world_map(places, unit="Percentage points added, median draw", label=label)


def _map_note(found: list[Country]) -> str:
    codes = [one.code for one in found]
    absent = [one.name for one in found if one.code in undrawn(codes)]
    dots = "Dots are economies too small for an outline. " if dotted(codes) else ""
    too_small = f"Too small to draw: {spoken_list(absent)}. " if absent else ""
    return (
        f"Point at a country for its numbers. {dots}{too_small}"
        "Outlines: Natural Earth, public domain; "
        "they show who controls land and take no side."
    )
