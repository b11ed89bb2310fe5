"""The story: a card for each claim of the essay, from the shipped fact-check."""

from collections.abc import Mapping
from typing import Any, Final

from selloff.evidence import load_factcheck
from selloff.vocab.rows import rows_of

ROLES: Final = ("claim", "also")
"""Parts of a claim that a card shows."""


def cards() -> list[dict[str, Any]]:
    """Lay out the cards: claim, verdict, parts, evidence, what would have to be true."""
    found = {one["id"]: one for one in load_factcheck()["claims"]}
    return [_card(row, found[row["id"]]) for row in _rows()]


def _card(row: Mapping[str, str], claim: Mapping[str, Any]) -> dict[str, Any]:
    told = ("id", "claim", "verdict", "evidence", "source", "evidence_verdict")
    parts = [one for one in claim["parts"] if one["role"] in ROLES]
    return {name: claim[name] for name in told} | {
        "query": row["query"],
        "view": row["view"],
        "watch": row["watch"],
        "needs": row["needs"],
        "parts": [_part(one) for one in parts],
    }


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    """One statement, its verdict, and in how many runs it holds where the model was asked."""
    chance = part["p"] if part["scenarios"] else None
    return {name: part[name] for name in ("statement", "verdict")} | {"p": chance}


def _rows() -> list[dict[str, str]]:
    return rows_of("apps.room", "story")
