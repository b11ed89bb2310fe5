"""Scores of the shipped bank against the shipped episodes."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_scores() -> Mapping[str, Any]:
    """Read the backtest shipped with the package.

    Returns:
        Episodes with their rows, aggregates, what was learned, and a certificate.

    Source: `evidence/bank/backtest.json`, written by `selloff calibrate`.
    """
    folder = files("selloff.evidence").joinpath("bank")
    found: Mapping[str, Any] = json.loads(
        folder.joinpath("backtest.json").read_text(encoding="utf-8")
    )
    return found
