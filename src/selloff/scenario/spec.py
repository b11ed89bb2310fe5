"""The question: who sells how much, how fast, and into what."""

from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field

from selloff.scenario.fields import (
    Books,
    Breach,
    Checked,
    Description,
    Holder,
    Name,
    Raw,
    Share,
    Title,
    Version,
    VintageName,
    at_most,
)
from selloff.scenario.paces import AT_ONCE, DEFAULT_YEARS, MAX_YEARS, MIN_YEARS, Pace, StartDay
from selloff.scenario.reactions import (
    MAX_FLOWS,
    CurrencyFlow,
    FedProgramme,
    Reactions,
    Rules,
    Shocks,
)
from selloff.scenario.rules import LEAST_USD_BN, amount_breaches, scenario_breaches
from selloff.scenario.weights import Buckets, Proceeds

SCHEMA_VERSION: Final = 1
MAX_SELLERS: Final = 64


_ONE_AMOUNT: Any = [{"required": ["sale_usd_bn"]}, {"required": ["sale_frac"]}]


class Seller(Checked):
    """One holder that sells, and how."""

    model_config = ConfigDict(json_schema_extra={"oneOf": _ONE_AMOUNT})

    holder: Holder = Field(
        description="Who sells: a holder id such as jpn_official, or a country such as jpn for "
        "its official and private book together (each sells in proportion to its book)."
    )
    sale_usd_bn: float | None = Field(
        None,
        ge=LEAST_USD_BN,
        description="Face to sell in USD bn, at most what the holder has; give this or sale_frac.",
    )
    sale_frac: Share | None = Field(
        None, description="Share of the holder's book to sell; give this or sale_usd_bn."
    )
    buckets: Buckets = Field(
        "pro_rata",
        description="Which remaining maturities are sold: pro_rata (as held), bills_first (bills "
        "before all else, bought back later for longer paper), short_first, long_first, or "
        "weights by bucket that sum to 1.",
    )
    pace: Pace = Field(AT_ONCE, description="How fast the seller sells.")
    participation_cap_frac: float | None = Field(
        None,
        gt=0,
        le=1,
        description="Largest share of a day's market turnover the seller takes; without it only "
        "the market's own capacity limits the pace.",
    )
    proceeds: Proceeds = Field(
        description="What the dollars from the sale are turned into: weights by asset that sum "
        "to 1."
    )
    announced_frac: Share = Field(
        0.0,
        description="Share of the sale the market knows of from the first day; the rest "
        "surprises it as it happens.",
    )
    start_day: StartDay = Field(
        1, description="Business day of the first sale; 1 is the day after the opening books."
    )
    hostility: Share = Field(
        0.0,
        description="From 0, friendly, to 1, openly hostile to the United States; it makes "
        "retaliation more likely.",
    )

    @classmethod
    def breaches(cls, raw: Raw, books: Books | None) -> Iterable[Breach]:
        """Ask for exactly one amount."""
        del books
        return amount_breaches(raw)


class Scenario(Checked):
    """A question to the model: the sellers, the opening date and the horizon."""

    schema_version: Annotated[Literal[1], Version] = Field(description="Version of this format; 1.")
    name: Name = Field(
        description="Short name in lower-case letters, digits and hyphens; names the output folder."
    )
    title: Title = Field(description="Title of the report, one line.")
    description: Description = Field("", description="What the scenario asks and why.")
    vintage: VintageName | None = Field(
        None,
        description="Opening date of the books as year-month, or the name of tables fetched by the "
        "user; without it, the default vintage.",
    )
    horizon_years: float = Field(
        DEFAULT_YEARS, ge=MIN_YEARS, le=MAX_YEARS, description="Years the run covers."
    )
    sellers: Annotated[tuple[Seller, ...], at_most(MAX_SELLERS)] = Field(
        strict=False, max_length=MAX_SELLERS, description="Who sells; the list may be empty."
    )
    reactions: Reactions = Field(
        default_factory=Reactions,
        description="Which of everybody else's reactions are at work; true or false by name.",
    )
    rules: Rules = Field(
        default_factory=Rules, description="Numbers that replace those of a rule in every draw."
    )
    currency_flows: Annotated[tuple[CurrencyFlow, ...], at_most(MAX_FLOWS)] = Field(
        (),
        strict=False,
        max_length=MAX_FLOWS,
        description="Currencies bought or sold for dollars without a bond changing hands.",
    )
    fed_programme: FedProgramme | None = Field(
        None, description="Purchases of the Federal Reserve by prescription."
    )
    shocks: Shocks = Field((), description="Stress that comes from elsewhere.")

    @classmethod
    def breaches(cls, raw: Raw, books: Books | None) -> Iterable[Breach]:
        """Find what the fields do not say to each other; and, with books, who sells too much."""
        return scenario_breaches(raw, books)


class Settings(Checked):
    """How a question is run."""

    draws: int = Field(2000, ge=1, le=100_000, description="Random draws.")
    seed: int = Field(0, ge=0, le=2**63 - 1, description="Seed of the random numbers.")
    attribution: bool | Annotated[int, Field(ge=1, le=100_000)] = Field(
        True,
        description="Whether headline numbers are split by mechanism, or in how many draws.",
    )
