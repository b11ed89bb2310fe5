"""The founding essay's claims, each put to the model."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from selloff.report.estimate import Estimate, alone
from selloff.report.facts import Facts
from selloff.report.question import spoken_list
from selloff.report.told import Told
from selloff.vocab import metrics

VERDICTS: Final = {
    "supported": "supported",
    "contested": "contested",
    "unsupported": "unsupported",
    "out of date": "out-of-date",
    "inconsistent": "inconsistent",
}
"""Verdicts in the order of the page, and what the style sheet calls them."""
NOT_ASKED: Final = "not asked"
CLOSE: Final = "; another seed could change it"
ROLES: Final = {"also": "another reading", "check": "consistency", "link": "a link of the chain"}
"""Parts that are shown and do not count."""


@dataclass(frozen=True)
class PartWords:
    """One statement of a claim, and what came of asking."""

    statement: str
    role: str
    asked: str
    number: str
    verdict: str
    tag: str
    rule: str
    evidence_verdict: str
    here: Told | None
    """The same number in the run of this page, where it was asked the same."""


@dataclass(frozen=True)
class ClaimWords:
    """One claim of the essay."""

    claim: str
    verdict: str
    tag: str
    rule: str
    evidence: str
    source: str
    evidence_verdict: str
    agrees: bool
    parts: tuple[PartWords, ...]


@dataclass(frozen=True)
class FactCheck:
    """What the page shows of it."""

    title: str
    asked: str
    claims: tuple[ClaimWords, ...]


def factcheck(facts: Facts) -> FactCheck | None:
    """Lay out the fact-check that a result carries."""
    raw = facts.dataset.attrs.get("factcheck")
    found = json.loads(str(raw)) if raw else {}
    listed_claims = found.get("claims") if isinstance(found, dict) else None
    if not listed_claims:
        return None
    made = found.get("made") or {}
    claims = tuple(_claim(facts, made, one) for one in listed_claims)
    return FactCheck(_title(claims), _asked(claims, made), claims)


def _title(claims: tuple[ClaimWords, ...]) -> str:
    counts = [(sum(one.verdict == word for one in claims), word) for word in VERDICTS]
    words = [f"{count} {word}" for count, word in counts if count]
    return f"Of {len(claims)} claims of the essay: {spoken_list(words) if words else 'none asked'}"


def _asked(claims: tuple[ClaimWords, ...], made: Mapping[str, Any]) -> str:
    unasked = sum(one.verdict == NOT_ASKED for one in claims)
    apart = sum(not one.agrees for one in claims)
    rest = f"{unasked} could not be asked. " if unasked else ""
    words = (
        f"The model was asked once, with {int(made['draws']):,} simulations of its own and the "
        f"balance sheets of {made['vintage']}. Each number says so; where this run was asked the "
        "same, its own number stands beside. "
        if {"draws", "vintage"} <= set(made)
        else ""
    )
    return f"{words}{rest}In {apart} of them it differs from the published evidence."


def _claim(facts: Facts, made: Mapping[str, Any], row: Mapping[str, Any]) -> ClaimWords:
    return ClaimWords(
        **_texts(row, "claim", "rule", "evidence", "source"),
        **_verdict(row),
        evidence_verdict=row.get("evidence_verdict") or NOT_ASKED,
        agrees=bool(row.get("agrees", True)),
        parts=tuple(_part(facts, made, one) for one in row.get("parts") or ()),
    )


def _part(facts: Facts, made: Mapping[str, Any], row: Mapping[str, Any]) -> PartWords:
    found = PartWords(
        **_texts(row, "statement", "asked", "rule", "evidence_verdict"),
        **_verdict(row),
        role=ROLES.get(str(row.get("role")), ""),
        number=_number(row, _whose(made)),
        here=_here(facts, row),
    )
    return replace(found, rule=f"{found.rule}{CLOSE}") if row.get("close") else found


def _texts(row: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: str(row.get(name) or "") for name in names}


def _verdict(row: Mapping[str, Any]) -> dict[str, str]:
    """The verdict as a word, and what the style sheet calls it."""
    verdict = str(row.get("verdict") or NOT_ASKED)
    return {"verdict": verdict, "tag": VERDICTS.get(verdict, "not-asked")}


def _whose(made: Mapping[str, Any]) -> str:
    return f"{int(made['draws']):,} simulations of its own" if "draws" in made else "simulations"


def _here(facts: Facts, row: Mapping[str, Any]) -> Told | None:
    """Read the number in this run, where it is a headline number and the question is the same."""
    name = str(row.get("quantity") or "")
    is_same = row.get("scenarios") == [facts.dataset.attrs.get("scenario_name")]
    found = facts.told(name) if is_same and name in metrics() else None
    return found if found is not None and found.estimate.is_known else None


def _number(row: Mapping[str, Any], whose: str) -> str:
    """The chance that the statement holds, and the quantity with its range."""
    low, middle, high = (row.get(key) for key in ("p05", "p50", "p95"))
    unit, chance = str(row.get("unit", "")), row.get("p")
    if middle is None:
        return "" if chance is None else f"true in {_percent(float(chance))} of {whose}"
    if low is None or high is None:
        return alone(float(middle), unit)
    number = Estimate(float(low), float(middle), float(high), unit).brief
    return number if chance is None else f"true in {_percent(float(chance))} of {whose}; {number}"


def _percent(frac: float) -> str:
    return (
        f"{100.0 * frac:.0f}%"
        if frac in (0.0, 1.0) or 0.01 <= frac <= 0.99
        else ("under 1%" if frac < 0.01 else "over 99%")
    )
