"""The founding essay's claims, each put to the model."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import xarray as xr

from selloff.report.estimate import Estimate, alone
from selloff.report.question import spoken_list

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

    @property
    def asked(self) -> list[PartWords]:
        """The parts that count for its verdict."""
        return [part for part in self.parts if not part.role]


@dataclass(frozen=True)
class FactCheck:
    """What the page shows of it."""

    sentences: tuple[str, ...]
    claims: tuple[ClaimWords, ...]

    @property
    def count(self) -> int:
        """How many statements were put to the model."""
        return sum(len(one.parts) for one in self.claims)


def factcheck(dataset: xr.Dataset) -> FactCheck | None:
    """Lay out the fact-check that a result carries."""
    raw = dataset.attrs.get("factcheck")
    found = json.loads(str(raw)) if raw else {}
    told = found.get("claims") if isinstance(found, dict) else None
    if not told:
        return None
    claims = tuple(_claim(one) for one in told)
    return FactCheck(_sentences(claims, found.get("made") or {}), claims)


def _sentences(claims: tuple[ClaimWords, ...], made: Mapping[str, Any]) -> tuple[str, ...]:
    counts = [(sum(one.verdict == word for one in claims), word) for word in VERDICTS]
    words = [f"{count} {word}" for count, word in counts if count]
    told = spoken_list(words) if words else "nothing"
    unasked = sum(one.verdict == NOT_ASKED for one in claims)
    rest = f"; {unasked} could not be asked" if unasked else ""
    apart = [one for one in claims if not one.agrees]
    asked = (
        f"The model was asked once for all runs, with {int(made['draws']):,} draws of the world of "
        f"{made['vintage']}; the scenario of this page has no part in it."
        if {"draws", "vintage"} <= set(made)
        else ""
    )
    return (
        f"Of {len(claims)} claims of the essay that Selloff began with, the model finds {told}"
        f"{rest}.",
        f"In {len(apart)} of them it differs from the published evidence."
        if apart
        else "In none of them does it differ from the published evidence.",
        asked,
    )


def _claim(told: Mapping[str, Any]) -> ClaimWords:
    return ClaimWords(
        **_texts(told, "claim", "rule", "evidence", "source"),
        **_verdict(told),
        evidence_verdict=told.get("evidence_verdict") or NOT_ASKED,
        agrees=bool(told.get("agrees", True)),
        parts=tuple(map(_part, told.get("parts") or ())),
    )


def _part(told: Mapping[str, Any]) -> PartWords:
    found = PartWords(
        **_texts(told, "statement", "asked", "rule", "evidence_verdict"),
        **_verdict(told),
        role=ROLES.get(str(told.get("role")), ""),
        number=_number(told),
    )
    return replace(found, rule=f"{found.rule}{CLOSE}") if told.get("close") else found


def _texts(told: Mapping[str, Any], *names: str) -> dict[str, str]:
    return {name: str(told.get(name) or "") for name in names}


def _verdict(told: Mapping[str, Any]) -> dict[str, str]:
    """The verdict as a word, and what the style sheet calls it."""
    verdict = str(told.get("verdict") or NOT_ASKED)
    return {"verdict": verdict, "tag": VERDICTS.get(verdict, "not-asked")}


def _number(told: Mapping[str, Any]) -> str:
    """The chance that the statement holds, and the quantity with its range."""
    low, middle, high = (told.get(key) for key in ("p05", "p50", "p95"))
    unit, chance = str(told.get("unit", "")), told.get("p")
    if middle is None:
        return "" if chance is None else f"true in {_percent(float(chance))} of draws"
    if low is None or high is None:
        return alone(float(middle), unit)
    number = Estimate(float(low), float(middle), float(high), unit).brief
    return number if chance is None else f"true in {_percent(float(chance))} of draws; {number}"


def _percent(frac: float) -> str:
    return (
        f"{100.0 * frac:.0f}%"
        if frac in (0.0, 1.0) or 0.01 <= frac <= 0.99
        else ("under 1%" if frac < 0.01 else "over 99%")
    )
