"""The studies of the lab at work; this file loads JAX."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from selloff.apps.room._lab import Wanted, wish_of
from selloff.pipeline import Pool
from selloff.report import StudyParts
from selloff.studies import optimal, reverse, sensitivity
from selloff.studies.measuring import Measurer

Plain = dict[str, Any]
_TRIES: Final = 4
"""Plans tried for each aversion: fewer than on the command line [count]."""
_WANTED: Final = 0.5
"""Draws in which an event must come [fraction]."""


def study(wanted: Wanted, pool: Pool) -> Plain:
    """Work a study out, every question of it by the pool."""
    parts, found = _WORKS[wanted.study.name](wanted, pool)
    return parts.plain() | {"study": found}


def _reverse(wanted: Wanted, pool: Pool) -> tuple[StudyParts, Plain]:
    body, scenario, seed = wanted.body, wanted.question.scenario, wanted.question.seed
    bounds = reverse.read_bounds(body.event, years=scenario.horizon_years)
    one, fresh = (Measurer(draws=body.draws, seed=each, pool=pool) for each in (seed, seed + 1))
    sale = reverse.FreeSale(scenario, bounds)
    found = reverse.reverse(sale, one, fresh, find=body.find, wanted=_WANTED)
    return found.parts, found.summary()


def _sensitivity(wanted: Wanted, pool: Pool) -> tuple[StudyParts, Plain]:
    body, question = wanted.body, wanted.question
    found = sensitivity.find_sensitivity(
        question.scenario, metrics=[body.metric], draws=body.draws, seed=question.seed, pool=pool
    )
    return found.parts, found.summary()


def _optimal(wanted: Wanted, pool: Pool) -> tuple[StudyParts, Plain]:
    body, question = wanted.body, wanted.question
    frontier = optimal.find_frontier(
        optimal.check_question(wish_of(body, question)),
        draws=body.draws,
        final_draws=body.draws,
        tries=_TRIES,
        seed=question.seed,
        pool=pool,
    )
    found = optimal.BestDescent(frontier)
    return found.parts, found.summary()


_WORKS: Final[Mapping[str, Callable[[Wanted, Pool], tuple[StudyParts, Plain]]]] = {
    "reverse": _reverse, "sensitivity": _sensitivity, "optimal": _optimal,
}  # fmt: skip
