"""Something that happened: a window, the flows in it, and what markets did."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from selloff.scenario.episode_rules import episode_breaches
from selloff.scenario.flows import MAX_FLOWS, Day, Flow
from selloff.scenario.paces import SPEC
from selloff.scenario.reactions import MAX_SHOCKS, Shock
from selloff.scenario.spec import raise_first
from selloff.scenario.text import one_line, paragraphs
from selloff.vocab.axes import EPISODE_VARIABLES

EPISODE_SCHEMA_VERSION: Final = 1
Variable = Literal[
    "us_2y_bp",
    "us_5y_bp",
    "us_10y_bp",
    "us_30y_bp",
    "term_premium_10y_bp",
    "usdjpy_pct",
    "jgb_10y_bp",
]
Change = Annotated[float, Field(strict=True, ge=-1e4, le=1e4, allow_inf_nan=False)]


class Episode(BaseModel):
    """An episode that the model is held against."""

    model_config = SPEC

    schema_version: Literal[1] = Field(description="Version of this format; 1.")
    name: str = Field(
        strict=True,
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        max_length=64,
        description="Short name in lower-case letters, digits and hyphens.",
    )
    title: Annotated[str, AfterValidator(one_line)] = Field(
        strict=True, min_length=1, max_length=120, description="Title, one line."
    )
    description: Annotated[str, AfterValidator(paragraphs)] = Field(
        default="", strict=True, max_length=4000, description="What happened."
    )
    start: Day = Field(description="Day of the last close before the window.")
    end: Day = Field(description="Last day of the window; its close is compared.")
    vintage: str | None = Field(
        default=None,
        strict=True,
        pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$",
        description="Date of the books as year-month; without it, the last month-end by the start.",
    )
    policy: Literal["on", "off"] = Field(
        default="on", description="off leaves out what the fed bought and sold."
    )
    flows: tuple[Flow, ...] = Field(
        default=(), max_length=MAX_FLOWS, description="Who bought or sold what, and when."
    )
    shocks: tuple[Shock, ...] = Field(
        default=(),
        max_length=MAX_SHOCKS,
        description="Stress that came from elsewhere, for those who answer by rule; it moves "
        "nothing where everybody's flows are on record.",
    )
    observed: Mapping[Variable, Change] = Field(
        default_factory=dict,
        description="What happened, by variable, where the shipped tables do not say or should "
        "not be used: " + ", ".join(EPISODE_VARIABLES) + ".",
    )
    observed_source: Annotated[str, AfterValidator(one_line)] = Field(
        default="", strict=True, max_length=300, description="Where observed comes from."
    )
    other_news: tuple[Annotated[str, AfterValidator(one_line)], ...] = Field(
        default=(),
        max_length=20,
        description="What else moved markets in the window; stated, not fitted.",
    )

    @model_validator(mode="after")
    def _keeps_rules(self) -> "Episode":
        raise_first(episode_breaches({**dict(self), "flows": [dict(each) for each in self.flows]}))
        return self

    @property
    def vintage_id(self) -> str:
        """Year and month of the books the episode starts from [year-month]."""
        return self.vintage or month_before(self.start)


def month_before(day: date) -> str:
    """Name the last month that had ended by a day."""
    tomorrow = day + timedelta(days=1)
    last_end = tomorrow.replace(day=1) - timedelta(days=1)
    return f"{last_end:%Y-%m}"
