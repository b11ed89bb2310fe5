"""The studies of the lab: what each is asked, in one table that checks, page and document read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from pydantic import Field

from selloff.apps.room._bodies import question_field
from selloff.apps.room._questions import MOST_YEARS, Question, read_question
from selloff.scenario.fields import Checked
from selloff.studies import optimal, reverse
from selloff.vocab import InputError, Problem, metrics_at, near_miss, shown

Plain = dict[str, Any]
Found = TypeVar("Found")
_AVERSIONS: Final = (0.0, 0.5, 2.0)
"""Fewer than on the command line."""
_WHERE: Final = {
    **dict.fromkeys(("who", "sellers[0].holder", "SELLER", "--seller"), "seller"),
    "EVENT": "event",
}
"""Fields of a study that a check calls by another name."""


def _shown(label: str, kind: str) -> Plain:
    """A field that the page shows: its name, and what its values are."""
    return {"label": label, "kind": kind}


class StudyBody(Checked):
    """What every study is asked."""

    question: dict[str, Any] = question_field()
    page: str = Field(
        "", max_length=40, description="Name of the page that asks: its newest study wins."
    )


class ReverseBody(StudyBody):
    """An event, whose sale, and which of them."""

    event: str = Field(
        max_length=300,
        description="Numbers and their limits, joined by and. It must come in half of all draws.",
        examples=["us_10y_peak_bp >= 100"],
        json_schema_extra=_shown("Event", "event"),
    )
    seller: str | None = Field(
        None, description="Who sells.", json_schema_extra=_shown("Seller", "seller")
    )
    find: Literal["smallest", "fastest", "likeliest"] = Field(
        "smallest",
        description="The smallest amount, the longest time it may take, or the likeliest sale.",
        json_schema_extra=_shown("Look for the", "choice"),
    )
    draws: int = Field(100, ge=24, le=100, description="Draws of each sale that is tried.")


class SensitivityBody(StudyBody):
    """A number to be explained."""

    metric: str = Field(
        max_length=80,
        description="The number to explain.",
        examples=["us_10y_peak_bp"],
        json_schema_extra=_shown("Number", "metric"),
    )
    draws: int = Field(64, ge=32, le=100, description="Points of the sample.")


class OptimalBody(StudyBody):
    """Who sells how much; of the question its month and seed count."""

    seller: str = Field(
        max_length=80,
        description="Who sells.",
        examples=["jpn"],
        json_schema_extra=_shown("Seller", "seller"),
    )
    amount: float | None = Field(
        None,
        gt=0,
        le=100_000,
        strict=False,
        description="USD bn; without it the whole book.",
        json_schema_extra=_shown("Amount, USD bn", "amount"),
    )
    draws: int = Field(60, ge=24, le=100, description="Draws of each sale that is tried.")


@dataclass(frozen=True)
class LabStudy:
    """A study as the lab offers it."""

    name: str
    label: str
    words: str
    """What it answers."""
    body: type[StudyBody]
    turns: int
    """Turns of the engine that it usually takes [count]."""
    check: Callable[[Any], Question]


@dataclass(frozen=True)
class Wanted:
    """A study that is asked, checked."""

    study: LabStudy
    body: Any
    question: Question


def read_study(study: LabStudy, body: StudyBody) -> Wanted:
    """Check what a study is asked; what is wrong is named as the field of the study."""
    try:
        return Wanted(study, body, study.check(body))
    except InputError as error:
        raise by_field(error) from None


def by_field(error: InputError) -> InputError:
    """Name fields as the study calls them."""
    return InputError([_renamed(each) for each in error.problems])


def lab_fields() -> list[Plain]:
    """List the studies with the fields that the page shows of each."""
    return [
        {"name": one.name, "label": one.label, "words": one.words, "fields": _fields(one.body)}
        for one in LAB.values()
    ]


def _fields(body: type[StudyBody]) -> list[Plain]:
    return [
        {
            "name": name,
            **one.json_schema_extra,
            "help": one.description,
            "start": one.examples[0] if one.examples else one.get_default() or "",
            "options": list(getattr(one.annotation, "__args__", ())) if _is_choice(one) else [],
        }
        for name, one in body.model_fields.items()
        if isinstance(one.json_schema_extra, Mapping)
    ]


def _is_choice(field: Any) -> bool:
    return bool(field.json_schema_extra["kind"] == "choice")


def _renamed(one: Problem) -> Problem:
    where = _WHERE.get(one.where, one.where)
    return Problem(where=where, given=one.given, allowed=one.allowed, remedy=one.remedy)


def _check_reverse(body: ReverseBody) -> Question:
    problems: list[Problem] = []
    asked = body.question
    if body.seller is not None:
        asked = asked | {"who": body.seller}
        asked |= {"usd": "all"} if body.find != "fastest" else {}
    question = _tried(problems, lambda: read_question(asked))
    years = question.scenario.horizon_years if question else MOST_YEARS
    _tried(problems, lambda: reverse.read_bounds(body.event, years=years))
    if question and len(question.scenario.sellers) != 1:
        remedy = "Ask a question of one seller above, or choose another preset."
        given = f"{len(question.scenario.sellers)} sellers"
        problems.append(Problem(where="question", given=given, allowed="one seller", remedy=remedy))
    if problems or question is None:
        raise InputError(problems)
    return question


def _check_sensitivity(body: SensitivityBody) -> Question:
    question = read_question(body.question)
    known = metrics_at(question.scenario.horizon_years)
    if body.metric not in known:
        allowed = f"a number of a run of {question.scenario.horizon_years:g} years"
        remedy = near_miss(body.metric, tuple(known))
        given = shown(body.metric)
        problem = Problem(where="metric", given=given, allowed=allowed, remedy=remedy)
        raise InputError([problem])
    return question


def _check_optimal(body: OptimalBody) -> Question:
    question = read_question(body.question)
    optimal.check_question(wish_of(body, question))
    return question


def wish_of(body: OptimalBody, question: Question) -> optimal.Wish:
    """Read a wish off the fields of the lab."""
    return optimal.Wish(
        seller=body.seller,
        amount=body.amount,
        aversions=_AVERSIONS,
        vintage=question.scenario.vintage,
    )


def _tried(problems: list[Problem], read: Callable[[], Found]) -> Found | None:
    try:
        return read()
    except InputError as error:
        problems += error.problems
        return None


LAB: Final = {
    one.name: one
    for one in (
        LabStudy(
            "reverse", "Which sale brings an event about?",
            "An event is a number of the answer and its limit; several are joined by and. It must "
            "come in half of all draws. All else is as in the question in hand.",
            ReverseBody, 16, _check_reverse,
        ),
        LabStudy(
            "sensitivity", "Which unknown matters most?",
            "Which parameters move a number of the question in hand, and which study would narrow "
            "it most. Few points are asked: trust the order, and of the shares the bands.",
            SensitivityBody, 33, _check_sensitivity,
        ),
        LabStudy(
            "optimal", "Which way to sell costs least?",
            "Plans for who does not mind risk and for who does; of the question in hand the month "
            "counts.",
            OptimalBody, 50, _check_optimal,
        ),
    )
}  # fmt: skip
"""A row more, with its work in `_works`, is a study more."""
