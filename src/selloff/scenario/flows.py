"""A flow of an episode: who bought or sold what, on which days, and how that is known."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from selloff.scenario.paces import SPEC
from selloff.scenario.reactions import ForeignCurrency
from selloff.scenario.spec import Buckets, known_holder
from selloff.scenario.text import one_line, paragraphs
from selloff.scenario.weights import RULE, Asset, AssetWeights, Weights

MAX_FLOWS: Final = 200
MAX_USD_BN: Final = 1e5
Standing = Literal["verified", "secondary", "data", "assumption"]


def _day(given: Any) -> Any:
    """Take a date as people write it, and only so."""
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given) if len(given) == len("2020-03-09") else _refuse_day(given)
    except (TypeError, ValueError):
        return _refuse_day(given)


def _refuse_day(given: Any) -> Any:
    rule = {
        "given": f"'{given}'" if isinstance(given, (str, int, float)) else "no date",
        "allowed": 'a day of the calendar as "YYYY-MM-DD"',
        "remedy": 'Write it in quotes, such as "2020-03-09".',
    }
    raise PydanticCustomError(RULE, "got {given}; allowed: {allowed}. {remedy}", rule)


Day = Annotated[date, BeforeValidator(_day)]


def _amount(description: str, *, least: float = 0.0) -> Any:
    bounds: dict[str, Any] = {"gt": 0} if least == 0.0 else {"ge": least}
    return Field(
        default=None,
        strict=True,
        le=MAX_USD_BN,
        allow_inf_nan=False,
        description=description,
        **bounds,
    )


class Flow(BaseModel):
    """One flow of an episode."""

    model_config = SPEC

    holder: Annotated[str, AfterValidator(known_holder)] | None = Field(
        default=None,
        max_length=64,
        description="Who: a holder id, a country, foreign_official or foreign_private; only fed "
        "buys; left out for a flow of currency alone.",
    )
    sale_usd_bn: float | None = _amount("Face sold in all, in USD bn.")
    purchase_usd_bn: float | None = _amount("Face bought in all by the fed, in USD bn.")
    currency_usd_bn: float | None = _amount(
        "Dollars exchanged for the currency in all, in USD bn, without a bond changing hands; "
        "below zero where the currency was sold.",
        least=-MAX_USD_BN,
    )
    currency: ForeignCurrency | None = Field(
        default=None, description="The currency bought with currency_usd_bn."
    )
    buckets: Buckets = Field(
        default="pro_rata",
        description="Which remaining maturities: pro_rata (as the seller's book, or as all debt "
        "for the fed), short_first, long_first, or weights by bucket that sum to 1.",
    )
    first_day: Day | None = Field(
        default=None,
        description="First day of the flow; without it, the first day of the window.",
    )
    last_day: Day | None = Field(
        default=None, description="Last day of the flow; without it, the last day of the window."
    )
    announced_frac: float = Field(
        default=0.0,
        strict=True,
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="Share of the flow the market knows of from the first day of the window.",
    )
    proceeds: AssetWeights = Field(
        default_factory=lambda: Weights[Asset]({"usd_cash": 1.0}),
        json_schema_extra={"default": {"usd_cash": 1.0}},
        description="What a seller turned the dollars into: weights by asset that sum to 1.",
    )
    standing: Standing = Field(description="How the amount is known.")
    source: Annotated[str, AfterValidator(one_line)] = Field(
        strict=True, min_length=1, max_length=300, description="Who published the amount, and when."
    )
    note: Annotated[str, AfterValidator(paragraphs)] = Field(
        default="", strict=True, max_length=2000, description="What was assumed."
    )
