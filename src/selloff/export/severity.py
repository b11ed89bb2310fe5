"""Whole draws that stand for a severity."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import xarray as xr

from selloff.results.metrics import horizon, metric_draws
from selloff.results.schema import is_priced
from selloff.vocab import InputError, Problem, metrics_at

SEVERITIES: Final = (50.0, 75.0, 90.0, 95.0)
"""Percentiles a scenario table gives unless asked for others."""


@dataclass(frozen=True, kw_only=True)
class SeverePath:
    """The draw that stands for a percentile of severity."""

    label: str
    """S90 for the 90th percentile."""
    percentile: float
    """As asked for [percent]."""
    reached: float
    """Percentile at which the draw stands [percent]."""
    draw: int
    """Its number in the result [index]."""
    figures: dict[str, float]
    """Its headline numbers by metric."""


def severity_problems(severities: Sequence[float]) -> list[Problem]:
    """Say which percentiles cannot be had."""
    allowed, remedy = "0 to 100", "90 asks for the path at the 90th percentile of severity."
    if not severities:
        return [Problem(where="severity", given="nothing", allowed=allowed, remedy=remedy)]
    return [
        Problem(where="severity", given=f"{each:g}", allowed=allowed, remedy=remedy)
        for each in severities
        if not 0.0 <= each <= 100.0
    ]


def severe_paths(ds: xr.Dataset, severities: Sequence[float] = SEVERITIES) -> list[SeverePath]:
    """Pick for each percentile the draw that stands there in order of severity.

    severity = mean over the metrics marked `severity` of the draw's rank among all priced draws

    Source: assumption; equal weights: no metric is known to matter more to every bank.
    """
    problems = severity_problems(severities)
    rows = np.flatnonzero(is_priced(ds))
    if not rows.size:
        problems.append(_nothing_priced())
    if problems:
        raise InputError(problems)
    numbers, marked = metric_draws(ds), metrics_at(horizon(ds), shown="severity")
    # Where the lowest point is shown, lower is more severe.
    judged = pd.DataFrame(
        {
            name: numbers[name][rows] * (-1.0 if row.formula.startswith("lowest") else 1.0)
            for name, row in marked.items()
        }
    )
    order = np.argsort(judged.rank().mean(axis=1).to_numpy(), kind="stable")
    last = max(rows.size - 1, 1)
    found = []
    for percentile in sorted(set(map(float, severities))):
        place = int(np.floor(percentile / 100.0 * (rows.size - 1) + 0.5))
        row = rows[order[place]]
        found.append(
            SeverePath(
                label=f"S{percentile:g}",
                percentile=percentile,
                reached=100.0 * place / last,
                draw=int(ds["draw"].values[row]),
                figures={name: float(numbers[name][row]) for name in marked},
            )
        )
    return found


def _nothing_priced() -> Problem:
    return Problem(
        where="result",
        given="no draw with prices",
        allowed="a result with at least one",
        remedy="`selloff run` counts under outcomes why draws failed.",
    )
