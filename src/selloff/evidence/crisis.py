"""The estimated logit of currency crises, and how it fared on what it was not shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selloff.vocab.files import read_json

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CrisisEvidence:
    """Posterior draws of the logit, with scores and a birth certificate."""

    draws: Mapping[str, Array]
    """`intercept`, `slopes`, `floating`, `world`, `year_spread`; first axis the draw."""
    centre: Array
    """Means of the fundamentals over the panel."""
    scale: Array
    """Their standard deviations."""
    scores: Mapping[str, Any]
    """In sample, year by year ahead, country by country left out, and under other choices."""
    certificate: Mapping[str, Any]
    """Method, definition, economies, years, counts, diagnostics, versions."""


@cache
def load_crisis() -> CrisisEvidence:
    """Read the logit of currency crises shipped with the package."""
    folder = files("selloff.evidence").joinpath("bank")
    found = read_json(folder.joinpath("crisis.json"))
    draws = {name: np.array(values) for name, values in found["draws"].items()}
    centre, scale = np.array(found["centre"]), np.array(found["scale"])
    for array in (*draws.values(), centre, scale):
        array.setflags(write=False)
    return CrisisEvidence(draws, centre, scale, found["scores"], found["certificate"])
