"""`selloff factcheck`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from selloff.apps.cli._console import (
    number,
    plain_table,
    say,
    say_json,
    say_table,
    say_wrapped,
    say_written,
)
from selloff.apps.cli._options import AsJson, Draws, LatestVintage, OutFile, Seed
from selloff.apps.cli._progress import progress

_INDENT: Final = "  "
_ROLES: Final = {"claim": "", "also": "also: ", "check": "rule: ", "link": "link: "}
_SHORT: Final = {"percentage points": "pp", "index points": "points", "fraction": "", "count": ""}
_WIDTH: Final = 46


def factcheck(
    *,
    vintage: LatestVintage = None,
    draws: Draws = 512,
    seed: Seed = 0,
    out: OutFile = None,
    json: AsJson = False,
) -> None:
    """Hold the claims of the founding essay against the model."""
    from selloff.evidence import store
    from selloff.studies.essay import factcheck as judge_claims

    with progress("claims", is_quiet=json) as work:
        found = judge_claims(vintage=vintage, draws=draws, seed=seed, progress=work.count)
        if out is not None:
            work.now("saving")
            store(found, out)
    if json:
        say_json(found)
        return
    made = found["made"]
    say(
        f"The essay's claims, put to the model: books of {made['vintage']}, "
        f"{made['draws']:,} draws, seed {made['seed']}"
    )
    _show_summary(found["claims"])
    _show_rules(found["thresholds"])
    for claim in found["claims"]:
        say()
        _show_claim(claim)
    if out is not None:
        say_written([out])


def _show_summary(claims: Sequence[Mapping[str, Any]]) -> None:
    table = plain_table(["", "Claim", "Verdict", "Evidence says", "Agree"], left=5)
    for place, claim in enumerate(claims, start=1):
        agree = "yes" if claim["agrees"] else "no"
        table.add_row(
            str(place), _cut(claim["claim"]), claim["verdict"], claim["evidence_verdict"], agree
        )
    say_table(table)
    counts = Counter(claim["verdict"] for claim in claims)
    words = ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common())
    agreed = sum(claim["agrees"] for claim in claims)
    say(f"{words}; the evidence agrees on {agreed} of {len(claims)}.")


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1].rsplit(' ', 1)[0]}…"


def _show_rules(thresholds: Mapping[str, Mapping[str, Any]]) -> None:
    likely, even, unlikely = (
        f"{thresholds[name]['value']:.0%}" for name in ("likely", "even", "unlikely")
    )
    say_wrapped(
        f"Verdicts come by rule. Supported: the statement holds in at least {likely} of draws "
        f"({even} where it says may); unsupported: in at most {unlikely}; contested: in between, "
        "or scenarios or parts disagree. A claim that names no pace is asked of a sale at once "
        "and of one over ten years. Out of date: it was true of an earlier date. Inconsistent: "
        "its links exclude each other. Evidence says: our reading of published evidence, which "
        "no verdict uses."
    )


def _show_claim(claim: Mapping[str, Any]) -> None:
    say_wrapped(f"{claim['claim']}: {claim['verdict']}")
    for part in claim["parts"]:
        _show_part(part)
    says = claim["evidence_verdict"]
    say_wrapped(f"Evidence, {says}: {claim['evidence']}", first=_INDENT, rest=_INDENT * 2)
    say_wrapped(f"({claim['source']})", first=_INDENT * 2, rest=_INDENT * 2)


def _show_part(part: Mapping[str, Any]) -> None:
    verdict = part["verdict"] or "not to be asked"
    near = ", close to a threshold" if part["close"] else ""
    text = f"{_ROLES[part['role']]}{part['statement']}: {verdict}{near}"
    say_wrapped(text, first=f"{_INDENT}- ", rest=_INDENT * 2)
    say_wrapped(f"asked: {part['asked']}", first=_INDENT * 2, rest=_INDENT * 3)
    if not part["readings"]:
        say_wrapped(part["rule"], first=_INDENT * 2, rest=_INDENT * 3)
    for reading in part["readings"]:
        say_wrapped(_reading(reading, part["unit"]), first=_INDENT * 2, rest=_INDENT * 3)
    if part["verdict"] == "inconsistent":
        say_wrapped(part["rule"], first=_INDENT * 2, rest=_INDENT * 3)


def _reading(reading: Mapping[str, Any], unit: str) -> str:
    note = f" {reading['note']}" if reading["note"] else ""
    if reading["p"] is None:
        return f"{reading['scenario']}: too few draws,{note.removeprefix(' in')}"
    if reading["p50"] is None:
        return f"{reading['scenario']}: {_percent(reading['p'])}{note}"
    low, mid, high = (_short(reading[key]) for key in ("p05", "p50", "p95"))
    name = _SHORT.get(unit, unit)
    shown = f"{mid} ({low} to {high}) {name}".rstrip()
    return f"{reading['scenario']}: {_percent(reading['p'])}{note}; {shown}"


def _short(value: float) -> str:
    size = abs(value)
    return number(value, 0 if size >= 100.0 else 1 if size >= 1.0 else 2)


def _percent(chance: float) -> str:
    if 0.0 < chance < 0.005:
        return "<0.5%"
    return ">99.5%" if 0.995 < chance < 1.0 else f"{chance:.0%}"
