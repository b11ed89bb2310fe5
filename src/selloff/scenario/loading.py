"""From a preset, a file or plain values to a scenario, or to every problem at once."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from selloff.scenario.form import Form
from selloff.scenario.limits import Books, Limits, check_limits, limit_breaches
from selloff.scenario.problems import found_in, shown
from selloff.scenario.reader import Document, read
from selloff.scenario.rules import Breach, Location, breaches, dotted
from selloff.scenario.source import refused, shipped_names, text_of
from selloff.scenario.spec import Scenario
from selloff.vocab.errors import InputError, Problem, ScenarioError

Source = str | Path | Scenario | Mapping[str, Any]
SHARES: Final = "Shares are fractions of one: 25 percent is 0.25."
FORM: Final = Form(
    noun="scenario",
    model=Scenario,
    breaches=breaches,
    remedies={
        "sale_usd_bn": "Give the face to sell as a positive number of USD bn.",
        "sale_frac": SHARES,
        "announced_frac": SHARES,
        "participation_cap_frac": SHARES,
        "cum_frac": SHARES,
        "proceeds": SHARES,
        "buckets": SHARES,
        "name": "Use lower-case letters, digits and hyphens, such as japan-dump.",
        "vintage": 'Write year and month in quotes, such as "2026-07".',
        "schema_version": "Write schema_version: 1.",
        "horizon_years": "Give a number of years, such as 10.",
    },
    folder="presets",
    shipped="a preset",
    first_step="Start from a preset: `selloff presets --show japan-dump`.",
)


def preset_names() -> tuple[str, ...]:
    """List the scenarios that come with Selloff."""
    return shipped_names(FORM)


def load(source: Source, *, limits: Limits | None = None) -> Scenario:
    """Load a scenario and check it.

    Source: assumption; whoever corrects a file wants the whole list.
    """
    if isinstance(source, Scenario):
        problems = check_limits(source, limits) if limits is not None else ()
        if problems:
            raise ScenarioError(problems)
        return source
    if isinstance(source, Mapping):
        return parse(source, limits=limits)
    name, text = text_of(source, FORM)
    return _checked(read(text, name), limits)


def parse(values: Mapping[str, Any], *, limits: Limits | None = None) -> Scenario:
    """Make a scenario of plain values.

    Source: assumption; the same checks as for a file, without its lines.
    """
    return _checked(Document("", values, {}, ()), limits)


def with_overrides(
    scenario: Scenario, *, horizon_years: float | None = None, vintage: str | None = None
) -> Scenario:
    """Change horizon or vintage of a scenario, with the checks of the file format.

    Source: assumption; a command line changes these two most.
    """
    given = {"horizon_years": horizon_years, "vintage": vintage}
    changed = {name: value for name, value in given.items() if value is not None}
    if not changed:
        return scenario
    raw = {**scenario.model_dump(), **changed}
    problems = [
        Problem(
            where=f"--{each.location[0]}".replace("_", "-")
            if each.location[0] in changed
            else dotted(each.location),
            given=each.given,
            allowed=each.allowed,
            remedy=each.remedy,
        )
        for each in found_in(raw, FORM)
    ]
    if problems:
        raise ScenarioError(problems)
    return Scenario.model_validate(raw)


def _checked(document: Document, limits: Limits | None) -> Scenario:
    def beyond(raw: Mapping[str, Any]) -> list[Breach]:
        return [] if limits is None else list(limit_breaches(raw, _books(raw, limits)))

    return Scenario.model_validate(checked(document, FORM, beyond))


def checked(
    document: Document, form: Form, beyond: Callable[[Mapping[str, Any]], list[Breach]]
) -> Mapping[str, Any]:
    """Check a file against its form and against the books.

    Source: assumption; whoever corrects a file wants the whole list.
    """
    raw = document.values
    if not isinstance(raw, Mapping):
        raise refused(
            f"{document.name}:1" if document.name else form.noun,
            given="an empty file" if raw is None and document.name else shown(raw),
            allowed="a mapping with the keys " + ", ".join(form.model.model_fields),
            remedy=form.first_step,
        )
    found = [*document.repeats, *found_in(raw, form)]
    problems: list[Problem] = []
    try:
        found += beyond(raw)
    except InputError as error:
        problems += [_placed(document, each, ("vintage",), form) for each in error.problems]
    problems += [
        _placed(document, each, each.location, form)
        for each in sorted(found, key=lambda each: document.line(each.location))
    ]
    if problems:
        raise ScenarioError(problems)
    return raw


def _books(raw: Mapping[str, Any], limits: Limits) -> Books:
    vintage = raw.get("vintage")
    return limits(vintage if isinstance(vintage, str) else None) if callable(limits) else limits


def _placed(document: Document, told: Breach | Problem, location: Location, form: Form) -> Problem:
    where = dotted(location)
    if document.name:
        where = f"{document.name}:{document.line(location)} {where}".rstrip()
    return Problem(
        where=where or form.noun, given=told.given, allowed=told.allowed, remedy=told.remedy
    )
