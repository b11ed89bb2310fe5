"""How much each parameter moves the headline numbers, as measured."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from selloff.vocab.files import read_json


@cache
def load_moves() -> Mapping[str, Any]:
    """Read the measured rank correlations shipped with the package."""
    folder = files("selloff.evidence").joinpath("bank")
    found: Mapping[str, Any] = read_json(folder.joinpath("moves.json"))
    return found
