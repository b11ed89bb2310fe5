"""How far to trust it: the record, the backtest, the spread, how simulations ended."""

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Final

import numpy as np

from selloff import charts
from selloff.charts import TWENTY, Row, Yardstick
from selloff.report.caveats import beside_walk
from selloff.report.draw import units, words
from selloff.report.estimate import alone, from_draws
from selloff.report.facts import Facts
from selloff.report.prescribed import is_quiet
from selloff.report.question import listed
from selloff.report.section import Cell, Drawing, Section, Table
from selloff.results import TOLERANCE_USD_BN, largest_rise, metric_draws
from selloff.vocab import EPISODE_LABELS

OUTCOMES: Final = {
    "nothing_to_sell": "nobody plans to sell", "completed": "all is sold in time",
    "completed_late": "all is sold, later than planned",
    "unfinished": "the sale is open at the end",
    "frozen": "Washington freezes what is left",
    "no_equilibrium": "no price clears the market, left out of every number",
    "room_for_all": "dealers always have room",
    "orders_waited": "dealers are full and orders wait",
    "beyond_capacity": "dealers hold more than they have room for",
}  # fmt: skip
MOST: Final = 10
"""Episodes in a chart."""


def trust(runs: tuple[Facts, ...]) -> Section:
    """Say how far to trust it."""
    facts = runs[0]
    scores = _scores(facts)
    figures = [*(_episodes(scores) if scores else ()), _dots(facts)]
    return Section(
        id="trust",
        link="How far to trust it",
        title=_title(scores),
        lead=(*_warnings(runs), _ended(facts), *_sentence(scores)),
        figures=tuple(one for one in figures if one is not None),
        tables=(_history(facts), *((_aggregates(scores), _all(scores)) if scores else ())),
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
        f"All {len(names)} identities of the books hold; the largest miss is "
        f"${max(largest, default=0.0):.0e}bn, {TOLERANCE_USD_BN:.0e} is allowed."
    )


def _title(scores: Mapping[str, Any] | None) -> str:
    if scores is None:
        return "Effects are those of a model, not a forecast"
    every = scores["scores"]["all"]
    return (
        f"{every['coverage']:.0%} of {every['n']} past outcomes fell in its ranges; its medians "
        f"were {beside_walk(every)}"
    )


def _scores(facts: Facts) -> Mapping[str, Any] | None:
    raw = facts.dataset.attrs.get("backtest")
    return json.loads(str(raw)) if raw else None


def _warnings(runs: Sequence[Facts]) -> list[Cell]:
    leads = ("",) if len(runs) == 1 else ("A: ", "B: ")
    pairs = zip(leads, runs, strict=True)
    return [f"{lead}{one}" for lead, each in pairs for one in listed(each.dataset, "warnings")]


def _ended(facts: Facts) -> str:
    total = sum(int(count) for count in facts.summary["outcomes"].values()) or 1
    counted = [*facts.summary["outcomes"].items(), *facts.summary["capacity"].items()]
    named = [(OUTCOMES.get(name, name.replace("_", " ")), count) for name, count in counted]
    said = [f"{words} in {alone(int(count) / total, 'fraction')}" for words, count in named]
    return f"How the simulations ended: {', '.join(said)}. {identity_words(facts)}"


def _sentence(scores: Mapping[str, Any] | None) -> list[Cell]:
    if scores is None:
        return []
    every, n = scores["scores"]["all"], len(scores["episodes"])
    return [
        f"Held against {n} episodes of the past, each scored without what it taught, its error is "
        f"{every['against_walk']:.2f} of that of a random walk and {every['against_rule']:.2f} of "
        f"that of a flat rule of 6 bp per $100bn. Where it claimed a direction it was right "
        f"{every['signs_right']} times of {every['signs_claimed']}."
    ]


def _dots(facts: Facts) -> Drawing | None:
    """Twenty equally likely peaks, beside the largest rise on record over a year."""
    if is_quiet(facts.dataset) or not facts.alive.any():
        return None
    draws = metric_draws(facts.dataset)["us_10y_peak_bp"]
    record = next(
        (one for one in listed(facts.dataset, "records") if one["quantity"] == "us_10y_max_20d_bp"),
        None,
    )
    values = charts_quantiles(draws)
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


def charts_quantiles(draws: np.ndarray) -> list[float]:
    """Take the quantiles behind twenty dots."""
    from_results = np.quantile(draws[np.isfinite(draws)], TWENTY)
    return [float(one) for one in from_results]


def _history(facts: Facts) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for record in listed(facts.dataset, "records"):
        if record["unit"] == "bp" and record["business_days"]:
            draws = largest_rise(facts.dataset, record["business_days"])
            known = draws[np.isfinite(draws)]
            beyond = float(np.mean(known > record["limit"])) if known.size else np.nan
            seen = f"{record['limit']:.0f}bp ({record['on']})"
            share = alone(beyond, "fraction") if isfinite(beyond) else "–"
            rows.append((record["label"], from_draws(draws, "bp").brief, seen, share))
    head = (
        "US 10-year",
        "This sale: median (5–95%)",
        "Largest since 1990",
        "Simulations beyond it",
    )
    return Table(head=head, rows=tuple(rows), label="Beside the record")


def _aggregates(scores: Mapping[str, Any]) -> Table:
    found = scores["scores"]
    rows = [(label, found["variables"][name]) for name, label in EPISODE_LABELS.items()]
    rows += [("All, variables alike", found["all"]), ("Episodes with flows", found["with_flows"])]
    head = (
        "Backtest",
        "Outcomes",
        "Inside 5–95%",
        "Error / walk",
        "Error / flat rule",
        "Signs right",
    )
    cells = tuple(
        (
            label,
            str(each["n"]),
            "–" if each["coverage"] is None else f"{each['coverage']:.0%}",
            *(
                "–" if each[key] is None else f"{each[key]:.2f}"
                for key in ("against_walk", "against_rule")
            ),
            f"{each['signs_right']} of {each['signs_claimed']}",
        )
        for label, each in rows
    )
    return Table(head=head, rows=cells, fold="Scores by variable")


def _all(scores: Mapping[str, Any]) -> Table:
    rows = []
    for case in scores["episodes"]:
        cells = [case["title"], f"{case['start']} to {case['end']}"]
        for each, places in zip(case["rows"][:2], (0, 1), strict=True):
            low, middle, high = (_signed(one, places) for one in each["model"])
            seen = "–" if each["observed"] is None else _signed(each["observed"], places)
            cells += [f"{middle} ({low} to {high})", seen, each["verdict"]]
        rows.append(tuple(cells))
    head = (
        "Episode",
        "Window",
        "US 10-year, bp: model",
        "Seen",
        "Verdict",
        "Yen per dollar, %: model",
        "Seen",
        "Verdict",
    )
    fold = f"All {len(rows)} episodes"
    return Table(head=head, rows=tuple(rows), words=(0, 1, 4, 7), fold=fold, is_sorted=True)


def _signed(value: float, places: int) -> str:
    text = f"{value:.{places}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text.replace("-", "−")


def _episodes(scores: Mapping[str, Any]) -> list[Drawing]:
    shown = (("us_10y_bp", "bp", "10-year"), ("usdjpy_pct", "percent", "yen per dollar"))
    found = [_episode_chart(scores["episodes"], *one) for one in shown]
    return [one for one in found if one is not None]


def _episode_chart(
    cases: Sequence[Mapping[str, Any]], variable: str, unit: str, label: str
) -> Drawing | None:
    held = [
        (str(case["title"]), one) for case in cases for one in case["rows"]
        if one["variable"] == variable and one["observed"] is not None and one["effect"][1] != 0.0
    ]  # fmt: skip
    if not held:
        return None
    inside = sum(one["model"][0] <= one["observed"] <= one["model"][2] for _, one in held)
    title = f"{inside} of {len(held)} moves of the {label} in episodes with flows lay in its range"
    rows = [_episode(name, one, unit) for name, one in held][:MOST]
    how = "Line: 5–95% of the model. What happened stands in the note of each row and in the table."
    drawn = charts.dots(words(f"past_{variable}", title, units(unit), how), rows)
    return Drawing(id=f"past_{variable}", title=title, chart=drawn, page="noise")


def _episode(name: str, one: Mapping[str, Any], unit: str) -> Row:
    low, middle, high = one["model"]
    seen = alone(float(one["observed"]), unit)
    return Row(name=name, p05=low, p50=middle, p95=high, note=f"What happened: {seen}")
