"""The question: who sells how much, how fast, and into what."""

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from selloff.scenario.paces import MAX_DAY, MAX_YEARS, MIN_YEARS, SPEC, BlockPace, Pace
from selloff.scenario.reactions import (
    MAX_FLOWS,
    MAX_SHOCKS,
    CurrencyFlow,
    FedProgramme,
    Reactions,
    Rules,
    Shock,
)
from selloff.scenario.rules import Breach, amount_breaches, breaches, seller_ids
from selloff.scenario.text import one_line, paragraphs
from selloff.scenario.weights import RULE, Asset, AssetWeights, BucketWeights, Weights
from selloff.vocab.errors import near_miss

SCHEMA_VERSION: Final = 1
MAX_SELLERS: Final = 64

BucketRule = Literal["pro_rata", "short_first", "long_first"]


def raise_first(found: list[Breach] | tuple[Breach, ...]) -> None:
    """Turn rules that do not hold into an error of the field checks.

    Source: assumption; whoever skips the loader gets at least the first.
    """
    if not found:
        return
    first = found[0]
    rule: dict[str, Any] = {
        "given": first.given,
        "allowed": first.allowed,
        "remedy": first.remedy,
        "breaches": found,
    }
    raise PydanticCustomError(RULE, "got {given}; allowed: {allowed}. {remedy}", rule)


def known_holder(holder: str) -> str:
    """Insist on a word for a seller."""
    ids = seller_ids()
    if holder not in ids:
        rule = {
            "given": f"'{holder}'",
            "allowed": f"one of {len(ids)} holder ids and countries, such as jpn_official or jpn",
            "remedy": f"{near_miss(holder, ids)} `selloff world --detail` lists them all.",
        }
        raise PydanticCustomError(RULE, "got {given}; allowed: {allowed}. {remedy}", rule)
    return holder


def _word_or_weights(given: object) -> str:
    return "word" if isinstance(given, str) else "weights"


Buckets = Annotated[
    Annotated[BucketRule, Tag("word")] | Annotated[BucketWeights, Tag("weights")],
    Discriminator(_word_or_weights),
]


class Seller(BaseModel):
    """One holder that sells, and how."""

    model_config = {
        **SPEC,
        "json_schema_extra": {
            "oneOf": [{"required": ["sale_usd_bn"]}, {"required": ["sale_frac"]}]
        },
    }

    holder: Annotated[str, AfterValidator(known_holder)] = Field(
        strict=True,
        max_length=64,
        description="Who sells: a holder id such as jpn_official, or a country such as jpn for "
        "its official and private book together (each sells in proportion to its book).",
    )
    sale_usd_bn: float | None = Field(
        default=None,
        strict=True,
        gt=0,
        allow_inf_nan=False,
        description="Face to sell in USD bn, at most what the holder has; give this or sale_frac.",
    )
    sale_frac: float | None = Field(
        default=None,
        strict=True,
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="Share of the holder's book to sell; give this or sale_usd_bn.",
    )
    buckets: Buckets = Field(
        default="pro_rata",
        description="Which remaining maturities are sold: pro_rata (as held), short_first, "
        "long_first, or weights by bucket that sum to 1.",
    )
    pace: Pace = Field(default=BlockPace(kind="block"), description="How fast the seller sells.")
    participation_cap_frac: float | None = Field(
        default=None,
        strict=True,
        gt=0,
        le=1,
        allow_inf_nan=False,
        description="Largest share of a day's market turnover the seller takes; without it only "
        "the market's own capacity limits the pace.",
    )
    proceeds: AssetWeights = Field(
        default_factory=lambda: Weights[Asset]({"usd_cash": 1.0}),
        json_schema_extra={"default": {"usd_cash": 1.0}},
        description="What the dollars from the sale are turned into: weights by asset that sum "
        "to 1.",
    )
    announced_frac: float = Field(
        default=0.0,
        strict=True,
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="Share of the sale the market knows of from the first day; the rest "
        "surprises it as it happens.",
    )
    start_day: int = Field(
        default=1,
        strict=True,
        ge=1,
        le=MAX_DAY,
        description="Business day of the first sale; 1 is the day after the opening books.",
    )
    hostility: float = Field(
        default=0.0,
        strict=True,
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="From 0, friendly, to 1, openly hostile to the United States; it makes "
        "retaliation more likely.",
    )

    @model_validator(mode="after")
    def _has_one_amount(self) -> "Seller":
        raise_first(tuple(amount_breaches(dict(self), ())))
        return self


class Scenario(BaseModel):
    """A question to the model: the sellers, the opening date and the horizon."""

    model_config = SPEC

    schema_version: Literal[1] = Field(description="Version of this format; 1.")
    name: str = Field(
        strict=True,
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        max_length=64,
        description="Short name in lower-case letters, digits and hyphens; names the output "
        "folder.",
    )
    title: Annotated[str, AfterValidator(one_line)] = Field(
        strict=True, min_length=1, max_length=120, description="Title of the report, one line."
    )
    description: Annotated[str, AfterValidator(paragraphs)] = Field(
        default="", strict=True, max_length=4000, description="What the scenario asks and why."
    )
    vintage: str | None = Field(
        default=None,
        strict=True,
        pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$",
        description="Opening date of the books as year-month; without it, the default vintage.",
    )
    horizon_years: float = Field(
        default=10.0,
        strict=True,
        ge=MIN_YEARS,
        le=MAX_YEARS,
        allow_inf_nan=False,
        description="Years the run covers.",
    )
    sellers: tuple[Seller, ...] = Field(
        max_length=MAX_SELLERS, description="Who sells; the list may be empty."
    )
    reactions: Reactions = Field(
        default_factory=Reactions,
        description="Which of everybody else's reactions are at work; true or false by name.",
    )
    rules: Rules = Field(
        default_factory=Rules, description="Numbers that replace those of a rule in every draw."
    )
    currency_flows: tuple[CurrencyFlow, ...] = Field(
        default=(),
        max_length=MAX_FLOWS,
        description="Currencies bought or sold for dollars without a bond changing hands.",
    )
    fed_programme: FedProgramme | None = Field(
        default=None, description="Purchases of the Federal Reserve by prescription."
    )
    shocks: tuple[Shock, ...] = Field(
        default=(), max_length=MAX_SHOCKS, description="Stress that comes from elsewhere."
    )

    @model_validator(mode="after")
    def _keeps_rules(self) -> "Scenario":
        raise_first(breaches(self.model_dump()))
        return self
