"""The answer: sentences with levels first, two charts, and the three caveats that matter."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from markupsafe import Markup

from selloff.charts import Mark, Record
from selloff.report.draw import days, fan
from selloff.report.ending import unfinished_count
from selloff.report.estimate import MONEY, Estimate, from_draws
from selloff.report.facts import TEN, YEN, Facts
from selloff.report.prescribed import is_quiet, prescribed_clause, prescriptions
from selloff.report.question import is_nothing_sold, listed, sale_clause, spoken_list
from selloff.report.section import Cell, Figure
from selloff.report.split import waterfall
from selloff.report.told import Told, say

NO_ANSWER: Final = "No simulation gave an answer; how each ended stands under Trust."
NOTHING: Final = "Nothing is sold and nothing else is asked, so every price stays on its path."
RISE_DAYS: Final = 20
THOUSAND: Final = 1000.0
RIGHT_SHARE: Final = "90"
"""Share of outcomes that should lie within 5 to 95 percent."""


def answer(facts: Facts) -> Markup:
    """Say what happens: yield, dollar in yen, time and bill."""
    if not facts.alive.any():
        return Markup(NO_ANSWER)
    if is_quiet(facts.dataset):
        return Markup(NOTHING)
    parts = [_yield(facts), _yen(facts)]
    if not is_nothing_sold(facts.dataset):
        parts.append(_bill(facts))
    return Markup(" ").join(part for part in parts if part)


def bill(facts: Facts, part: str = "total_cost") -> Told:
    """Read the bill or a part of it in the seller's own currency, in dollars where it has none."""
    currency = str(facts.dataset.attrs.get("seller_currency", "USD"))
    found = facts.told(f"seller_{part}_lc_bn")
    if currency == "USD" or f"{currency} bn" not in MONEY or not found.estimate.is_known:
        name = "seller_expected_sanction_loss_usd_bn" if part == "sanction_loss" else ""
        return facts.told(name or f"seller_{part}_usd_bn")
    return Told(own_money(found.estimate, currency), found.formula, facts.side)


def own_money(number: Estimate, currency: str) -> Estimate:
    """Bring an amount to billions or trillions of a currency."""
    is_large = max(abs(number.p05), abs(number.p95)) >= THOUSAND and f"{currency} tn" in MONEY
    per, unit = (THOUSAND, f"{currency} tn") if is_large else (1.0, f"{currency} bn")
    return Estimate(number.p05 / per, number.p50 / per, number.p95 / per, unit)


def _yield(facts: Facts) -> Markup:
    peak, year = facts.told("us_10y_peak_bp"), facts.told("us_10y_after_1y_bp")
    more = prescriptions(facts.dataset)
    if is_nothing_sold(facts.dataset):
        cause = f"{prescribed_clause(facts.dataset)} and no planned sale,"
    else:
        cause = sale_clause(facts.dataset)
        cause += f", with {spoken_list(more)}" if more else ""
        cause += "," if "," in cause else ""
    start = facts.start(TEN)
    if peak.is_nil:
        text = say("{cause} leaves the US 10-year yield at {start}", cause=cause, start=start)
    else:
        verb = "the US 10-year yield goes" if cause.endswith("sale,") else "takes the US 10-year"
        verb = verb if verb.startswith("the") else f"{verb} yield"
        level = facts.level("us_10y_peak_bp")
        text = say(
            "{cause} {verb} from {start} to {level} at its peak",
            cause=cause, verb=verb, start=start, level=level,
        )  # fmt: skip
    if not year.estimate.is_known:
        return text + "."
    return text + say("; a year on it is {level}.", level=facts.level("us_10y_after_1y_bp"))


def _yen(facts: Facts) -> Markup:
    extreme = "usdjpy_peak_pct" if is_dollar_up(facts) else "usdjpy_trough_pct"
    moved = facts.told(extreme)
    if moved.is_nil:
        return Markup("")
    verb = "rises" if moved.estimate.p50 > 0.0 else "falls"
    return say(
        "The dollar {verb} from {start} to {level}.",
        verb=verb, start=facts.start(YEN), level=facts.level(extreme),
    )  # fmt: skip


def _bill(facts: Facts) -> Markup:
    took, cost = facts.told("days_to_complete"), bill(facts)
    open_runs, n = unfinished_count(facts.dataset), int(facts.alive.sum())
    verb = "earns" if cost.estimate.p50 < 0.0 else "costs"
    spoken = say("{verb} the sellers {cost}", verb=verb, cost=cost.size)
    if open_runs > n / 2:
        left = from_draws(facts.dataset["unsold_face"].isel(step=-1).to_numpy(), "USD bn")
        unsold = Told(left, "end:unsold_face", facts.side)
        return say("The sale does not end: {unsold} is left, and it {s}.", unsold=unsold, s=spoken)
    return say("Selling takes {took} and {spoken} in all.", took=time(took), spoken=spoken)


def time(took: Told) -> Told:
    """Say a long time in years."""
    year, one = 252.0, took.estimate
    if not one.is_known or np.isinf(one.p50) or one.p50 < 2 * year:
        return took
    ends = Estimate(one.p05 / year, one.p50 / year, one.p95 / year, "years")
    return Told(ends, took.formula, took.side)


def is_dollar_up(facts: Facts) -> bool:
    """Say whether the dollar in yen moves up more than down."""
    low, high = (facts.told(f"usdjpy_{one}_pct").estimate for one in ("trough", "peak"))
    return low.is_known and high.is_known and high.p50 > -low.p50


def caveats(facts: Facts) -> list[tuple[str, Cell]]:
    """Name the three caveats that matter most: heading and sentence."""
    return [_beyond(facts), _worlds(facts), _past(facts)]


def _beyond(facts: Facts) -> tuple[str, Cell]:
    warnings = [str(one) for one in listed(facts.dataset, "warnings")]
    if not warnings:
        return "Within the record", "No number here lies beyond what markets have seen since 1990."
    more = f"; {len(warnings) - 1} more under Trust" if len(warnings) > 1 else ""
    return "Beyond anything observed", f"{_against_record(facts, warnings[0])}{more}."


def _against_record(facts: Facts, warning: str) -> str:
    """Say a warning in short: what it found, and the record; the whole of it stands under Trust."""
    for record in listed(facts.dataset, "records"):
        pattern = re.sub(r"\\{\w+\\}", "(.+?)", re.escape(str(record["sentence"])))
        told = re.fullmatch(pattern, warning)
        names = re.findall(r"{(\w+)}", str(record["sentence"]))
        if told:
            found = dict(zip(names, told.groups(), strict=True))
            label = found.get("label") or record["label"]
            seen = f"{record['limit']:g} {record['unit']}".replace(" percent", "%")
            text = f"{label}: {found['found']}, at most {seen} on record, in {record['on'][:7]}"
            return re.sub(r"([\d,.]+) USD bn", r"$\1bn", text)
    return warning.split(":")[0].rstrip(".")


def _worlds(facts: Facts) -> tuple[str, Cell]:
    found = facts.summary.get("worlds") or {}
    if not all(name in found for name in WORLDS):
        return (
            "Answers are judgement",
            "How others answer rests on one or two episodes for each rule; nothing this large is "
            "among them.",
        )
    buys, out = (_peak(found[name], name, facts) for name in WORLDS)
    return "All hangs on the Federal Reserve", say(
        "It buys {share}: the 10-year then peaks {buys} up, {out} where it stays out.",
        share=facts.share(found["fed_buys"]["share_frac"]), buys=buys, out=out,
    )  # fmt: skip


WORLDS: Final = ("fed_buys", "fed_stays_out")


def _peak(world: dict[str, Any], name: str, facts: Facts) -> Told:
    one = world["metrics"]["us_10y_peak_bp"]
    number = Estimate(one["p05"], one["p50"], one["p95"], one["unit"])
    return Told(number, "us_10y_peak_bp", f"{facts.side}/{name}", has_range=False)


def _past(facts: Facts) -> tuple[str, Cell]:
    raw = facts.dataset.attrs.get("backtest")
    if raw is None:
        return "Not a forecast", "Effects are those of a model; this result carries no backtest."
    found = json.loads(str(raw))["scores"]["all"]
    return "A middling record", (
        f"In {found['episodes']} past episodes {100 * found['coverage']:.0f}% of outcomes fell in "
        f"its ranges, where {RIGHT_SHARE}% is right; its medians were {beside_walk(found)}."
    )


def beside_walk(scores: Mapping[str, Any]) -> str:
    """Say how the medians of the backtest did beside a random walk."""
    low, high = scores["against_walk_range"]
    if high < 1.0:
        return "better than a random walk"
    return (
        "worse than a random walk" if low > 1.0 else "no better than a random walk, within chance"
    )


def first_figures(runs: tuple[Facts, ...]) -> list[Figure]:
    """Draw the answer: the 10-year in levels, and who moved it how far."""
    facts = runs[0]
    if not facts.alive.any() or is_quiet(facts.dataset):
        return []
    found = [_fan(facts), waterfall(facts, "us_10y_peak_bp", "parts_us_10y")]
    if facts.told("us_10y_peak_bp").is_nil:
        return []
    return [one for one in found if one is not None]


def _record(facts: Facts) -> list[Record]:
    """Where the largest rise within twenty days since 1990 would have brought the 10-year."""
    rises = (one for one in listed(facts.dataset, "records") if one["business_days"] == RISE_DAYS)
    return [
        Record(label="largest 20-day rise since 1990", y=float(facts.raised(TEN, one["limit"])))
        for one in rises
        if one["unit"] == "bp"
    ]


def _fan(facts: Facts) -> Figure:
    """The 10-year, with the median of its peaks marked where the peaks lie."""
    peak, start = facts.level("us_10y_peak_bp"), facts.start(TEN)
    when = float(np.median(days(facts)[facts.path(TEN)[facts.alive].argmax(axis=1)]))
    mark = Mark(x=when, y=peak.estimate.p50, label=f"median peak {peak.middle}")
    title = f"The 10-year: {start}, {peak.middle} at its peak"
    year = facts.told("us_10y_after_1y_bp")
    if year.estimate.is_known:
        title += f", {facts.level('us_10y_after_1y_bp').middle} a year on"
    how = "Opening level and the effect of the sale; peaks come on different days, so their median lies above the line."
    seen = _record(facts)
    drawn = fan("us_10y", title, [facts], TEN, how, is_level=True, marks=[mark], records=seen)
    return Figure(id="us_10y", title=title, chart=drawn, page="pricing")
