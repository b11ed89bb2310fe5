"""Which triggers there are, and what a user may set them to."""

import math
from collections.abc import Mapping
from typing import Final

from selloff.vocab.errors import InputError, Problem, near_miss

TRIGGERS: Final = ("yen_crash", "taiwan_conflict", "debt_ceiling", "background")
"""What can set a sale off; the last is a controlled descent that nothing triggers."""
_MOST_PCT: Final = 1000.0
"""Ten events a year: more than any trigger here can mean [percent a year]."""


def checked(intensities: Mapping[str, float] | None) -> dict[str, float]:
    """Refuse triggers that do not exist and intensities that cannot be."""
    given = dict(intensities or {})
    problems = [
        Problem(
            where="triggers",
            given=f"'{name}'",
            allowed=", ".join(TRIGGERS),
            remedy=near_miss(name, TRIGGERS),
        )
        for name in given
        if name not in TRIGGERS
    ]
    problems += [
        Problem(
            where=f"triggers.{name}",
            given=f"{pct:g}",
            allowed=f"0 to {_MOST_PCT:g} percent a year",
            remedy="Give a chance a year in percent, such as 5; 0 switches the trigger off.",
        )
        for name, pct in given.items()
        if name in TRIGGERS and not (math.isfinite(pct) and 0.0 <= pct <= _MOST_PCT)
    ]
    if problems:
        raise InputError(problems)
    return given
