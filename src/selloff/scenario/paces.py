"""How fast a seller sells: at once, evenly, ever more slowly, or along a schedule."""

from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, Field

from selloff.scenario.fields import SPEC, Share, refusal
from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR

MAX_YEARS: Final = 50
MIN_YEARS: Final = 0.25
DEFAULT_YEARS: Final = 10.0
MAX_DAY: Final = MAX_YEARS * BUSINESS_DAYS_PER_YEAR
MAX_POINTS: Final = 2520
StartDay = Annotated[int, Field(ge=1, le=MAX_DAY)]


class BlockPace(BaseModel):
    """Everything is ordered on the first day and executed as fast as the market takes it."""

    model_config = SPEC

    kind: Literal["block"] = Field(description="Sell as fast as the market takes it.")


class Linear(BaseModel):
    """The same face every business day."""

    model_config = SPEC

    kind: Literal["linear"] = Field(description="Sell the same face every business day.")
    years: float = Field(
        gt=0,
        le=MAX_YEARS,
        description="Years from the first sale to the last; what lies beyond the horizon stays "
        "unsold in the run.",
    )


class Exponential(BaseModel):
    """Half of what is left is sold in each half-life."""

    model_config = SPEC

    kind: Literal["exponential"] = Field(
        description="Sell fast at first, then ever more slowly; never quite completes."
    )
    half_life_years: float = Field(
        gt=0, le=MAX_YEARS, description="Years in which half of what is left is sold."
    )


class Point(BaseModel):
    """A point of a sale schedule."""

    model_config = SPEC

    day: StartDay = Field(description="Business day of the sale; day 1 is `start_day`.")
    cum_frac: Share = Field(description="Share of the sale done by the end of that day.")


def _schedule(points: tuple[Point, ...]) -> tuple[Point, ...]:
    wrong = ["no points"] if not points else []
    for before, after in pairwise(points):
        if after.day <= before.day:
            wrong.append(f"day {after.day} after day {before.day}")
        elif after.cum_frac < before.cum_frac:
            wrong.append(f"cum_frac {after.cum_frac:g} after {before.cum_frac:g}")
    if points and points[-1].cum_frac != 1:
        wrong.append(f"a last cum_frac of {points[-1].cum_frac:g}")
    if wrong:
        raise refusal(
            wrong[0],
            "days that rise from point to point, cum_frac that never falls and ends at 1",
            "Put the points in order of day and end with cum_frac: 1.",
        )
    return points


class Custom(BaseModel):
    """A schedule given point by point, straight lines in between, from 0 before day 1."""

    model_config = SPEC

    kind: Literal["custom"] = Field(description="Sell along a schedule given point by point.")
    points: Annotated[tuple[Point, ...], AfterValidator(_schedule)] = Field(
        strict=False,
        max_length=MAX_POINTS,
        json_schema_extra={"minItems": 1},
        description="Points of the schedule in order of day, the last with cum_frac 1.",
    )


Pace = Annotated[BlockPace | Linear | Exponential | Custom, Field(discriminator="kind")]
AT_ONCE: Final = BlockPace(kind="block")
