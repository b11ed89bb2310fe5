"""The three caveats that matter most, to stand by the answer."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from selloff.report.estimate import with_unit
from selloff.report.facts import Facts
from selloff.report.question import listed
from selloff.report.section import Cell
from selloff.report.told import say
from selloff.report.worlds import world_number

RIGHT_SHARE: Final = "90"
"""Share of outcomes that should lie within 5 to 95 percent."""
RARE: Final = 0.05
"""Share of simulations below which a world is no caveat."""
WORLDS: Final = ("fed_buys", "fed_stays_out")


def caveats(facts: Facts) -> list[tuple[str, Cell]]:
    """Name the three caveats that matter most: heading and sentence."""
    if not facts.is_told:
        return []
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
            seen = with_unit(f"{record['limit']:g}", record["unit"])
            return f"{label}: {found['found']}, at most {seen} on record, in {record['on'][:7]}"
    return warning.split(":")[0].rstrip(".")


def _worlds(facts: Facts) -> tuple[str, Cell]:
    found = facts.summary.get("worlds") or {}
    shares = [found[name]["share_frac"] for name in WORLDS if name in found]
    if len(shares) < len(WORLDS) or min(shares) < RARE:
        return (
            "Answers are judgement",
            "How others answer rests on one or two episodes for each rule; nothing this large is "
            "among them.",
        )
    buys, out = (world_number(facts, name, "us_10y_peak_bp") for name in WORLDS)
    words = "It buys {share}: the 10-year then peaks {buys} up, {out} where it stays out."
    if buys.estimate.p50 > out.estimate.p50:
        words = "It buys where strain is worst, {share}: the 10-year peaks {buys} up there, "
        words += "{out} elsewhere."
    buys, out = (replace(one, has_range=False) for one in (buys, out))
    share = facts.share(found["fed_buys"]["share_frac"])
    return "Much hangs on the Federal Reserve", say(words, share=share, buys=buys, out=out)


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
