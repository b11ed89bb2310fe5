"""How everybody else answers: what is switched on, what replaces a rule, what else happens."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, Field

from selloff.scenario.paces import MAX_DAY, SPEC, BlockPace, Pace
from selloff.scenario.text import one_line

MAX_FLOWS: Final = 16
MAX_SHOCKS: Final = 8
MAX_USD_BN: Final = 20_000
MAX_STRESS: Final = 5
ForeignCurrency = Literal["JPY", "EUR", "GBP", "CNY"]


def _switch(description: str) -> Any:
    return Field(default=True, strict=True, description=description)


def _number(description: str, *, least: float, most: float) -> Any:
    return Field(
        default=None, strict=True, ge=least, le=most, allow_inf_nan=False, description=description
    )


class Reactions(BaseModel):
    """Which mechanisms are at work; all of them unless switched off."""

    model_config = SPEC

    followers: bool = _switch(
        "Foreign officials that run, need dollars or fear a freeze; private holders of yen that "
        "rebalance; foreign private holders that flee."
    )
    levered_funds: bool = _switch("Basis funds and the yen carry trade cut and rebuild positions.")
    haven: bool = _switch("The dollar moves with stress, by its cause.")
    fed_purchases: bool = _switch("The Federal Reserve buys when the market does not work.")
    fed_repo: bool = _switch("Lending against Treasuries, to dealers and to foreign officials.")
    policy_rates: bool = _switch("The policy rates of dollar and yen answer.")
    treasury: bool = _switch("The Treasury replaces long debt by bills when long yields rise.")
    boj: bool = _switch("The Bank of Japan buys JGBs when their yields rise.")
    mof: bool = _switch(
        "Japan's Ministry of Finance intervenes; never in a run in which it is a seller."
    )
    retaliation: bool = _switch("The United States may freeze what is left of a seller's book.")


PART_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "followers": "followers",
        "levered_funds": "levered_funds",
        "haven": "haven",
        "fed_purchases": "policy",
        "fed_repo": "policy",
        "policy_rates": "policy",
        "treasury": "policy",
        "boj": "policy",
        "mof": "policy",
        "retaliation": "policy",
    }
)
"""Under which part of a headline number each mechanism is counted."""


class Rules(BaseModel):
    """Numbers that replace those of a rule in every draw; what is absent keeps its range."""

    model_config = SPEC

    fed_gate_bp: float | None = _number(
        "Dealers' concession on the 10-year at which the Federal Reserve buys.", least=1, most=500
    )
    fed_full_pace_usd_bn: float | None = _number(
        "Its purchases a business day at full pace, in dollars of the vintage.", least=0, most=1000
    )
    us_inflation_gap_pp: float | None = _number(
        "US inflation above its target, which damps purchases.", least=-5, most=20
    )
    fed_rate_response: float | None = _number(
        "Fall of the US policy rate per unit of rise of the 10-year yield.", least=0, most=3
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
        strict=True,
        ge=-MAX_USD_BN,
        le=MAX_USD_BN,
        allow_inf_nan=False,
        description="What is bought of it; below zero, what is sold.",
    )
    pace: Pace = Field(default=BlockPace(kind="block"), description="How fast.")
    start_day: int = Field(
        default=1, strict=True, ge=1, le=MAX_DAY, description="Business day on which it begins."
    )
    why: Annotated[str, AfterValidator(one_line)] = Field(
        default="", strict=True, max_length=200, description="Who does it and why."
    )


class FedProgramme(BaseModel):
    """Purchases of the Federal Reserve by prescription, instead of its rule or beside it."""

    model_config = SPEC

    amount_usd_bn: float = Field(
        strict=True, gt=0, le=MAX_USD_BN, allow_inf_nan=False, description="Face bought in all."
    )
    pace: Pace = Field(default=BlockPace(kind="block"), description="How fast.")
    start_day: int = Field(
        default=1, strict=True, ge=1, le=MAX_DAY, description="Business day on which it begins."
    )
    announced_frac: float = Field(
        default=0.0,
        strict=True,
        ge=0,
        le=1,
        allow_inf_nan=False,
        description="Share the market knows of from the first day.",
    )


class Shock(BaseModel):
    """Stress that comes from elsewhere."""

    model_config = SPEC

    kind: Literal["squeeze", "doubt"] = Field(
        description="squeeze: the world needs dollars, as in March 2020; doubt: of the United "
        "States, as in April 2025."
    )
    size: float = Field(
        strict=True,
        gt=0,
        le=MAX_STRESS,
        allow_inf_nan=False,
        description="One is as much as then.",
    )
    start_day: int = Field(
        default=1, strict=True, ge=1, le=MAX_DAY, description="Business day on which it comes."
    )
    half_life_days: float | None = Field(
        default=None,
        strict=True,
        ge=1,
        le=2520,
        allow_inf_nan=False,
        description="How fast it fades; without it, four weeks.",
    )
