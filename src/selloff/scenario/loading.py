"""From a name, a file, a stream or plain values to a scenario, or to every problem at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TextIO, TypeVar

from pydantic import BaseModel, ValidationError

from selloff.scenario.episode import Episode, month_before
from selloff.scenario.fields import Books, Breach, Location, as_day
from selloff.scenario.problems import MAX_PROBLEMS, dotted, explained, located
from selloff.scenario.reader import SourceText, plain, read
from selloff.scenario.source import Form, shipped_names, text_of
from selloff.scenario.spec import Scenario, Settings
from selloff.vocab.errors import InputError, Problem, ScenarioError, shown

_Model = TypeVar("_Model", bound=BaseModel)
Source = str | Path | TextIO | Scenario | Mapping[str, Any]
EpisodeSource = str | Path | TextIO | Episode | Mapping[str, Any]
Limits = Books | Callable[[str | None], Books]
"""Books, or how to find them from a vintage."""

FORM: Final = Form(
    noun="scenario",
    model=Scenario,
    folder="presets",
    shipped="a preset",
    first_step="Start from a preset: `selloff presets` lists them.",
)
EPISODE_FORM: Final = Form(
    noun="episode",
    model=Episode,
    folder="episodes",
    shipped="an episode that comes with Selloff",
    first_step="Start from one that comes with Selloff; docs/episodes.md has the fields.",
)


def preset_names() -> tuple[str, ...]:
    """List the scenarios that come with Selloff."""
    return shipped_names(FORM)


def episode_names() -> tuple[str, ...]:
    """List the episodes that come with Selloff."""
    return shipped_names(EPISODE_FORM)


def load(
    source: Source,
    *,
    limits: Limits | None = None,
    horizon_years: float | None = None,
    vintage: str | None = None,
) -> Scenario:
    """Load a scenario, with horizon and vintage in place of its own, and check all of it."""
    given = {"horizon_years": horizon_years, "vintage": vintage}
    changes = {name: value for name, value in given.items() if value is not None}
    found = _checked(_opened(source, FORM), FORM, limits, changes)
    assert isinstance(found, Scenario)
    return found


def parse(values: Mapping[str, Any], *, limits: Limits | None = None) -> Scenario:
    """Make a scenario of plain values, with the same checks as for a file."""
    return load(values, limits=limits)


def load_episode(source: EpisodeSource, *, limits: Limits | None = None) -> Episode:
    """Load an episode and check all of it."""
    found = _checked(_opened(source, EPISODE_FORM), EPISODE_FORM, limits, {})
    assert isinstance(found, Episode)
    return found


def check_settings(**given: Any) -> Settings:
    """Check how a question is to be run: `draws`, `seed` and `attribution`."""
    try:
        return check_values(Settings, given, noun="settings")
    except ScenarioError as error:
        # What may be a flag or a number and is neither is wrong once, not twice.
        raise ScenarioError({each.where: each for each in error.problems}.values()) from None


def check_values(model: type[_Model], given: Any, *, noun: str) -> _Model:
    """Make a model of plain values, with the checks and the words of a scenario."""
    remedy = f"Give the {noun} as a mapping."
    form = Form(noun, model, folder="", shipped="", first_step=remedy)
    found = _checked(SourceText("", plain(given)), form, None, {})
    assert isinstance(found, model)
    return found


def _opened(source: Any, form: Form) -> SourceText:
    if isinstance(source, (form.model, Mapping)):
        return SourceText("", plain(source))
    name, text = text_of(source, form)
    return read(text, name)


def _checked(
    document: SourceText, form: Form, limits: Limits | None, changes: Mapping[str, Any]
) -> BaseModel:
    """Validate once, and name every problem in the order of the file."""
    if not isinstance(document.values, Mapping):
        raise ScenarioError.of(
            f"{document.name}:1" if document.name else form.noun,
            "an empty file"
            if document.values is None and document.name
            else shown(document.values),
            allowed="a mapping with the keys " + ", ".join(form.model.model_fields),
            remedy=form.first_step,
        )
    raw = {**document.values, **plain(changes)}
    problems: list[Problem] = []
    books: Books | None = None
    try:
        books = limits(_vintage(raw)) if callable(limits) else limits
    except InputError as error:
        place = _place(document, ("vintage",), changes, form)
        problems = [replace(each, where=place) for each in error.problems]
    found: list[tuple[Location, Any]] = [(each.location, each) for each in document.repeats]
    made = None
    try:
        made = form.model.model_validate(raw, context=books)
    except ValidationError as error:
        found += [(located(each, raw), each) for each in error.errors(include_url=False)]
    found.sort(key=lambda each: document.line(each[0]))
    for location, what in found[:MAX_PROBLEMS]:
        breach = what if isinstance(what, Breach) else explained(what, location, form.model, raw)
        place = _place(document, breach.location, changes, form)
        problems.append(
            Problem(where=place, given=breach.given, allowed=breach.allowed, remedy=breach.remedy)
        )
    if len(found) > MAX_PROBLEMS:
        given = f"{len(found) - MAX_PROBLEMS:,} more problems"
        where = document.name or form.noun
        remedy = "Mend those above first."
        problems.append(Problem(where=where, given=given, allowed="none", remedy=remedy))
    if problems or made is None:
        raise ScenarioError(problems)
    return made


def _vintage(raw: Mapping[str, Any]) -> str | None:
    """Name the vintage of the books, as far as half-right values tell."""
    given, start = raw.get("vintage"), as_day(raw.get("start"))
    if isinstance(given, str):
        return given
    return None if start is None else month_before(start)


def _place(document: SourceText, location: Location, changes: Mapping[str, Any], form: Form) -> str:
    where = dotted(location)
    if document.name and not (location and location[0] in changes):
        where = f"{document.name}:{document.line(location)} {where}".rstrip()
    return where or form.noun
