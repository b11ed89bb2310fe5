"""How fast a seller means to sell; days are business days counted from `start_day`."""

from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from selloff.scenario.weights import RULE
from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR

MAX_YEARS: Final = 50
MIN_YEARS: Final = 0.25
MAX_DAY: Final = MAX_YEARS * BUSINESS_DAYS_PER_YEAR
MAX_POINTS: Final = 2520
SPEC: Final = ConfigDict(frozen=True, extra="forbid")


class BlockPace(BaseModel):
    """Everything is ordered on the first day and executed as fast as the market takes it."""

    model_config = SPEC

    kind: Literal["block"] = Field(description="Sell as fast as the market takes it.")


class Linear(BaseModel):
    """The same face every business day."""

    model_config = SPEC

    kind: Literal["linear"] = Field(description="Sell the same face every business day.")
    years: float = Field(
        strict=True,
        gt=0,
        le=MAX_YEARS,
        allow_inf_nan=False,
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
        strict=True,
        gt=0,
        le=MAX_YEARS,
        allow_inf_nan=False,
        description="Years in which half of what is left is sold.",
    )


class Point(BaseModel):
    """A point of a sale schedule."""

    model_config = SPEC

    day: int = Field(
        strict=True,
        ge=1,
        le=MAX_DAY,
        description="Business day of the sale; day 1 is `start_day`.",
    )
    cum_frac: float = Field(
        strict=True,
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="Share of the sale done by the end of that day.",
    )


def _schedule(points: tuple[Point, ...]) -> tuple[Point, ...]:
    given = "" if points else "no points"
    for before, after in pairwise(points):
        if after.day <= before.day:
            given = f"day {after.day} after day {before.day}"
        elif after.cum_frac < before.cum_frac:
            given = f"cum_frac {after.cum_frac:g} after {before.cum_frac:g}"
        if given:
            break
    if not given and points[-1].cum_frac != 1:
        given = f"a last cum_frac of {points[-1].cum_frac:g}"
    if given:
        rule = {
            "given": given,
            "allowed": "days that rise from point to point, cum_frac that never falls and ends "
            "at 1",
            "remedy": "Put the points in order of day and end with cum_frac: 1.",
        }
        raise PydanticCustomError(RULE, "{given}; allowed: {allowed}", rule)
    return points


class Custom(BaseModel):
    """A schedule given point by point, straight lines in between, from 0 before day 1."""

    model_config = SPEC

    kind: Literal["custom"] = Field(description="Sell along a schedule given point by point.")
    points: Annotated[tuple[Point, ...], AfterValidator(_schedule)] = Field(
        max_length=MAX_POINTS,
        json_schema_extra={"minItems": 1},
        description="Points of the schedule in order of day, the last with cum_frac 1.",
    )


Pace = Annotated[BlockPace | Linear | Exponential | Custom, Field(discriminator="kind")]
