"""Scenarios, checked against the books they would sell from."""

from collections.abc import Iterable, Sequence

import numpy as np

from selloff import data
from selloff.scenario import Books, Limits, Scenario, Source, load
from selloff.vocab.axes import BUCKETS
from selloff.vocab.errors import InputError, Problem, ScenarioError
from selloff.vocab.holders import FOREIGN_GROUPS, books_of, holders


def load_checked(
    sources: Iterable[Source], *, horizon_years: float | None = None, vintage: str | None = None
) -> list[Scenario]:
    """Load scenarios, with horizon and vintage in place of their own; name all that is wrong."""
    problems: list[Problem] = []
    limits: Limits | None = books_at
    if isinstance(vintage, str):
        try:
            limits = books_at(vintage)
        except InputError as error:
            problems += error.problems
            limits = vintage = None
    scenarios: list[Scenario] = []
    for source in sources:
        try:
            scenario = load(source, limits=limits, horizon_years=horizon_years, vintage=vintage)
            scenarios.append(scenario)
        except InputError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(dict.fromkeys(problems))
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
