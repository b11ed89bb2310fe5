"""How much each parameter moves the headline numbers, as measured."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_moves() -> Mapping[str, Any]:
    """Read the measured rank correlations shipped with the package."""
    folder = files("selloff.evidence").joinpath("bank")
    found: Mapping[str, Any] = json.loads(folder.joinpath("moves.json").read_text(encoding="utf-8"))
    return found
