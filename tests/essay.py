"""Parts of the essay's claims, and made-up numbers for all that they ask."""

from typing import Any

import numpy as np

from selloff.studies.essay.claims import Part, claims
from selloff.studies.essay.quantities import unit_of
from selloff.studies.essay.runs import wanted

PARTS = [part for claim in claims() for part in claim.parts]


def part_of(claim: str, part: str) -> Part:
    (found,) = (each for each in PARTS if (each.claim, each.id) == (claim, part))
    return found


def made_up(n_draws: int = 200) -> dict[tuple[str, str], Any]:
    """Numbers for everything that is asked, without a run."""
    chance = np.random.default_rng(5)
    return {
        (scenario, name): chance.random(n_draws)
        if unit_of(name) == "fraction"
        else 30.0 * chance.standard_normal(n_draws)
        for scenario, names in wanted(claims()).items()
        for name in names
    }
