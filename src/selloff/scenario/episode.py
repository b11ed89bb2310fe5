"""Something that happened: a window, the flows in it, and what markets did."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from selloff.scenario.episode_rules import episode_breaches
from selloff.scenario.fields import (
    Books,
    Breach,
    Checked,
    Day,
    Description,
    Line,
    Month,
    Name,
    Raw,
    Title,
    Version,
    at_most,
)
from selloff.scenario.flows import MAX_FLOWS, Flow
from selloff.scenario.reactions import Shocks
from selloff.vocab.axes import ASSET_CURRENCY, EPISODE_ABROAD, EPISODE_VARIABLES

EPISODE_SCHEMA_VERSION: Final = 1
MAX_NEWS: Final = 20
Variable = Literal[
    "us_2y_bp",
    "us_5y_bp",
    "us_10y_bp",
    "us_30y_bp",
    "term_premium_10y_bp",
    "usdjpy_pct",
    "jgb_10y_bp",
    "bund_10y_bp",
    "gilt_10y_bp",
    "cgb_10y_bp",
    "eurusd_pct",
    "gbpusd_pct",
    "usdcny_pct",
]
Change = Annotated[float, Field(ge=-1e4, le=1e4)]
ShortLine = Annotated[Line, Field(max_length=300)]


class Episode(Checked):
    """An episode that the model is held against."""

    schema_version: Annotated[Literal[1], Version] = Field(description="Version of this format; 1.")
    name: Name = Field(description="Short name in lower-case letters, digits and hyphens.")
    title: Title = Field(description="Title, one line.")
    description: Description = Field("", description="What happened.")
    start: Day = Field(description="Day of the last close before the window.")
    end: Day = Field(description="Last day of the window; its close is compared.")
    vintage: Month | None = Field(
        None,
        description="Date of the books as year-month; without it, the last month-end by the start.",
    )
    policy: Literal["on", "off"] = Field(
        "on", description="off leaves out what the fed bought and sold."
    )
    flows: Annotated[tuple[Flow, ...], at_most(MAX_FLOWS)] = Field(
        (),
        strict=False,
        max_length=MAX_FLOWS,
        description="Who bought or sold what, and when.",
    )
    shocks: Shocks = Field(
        (),
        description="Stress that came from elsewhere, for those who answer by rule; it moves "
        "nothing where everybody's flows are on record.",
    )
    observed: Mapping[Variable, Change] = Field(
        default_factory=dict,
        description="What happened, by variable, where the shipped tables do not say or should "
        "not be used: " + ", ".join(EPISODE_VARIABLES) + ".",
    )
    observed_source: ShortLine = Field("", description="Where observed comes from.")
    other_news: Annotated[tuple[Line, ...], at_most(MAX_NEWS)] = Field(
        (),
        strict=False,
        max_length=MAX_NEWS,
        description="What else moved markets in the window; stated, not fitted.",
    )

    @classmethod
    def breaches(cls, raw: Raw, books: Books | None) -> Iterable[Breach]:
        """Find what the fields do not say to each other; and, with books, who sells too much."""
        return episode_breaches(raw, books)

    @property
    def judged(self) -> tuple[str, ...]:
        """Variables it is judged by; of markets abroad those with a flow or a number of theirs."""
        traded = {currency for flow in self.flows for currency in _markets(flow)}
        return tuple(
            name
            for name in EPISODE_VARIABLES
            if EPISODE_ABROAD.get(name, "USD") in {"USD", *traded} or name in self.observed
        )

    @property
    def vintage_id(self) -> str:
        """Year and month of the books the episode starts from [year-month]."""
        return self.vintage or month_before(self.start)


def _markets(flow: Flow) -> set[str]:
    """Currencies in which a flow buys or sells anything."""
    into = {ASSET_CURRENCY[asset] for asset, share in flow.proceeds.items() if share > 0.0}
    return into | {each for each in (flow.market, flow.currency) if each is not None}


def month_before(day: date) -> str:
    """Name the last month that had ended by a day."""
    last_end = (day + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    return f"{last_end:%Y-%m}"
