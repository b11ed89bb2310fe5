"""Claims are judged."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from essay import made_up
from selloff.data import vintage
from selloff.studies.essay.claims import VERDICTS, Claim, claims, rules
from selloff.studies.essay.runs import wanted
from selloff.studies.essay.study import judge
from selloff.studies.essay.verdicts import (
    together,
)

# How the evidence is read, claim by claim; for comparison alone.
EXPECTED = {
    "japan-largest-holder": "supported",
    "yields-overnight": "unsupported",
    "fed-restarts-qe": "contested",
    "dollar-falls-against-yen": "contested",
    "emerging-crises": "contested",
    "china-saudi-follow": "supported",
    "equities-nosedive": "contested",
    "gold-bitcoin-commodities": "contested",
    "debt-34tn": "out of date",
    "rating-downgrade": "out of date",
    "deflation-to-hyperinflation": "inconsistent",
    "few-alternatives": "contested",
    "us-retaliates": "contested",
    "slow-and-quiet": "contested",
}


@pytest.fixture(scope="module")
def judged() -> dict[str, Any]:
    return judge(claims(), made_up(), vintage("2026-07"))


def test_the_structure_is_as_agreed(judged: dict[str, Any]) -> None:
    assert set(judged["thresholds"]) == set(rules())
    for claim in judged["claims"]:
        assert claim["verdict"] in VERDICTS
        assert claim["evidence_verdict"] == EXPECTED[claim["id"]]
        assert claim["agrees"] == (claim["verdict"] == EXPECTED[claim["id"]])
        for part in claim["parts"]:
            assert part["verdict"] in (*VERDICTS, None)
            assert part["rule"]
            assert part["unit"]
            if part["scenarios"]:
                assert [r["scenario"] for r in part["readings"]] == part["scenarios"]
                assert all(part[key] == part["readings"][0][key] for key in ("p", "p05", "p95"))
                assert part["asked"].startswith(part["scenarios"][0])
            else:
                assert (part["p"], part["readings"]) == (None, [])
                assert part["p50"] is not None


def test_the_verdict_of_a_claim_is_that_of_its_counted_parts(judged: dict[str, Any]) -> None:
    for claim in judged["claims"]:
        counted = [part["verdict"] for part in claim["parts"] if part["role"] == "claim"]
        assert claim["verdict"] == together(counted)


def test_no_verdict_reads_what_the_evidence_says(judged: dict[str, Any]) -> None:
    """Turn every reading of the evidence round: no verdict of the model moves."""

    def turned(claim: Claim) -> Claim:
        parts = [replace(part, evidence_verdict="inconsistent") for part in claim.parts]
        return replace(claim, parts=tuple(parts))

    again = judge([turned(claim) for claim in claims()], made_up(), vintage("2026-07"))
    for one, other in zip(judged["claims"], again["claims"], strict=True):
        assert one["verdict"] == other["verdict"]
        assert other["evidence_verdict"] == "inconsistent"
        for mine, theirs in zip(one["parts"], other["parts"], strict=True):
            assert mine | {"evidence_verdict": None} == theirs | {"evidence_verdict": None}


def test_verdicts_follow_the_numbers() -> None:
    """The same tables over a world where nothing moves, and over one where everything does."""
    names = wanted(claims())
    still = {(s, q): np.zeros(50) for s, quantities in names.items() for q in quantities}
    found = {c["id"]: c for c in judge(claims(), still, vintage("2026-07"))["claims"]}
    for quiet in ("yields-overnight", "fed-restarts-qe", "emerging-crises", "equities-nosedive"):
        assert found[quiet]["verdict"] == "unsupported"
    assert found["deflation-to-hyperinflation"]["verdict"] == "unsupported"
    loud = {key: np.full(50, 1000.0) for key in still}
    found = {c["id"]: c for c in judge(claims(), loud, vintage("2026-07"))["claims"]}
    for moved in ("yields-overnight", "fed-restarts-qe", "emerging-crises"):
        assert found[moved]["verdict"] == "supported"
    assert found["equities-nosedive"]["verdict"] == "unsupported"
