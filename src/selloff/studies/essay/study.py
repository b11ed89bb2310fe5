"""The claims of the founding essay, put to the model and to the data."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

import pandas as pd

from selloff import __version__
from selloff.data import DEFAULT_VINTAGE, Vintage, tic_known
from selloff.data import vintage as vintage_of
from selloff.studies.essay.claims import Claim, Part, claims, rules
from selloff.studies.essay.facts import ask_data
from selloff.studies.essay.readings import Measured, ask_model
from selloff.studies.essay.runs import measure_all
from selloff.studies.essay.verdicts import together
from selloff.studies.measuring import Progress
from selloff.studies.monitor import answered_question, nowcast, open_question, summarise
from selloff.vocab import InputError

DRAWS: Final = 512
"""Once through the shipped bank."""
_DIGITS: Final = 6


def factcheck(
    *,
    vintage: str | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Put every claim to the model and to the data, and judge it by rule."""
    world = vintage_of(vintage or DEFAULT_VINTAGE)
    measured = measure_all(claims(), vintage=vintage, draws=draws, seed=seed, progress=progress)
    made = {"vintage": world.id, "draws": draws, "seed": seed, "version": __version__}
    return {"made": made, "monitor": _monitored(world)} | judge(claims(), measured, world)


def _monitored(world: Vintage) -> dict[str, Any] | None:
    """What the monitor said of Japan when TIC told of the vintage's month, if it could."""
    day = tic_known(pd.Timestamp(world.date)).date()
    try:
        found = nowcast("japan", day, world.snapshot)
    except InputError:
        return None
    said = {
        "summary": summarise(found),
        "open_question": open_question(found),
        "answered_question": answered_question(found),
    }
    return {key: _plain(value) for key, value in said.items()}


def judge(asked: Sequence[Claim], measured: Measured, world: Vintage) -> dict[str, Any]:
    """Judge claims by what was measured."""
    return {
        "thresholds": {name: asdict(rule) for name, rule in rules().items()},
        "claims": [_judged(claim, measured, world) for claim in asked],
    }


def _judged(claim: Claim, measured: Measured, world: Vintage) -> dict[str, Any]:
    links = [part.statement for part in claim.parts if part.role == "link"]
    parts = [_asked(part, measured, world, links=links) for part in claim.parts]
    counted = [part for part in parts if part["role"] == "claim"]
    verdict = together([part["verdict"] for part in counted])
    evidence_verdict = together([part["evidence_verdict"] for part in counted])
    return {
        "id": claim.id,
        "claim": claim.claim,
        "parts": parts,
        "verdict": verdict,
        "rule": _in_words(counted),
        "evidence": claim.evidence,
        "source": claim.source,
        "evidence_verdict": evidence_verdict,
        "agrees": verdict == evidence_verdict,
    }


def _asked(
    part: Part, measured: Measured, world: Vintage, *, links: Sequence[str]
) -> dict[str, Any]:
    if part.scenarios:
        answer, readings = ask_model(part, measured, links=links)
    else:
        answer, readings = ask_data(part, world), []
    found = {
        "id": part.id,
        "role": part.role,
        "statement": part.statement,
        "asked": ", ".join(part.scenarios) + ": " + part.asked if part.scenarios else part.asked,
        "scenarios": list(part.scenarios),
        "is_possibility": part.is_possibility,
        **asdict(answer),
        "evidence_verdict": part.evidence_verdict or None,
        # Which verdicts another seed could give is in the part: `close`.
        "readings": [
            {key: value for key, value in vars(reading).items() if key != "possible"}
            for reading in readings
        ],
    }
    return {key: _plain(value) for key, value in found.items()}


def _plain(value: Any) -> Any:
    """Six digits are more than any draw knows, and make files that can be compared."""
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") + 0.0
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _in_words(counted: Sequence[dict[str, Any]]) -> str:
    """Say which parts make the verdict."""
    if len(counted) == 1:
        return str(counted[0]["rule"])
    return "; ".join(f"{part['statement']}: {part['verdict']}" for part in counted)
