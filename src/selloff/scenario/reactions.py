"""How everybody else answers: what is switched on, what replaces a rule, what else happens."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, create_model

from selloff.scenario.fields import SPEC, Line, Share, at_most
from selloff.scenario.paces import AT_ONCE, Pace, StartDay
from selloff.vocab.mechanisms import mechanisms

MAX_FLOWS: Final = 16
MAX_SHOCKS: Final = 8
MAX_USD_BN: Final = 20_000
MAX_STRESS: Final = 5
ForeignCurrency = Literal["JPY", "EUR", "GBP", "CNY"]


def _number(description: str, *, least: float, most: float) -> Any:
    return Field(default=None, ge=least, le=most, description=description)


_FIELDS: Final[dict[str, Any]] = {
    row.name: (bool, Field(row.on_by_default, description=row.description))
    for row in mechanisms().values()
}


class Reactions(create_model("Switches", __config__=SPEC, **_FIELDS)):  # type: ignore[misc]
    """Which mechanisms are at work: a switch for each row of the table of mechanisms."""


PART_OF: Final[Mapping[str, str]] = MappingProxyType(
    {row.name: row.part for row in mechanisms().values()}
)
"""Under which part of a headline number each mechanism is counted."""


class Rules(BaseModel):
    """Numbers that replace those of a rule in every draw; what is absent keeps its range."""

    model_config = SPEC

    fed_gate_bp: float | None = _number(
        "Dysfunction, as a lasting concession on the 10-year, at which the Federal Reserve buys.",
        least=1,
        most=500,
    )
    fed_full_pace_usd_bn: float | None = _number(
        "Its purchases a business day at full pace, in dollars of the vintage.", least=0, most=1000
    )
    us_inflation_gap_pp: float | None = _number(
        "US inflation above its target, which damps purchases.", least=-5, most=20
    )
    fed_rate_response: float | None = _number(
        "Fall of the US policy rate per unit of output expected to be lost.", least=0, most=3
    )
    treasury_response_usd_bn: float | None = _number(
        "Long debt replaced by bills a year per percentage point.", least=0, most=5000
    )
    boj_gate_bp: float | None = _number(
        "Rise of the 10-year JGB at which the Bank of Japan buys.", least=1, most=500
    )
    boj_pace_usd_bn: float | None = _number(
        "Its purchases a business day at twice that and beyond.", least=0, most=500
    )
    jgb_cap_pct: float | None = _number(
        "Level of the 10-year JGB that it defends; without it there is no cap.", least=-1, most=20
    )
    mof_trigger_pct: float | None = _number(
        "Distance of the dollar in yen from its trend that brings intervention.", least=0.1, most=50
    )
    mof_pace_usd_bn: float | None = _number(
        "Dollars exchanged a business day at twice that and beyond.", least=0, most=500
    )
    run_cost_frac: float | None = _number(
        "Cost of selling too early over the loss avoided if others run.", least=0, most=1
    )
    carry_position_usd_bn: float | None = _number(
        "Yen borrowed to hold dollars.", least=0, most=5000
    )
    levered_holdings_frac: float | None = _number(
        "Part of marketable debt that levered funds hold.", least=0, most=0.2
    )
    squeeze_frac: float | None = _number(
        "Part of a dislocation felt as a squeeze of the world (dollar up); the rest is doubt of "
        "the United States (dollar down).",
        least=0,
        most=1,
    )
    retaliation_intensity_pct: float | None = _number(
        "Chance a year, in percent, that a small slow sale by a friendly rival is answered.",
        least=0,
        most=1000,
    )


class CurrencyFlow(BaseModel):
    """Dollars exchanged for a currency without a bond changing hands: hedges, capital flows."""

    model_config = SPEC

    currency: ForeignCurrency = Field(description="The currency that is bought or sold.")
    amount_usd_bn: float = Field(
        ge=-MAX_USD_BN,
        le=MAX_USD_BN,
        description="What is bought of it; below zero, what is sold.",
    )
    pace: Pace = Field(AT_ONCE, description="How fast.")
    start_day: StartDay = Field(1, description="Business day on which it begins.")
    why: Line = Field("", max_length=200, description="Who does it and why.")


class FedProgramme(BaseModel):
    """Purchases of the Federal Reserve by prescription, instead of its rule or beside it."""

    model_config = SPEC

    amount_usd_bn: float = Field(gt=0, le=MAX_USD_BN, description="Face bought in all.")
    pace: Pace = Field(AT_ONCE, description="How fast.")
    start_day: StartDay = Field(1, description="Business day on which it begins.")
    announced_frac: Share = Field(0.0, description="Share the market knows of from the first day.")


class Shock(BaseModel):
    """Stress or fear that comes from elsewhere."""

    model_config = SPEC

    kind: Literal["squeeze", "doubt", "payment"] = Field(
        description="squeeze: the world needs dollars, as in March 2020; doubt: of the United "
        "States, as in April 2025; payment: bills near a date may not be paid in time, as in the "
        "debt-ceiling standoffs of 2011, 2013 and 2023."
    )
    size: float = Field(
        gt=0, le=MAX_STRESS, description="One is as much as then; for payment, as in the three."
    )
    start_day: StartDay = Field(1, description="Business day on which it comes.")
    half_life_days: float | None = Field(
        None, ge=1, le=2520, description="How fast it fades; without it, four weeks."
    )


Shocks = Annotated[
    tuple[Shock, ...], at_most(MAX_SHOCKS), Field(strict=False, max_length=MAX_SHOCKS)
]
