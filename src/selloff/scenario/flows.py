"""A flow of an episode: who bought or sold what, on which days, and how that is known."""

from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from selloff.scenario.episode_rules import MAX_USD_BN, flow_breaches
from selloff.scenario.fields import (
    Books,
    Breach,
    Checked,
    Day,
    HolderAbroad,
    Line,
    Raw,
    Share,
    Text,
)
from selloff.scenario.reactions import ForeignCurrency
from selloff.scenario.rules import LEAST_USD_BN
from selloff.scenario.weights import Buckets, Proceeds

MAX_FLOWS: Final = 200
Standing = Literal["verified", "secondary", "data", "assumption"]


def _amount(description: str, *, least: float = LEAST_USD_BN) -> Any:
    return Field(None, ge=least, le=MAX_USD_BN, description=description)


class Flow(Checked):
    """One flow of an episode."""

    holder: HolderAbroad | None = Field(
        None,
        description="Who: a holder id, a country, foreign_official or foreign_private; of "
        "Treasuries only fed buys; with market also boj, ecb, boe, pboc, snb; left out for a flow "
        "of currency alone.",
    )
    market: ForeignCurrency | None = Field(
        None,
        description="Currency whose government bonds are bought or sold; without it Treasuries.",
    )
    sale_usd_bn: float | None = _amount("Face sold in all, in USD bn.")
    purchase_usd_bn: float | None = _amount(
        "Face bought in all, in USD bn: of Treasuries by the fed, with market by any holder."
    )
    currency_usd_bn: float | None = _amount(
        "Dollars exchanged for the currency in all, in USD bn, without a bond changing hands; "
        "below zero where the currency was sold.",
        least=-MAX_USD_BN,
    )
    currency: ForeignCurrency | None = Field(
        None, description="The currency bought with currency_usd_bn."
    )
    buckets: Buckets = Field(
        "pro_rata",
        description="Which remaining maturities: pro_rata (as the seller's book, or as all debt "
        "for the fed), bills_first, short_first, long_first, or weights by bucket that sum to 1.",
    )
    first_day: Day | None = Field(
        None, description="First day of the flow; without it, the first day of the window."
    )
    last_day: Day | None = Field(
        None, description="Last day of the flow; without it, the last day of the window."
    )
    announced_frac: Share = Field(
        0.0,
        description="Share of the flow the market knows of from the first day of the window.",
    )
    expected_frac: Share = Field(
        0.0,
        description="Share of the flow that the market had expected before the window; its effect "
        "is in the opening prices.",
    )
    proceeds: Proceeds = Field(
        description="What a seller turned the dollars into: weights by asset that sum to 1."
    )
    standing: Standing = Field(description="How the amount is known.")
    source: Annotated[Line, Field(min_length=1, max_length=300)] = Field(
        description="Who published the amount, and when."
    )
    note: Annotated[Text, Field(max_length=2000)] = Field("", description="What was assumed.")

    @classmethod
    def breaches(cls, raw: Raw, books: Books | None) -> Iterable[Breach]:
        """Find the fields of a flow that do not fit together."""
        del books
        return flow_breaches(raw)
