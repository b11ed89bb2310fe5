"""Questions in which nobody sells, asked in the program of questions that have one seller."""

from typing import Any

from selloff.scenario import load

IDLE = {"holder": "usa_nonfinancial", "sale_frac": 0.0}
"""Fills the seat: a holder at home, to whom no mechanism answers."""


def seated(preset: str) -> dict[str, Any]:
    """A preset without sellers, with one who sells nothing."""
    question = load(preset).model_dump(mode="json")
    assert question["sellers"] == []
    return question | {"sellers": [IDLE]}
