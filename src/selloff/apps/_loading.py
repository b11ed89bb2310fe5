"""Scenarios of the command line, checked against the books they would sell from."""

from collections.abc import Iterable, Sequence

import numpy as np

from selloff import data
from selloff.scenario import Books, Limits, Scenario, Source, load, with_overrides
from selloff.vocab.axes import BUCKETS
from selloff.vocab.errors import InputError, Problem
from selloff.vocab.holders import FOREIGN_GROUPS, books_of, holders


def load_checked(
    sources: Iterable[Source], *, horizon_years: float | None = None, vintage: str | None = None
) -> list[Scenario]:
    """Load scenarios, apply the options of the command line and collect whatever is wrong.

    Source: assumption; whoever corrects a command wants the whole list.
    """
    problems: list[Problem] = []
    limits: Limits | None = books_at
    if vintage is not None:
        try:
            limits = books_at(vintage)
        except InputError as error:
            problems += [_about_option(each) for each in error.problems]
            limits = None
    scenarios: list[Scenario] = []
    for source in sources:
        try:
            scenario = load(source, limits=limits)
            is_usable = limits is not None
            scenarios.append(
                with_overrides(
                    scenario,
                    horizon_years=horizon_years,
                    vintage=vintage if is_usable else None,
                )
            )
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))
    return scenarios


def books_at(vintage: str | None) -> Books:
    """Look up what everyone holds."""
    world = data.vintage(vintage or data.DEFAULT_VINTAGE)
    rows = dict(zip(world.holders, world.books, strict=True))
    books = {holder: _by_bucket([row]) for holder, row in rows.items()}
    countries = dict.fromkeys(each.residence for each in holders().values())
    for name in (*countries, *FOREIGN_GROUPS):
        together = [rows[each] for each in books_of(name) if each in rows]
        if together:
            books[name] = _by_bucket(together)
    return books


def _by_bucket(rows: Sequence[np.ndarray]) -> dict[str, float]:
    return {bucket: float(face) for bucket, face in zip(BUCKETS, np.sum(rows, axis=0), strict=True)}


def _about_option(problem: Problem) -> Problem:
    return Problem(
        where="--vintage", given=problem.given, allowed=problem.allowed, remedy=problem.remedy
    )
