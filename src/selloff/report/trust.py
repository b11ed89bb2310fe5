"""How far to trust it: the record, the backtest, the spread, how simulations ended."""

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Final

import numpy as np

from selloff import charts
from selloff.charts import TWENTY, Yardstick
from selloff.report.caveats import beside_walk
from selloff.report.draw import units, words
from selloff.report.estimate import from_draws
from selloff.report.facts import Facts, shares
from selloff.report.past import aggregates, episodes, every_episode, scores
from selloff.report.question import listed
from selloff.report.section import Cell, Drawing, Section, Table
from selloff.results import TOLERANCE_USD_BN, largest_rise
from selloff.vocab import percents

OUTCOMES: Final = {
    "nothing_to_sell": "nobody plans to sell", "completed": "all is sold in time",
    "completed_late": "all is sold later than planned",
    "unfinished": "the sale is open at the end",
    "frozen": "Washington freezes what is left",
    "no_equilibrium": "no price clears the market, left out of every number",
    "room_for_all": "for all that is put up",
    "orders_waited": "orders wait for room on their books",
    "beyond_capacity": "they hold more than they have room for",
}  # fmt: skip
FAR_INSIDE: Final = 0.1
"""Share of the record; where three of four peaks lie below it they are too alike to draw."""


def trust(runs: tuple[Facts, ...]) -> Section:
    """Say how far to trust it."""
    facts = runs[0]
    found = scores(facts)
    figures = [*(episodes(found) if found else ()), peak_dots(facts)]
    return Section(
        id="trust",
        link="Trust",
        title=record_title(found),
        lead=(*_warnings(runs), _ended(facts), *record(found)),
        figures=tuple(one for one in figures if one is not None),
        tables=(_history(facts), *((aggregates(found), every_episode(found)) if found else ())),
    )


def identity_words(facts: Facts) -> str:
    """Say in one line that nothing appears and nothing vanishes, or what does."""
    dataset = facts.dataset
    names = [str(one).replace("_", " ") for one in dataset["identity"].to_numpy()]
    held = np.abs(dataset["identity_residual"].transpose("draw", "identity").to_numpy())
    largest = [float(np.nanmax(one)) if np.isfinite(one).any() else 0.0 for one in held.T]
    ledger = json.loads(dataset.attrs.get("ledger_identities", "{}")).get("residuals", {})
    names += [f"{name.replace('_', ' ')} of named holders" for name in ledger]
    largest += [float(one) for one in ledger.values()]
    broken = [name for name, one in zip(names, largest, strict=True) if one > TOLERANCE_USD_BN]
    if broken:
        return f"BROKEN: {', '.join(broken)}. Do not use these numbers."
    return (
        f"All {len(names)} identities of the books hold: the largest miss is "
        f"{_cents(max(largest, default=0.0))}, and {_cents(TOLERANCE_USD_BN)} is allowed."
    )


def _cents(usd_bn: float) -> str:
    """Write a miss as money."""
    dollars = 1e9 * usd_bn
    return "less than a dollar" if dollars < 1.0 else f"${dollars:,.0f}"


def record_title(found: Mapping[str, Any] | None) -> str:
    """Say how many past outcomes fell in its ranges."""
    if found is None:
        return "Effects are those of a model, not a forecast"
    every = found["scores"]["all"]
    return (
        f"{every['coverage']:.0%} of {every['n']} past outcomes fell in its ranges; its medians "
        f"were {beside_walk(every)}"
    )


def _warnings(runs: Sequence[Facts]) -> list[Cell]:
    leads = ("",) if len(runs) == 1 else ("A: ", "B: ")
    pairs = zip(leads, runs, strict=True)
    return [
        f"{lead}{one}" for lead, each in pairs for one in joined(listed(each.dataset, "warnings"))
    ]


def joined(warnings: Sequence[str]) -> list[str]:
    """Say once what several warnings end with."""
    found: dict[str, list[str]] = {}
    for one in warnings:
        what, _, then = one.partition(". ")
        found.setdefault(then, []).append(what.removesuffix("."))
    return [f"{'; '.join(each)}. {then}".rstrip() for then, each in found.items()]


def _ended(facts: Facts) -> str:
    return " ".join((*endings(facts.summary), identity_words(facts)))


def endings(summary: Mapping[str, Any]) -> tuple[str, str]:
    """Say how the simulations ended, and what dealers had room for."""
    return (
        f"How the simulations ended: {_counted(summary['outcomes'])}.",
        f"What dealers had room for: {_counted(summary['capacity'])}.",
    )


def _counted(counts: Mapping[str, int]) -> str:
    """Say in how many simulations each outcome came about."""
    total = sum(map(int, counts.values())) or 1
    named = [OUTCOMES.get(name, name.replace("_", " ")) for name in counts]
    told = shares([count / total for count in counts.values()])
    return "; ".join(f"{words} {share}" for words, share in zip(named, told, strict=True))


def record(found: Mapping[str, Any] | None) -> list[str]:
    """Say how it did beside its rivals."""
    if found is None:
        return []
    every, n = found["scores"]["all"], len(found["episodes"])
    return [
        f"Held against {n} episodes of the past, each scored without what it taught, its error is "
        f"{every['against_walk']:.2f} of that of a random walk, {every['against_rule']:.2f} of "
        f"that of a flat rule of 6 bp per $100bn and {every['against_simple']:.2f} of that of one "
        "published elasticity of purchases and one of the yen. Where it claimed a direction it "
        f"was right {every['signs_right']} times of {every['signs_claimed']}."
    ]


def peak_dots(facts: Facts) -> Drawing | None:
    """Twenty equally likely peaks, beside the largest rise on record over a year."""
    if not facts.is_told:
        return None
    draws = facts.draws["us_10y_peak_bp"]
    record = next(
        (one for one in listed(facts.dataset, "records") if one["quantity"] == "us_10y_max_20d_bp"),
        None,
    )
    if record and np.nanquantile(draws, 0.75) < FAR_INSIDE * float(record["limit"]):
        return None
    values = [float(one) for one in np.quantile(draws[np.isfinite(draws)], TWENTY)]
    limit = float(record["limit"]) if record else None
    beyond = sum(one > limit for one in values) if limit is not None else 0
    title = (
        f"In {beyond} of 20 the 10-year rises by more than in any 20 days since 1990"
        if record else "Twenty equally likely peaks of the 10-year"
    )  # fmt: skip
    told = words(
        "peak_dots", title, units("bp"), "Each dot is one in twenty of the peaks, against baseline."
    )
    records = [Yardstick(label=f"record of {record['on'][:4]}", x=limit)] if record else []
    drawn = charts.quantile_dots(told, values, beyond=limit, records=records)
    return Drawing(id="peak_dots", title=title, chart=drawn, page="noise")


def _history(facts: Facts) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for record in listed(facts.dataset, "records"):
        if record["unit"] == "bp" and record["business_days"]:
            draws = largest_rise(facts.dataset, record["business_days"])
            known = draws[np.isfinite(draws)]
            beyond = float(np.mean(known > record["limit"])) if known.size else np.nan
            seen = f"{record['limit']:.0f}bp ({record['on']})"
            share = percents((beyond,))[0] if isfinite(beyond) else "–"
            rows.append((record["label"], from_draws(draws, "bp").brief, seen, share))
    head = (
        "US 10-year",
        "This sale: median (5–95%)",
        "Largest since 1990",
        "Simulations beyond it",
    )
    return Table(head=head, rows=tuple(rows), label="Beside the record")
