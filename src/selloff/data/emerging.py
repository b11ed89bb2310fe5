"""Emerging economies at a date: reserves, current account, debt, exchange-rate regime."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

import numpy as np
import pandas as pd

from selloff.data.assumptions import scalars
from selloff.data.emerging_panel import Listed, emerging_panel, listed_economies
from selloff.data.tables import PACKAGED, Snapshot, table
from selloff.vocab.axes import DAYS_PER_YEAR, MONTHS_PER_YEAR

Regime = Literal["fixed", "managed", "floating"]
REGIMES: Final[tuple[Regime, ...]] = ("fixed", "managed", "floating")
"""From the exchange rate that moves least to the one that moves most."""
NEEDED: Final = {
    "gdp_usd_bn": "GDP",
    "reserves_usd_bn": "reserves",
    "external_debt_usd_bn": "external debt",
    "current_account_pct_gdp": "current account",
    "inflation_pct": "inflation",
    "real_appreciation_pct": "exchange rate",
    "exchange_move_pct": "exchange rate",
}
"""What the model needs; an economy without one of them is left out by name."""
_QUICK: Final = ("real_appreciation_pct", "exchange_move_pct")
_IMPORT_MONTHS: Final = 3.0
"""Months of imports that reserves should cover, the oldest rule of thumb."""


@dataclass(frozen=True, kw_only=True)
class EmergingEconomy:
    """One emerging economy as known at a date."""

    iso3: str
    name: str
    regime: Regime
    gdp_usd_bn: float
    reserves_usd_bn: float
    reserves_as_of: date
    reserve_adequacy: float
    """Reserves over three months of imports; not a number where imports are unknown [ratio]."""
    current_account_pct_gdp: float
    inflation_pct: float
    real_appreciation_pct: float
    """Against the dollar, over three years [percent]."""
    external_debt_pct_gdp: float
    short_term_debt_pct_reserves: float
    """Not a number where the World Bank does not cover the country [percent]."""
    exchange_move_pct: float
    """Mean move of the exchange rate within a year, over three years [percent]."""


@dataclass(frozen=True)
class LeftOut:
    """An economy on the list that is not in the result, and why."""

    iso3: str
    name: str
    reason: str


@cache
def emerging(
    on: date, snapshot: Snapshot = PACKAGED
) -> tuple[tuple[EmergingEconomy, ...], tuple[LeftOut, ...]]:
    """Read the emerging economies as of a day.

    Source: `emerging_panel`.
    """
    panel = emerging_panel(snapshot)
    known = panel[panel.index.get_level_values("year") < _open_year(on)]
    monthly = _monthly_moves(on, snapshot)
    found: list[EmergingEconomy] = []
    left: list[LeftOut] = []
    for each in listed_economies():
        own = known[known.index.get_level_values("iso3") == each.iso3].droplevel("iso3")
        reason = _why_not(each, own, on)
        if reason:
            left.append(LeftOut(each.iso3, each.name, reason))
        else:
            found.append(_economy(each, own, monthly.get(each.iso3)))
    return tuple(found), tuple(left)


def regime_of(move_pct: float) -> Regime:
    """Name a regime by how far the exchange rate moves.

    Source: two thresholds of `assumptions/scalars.csv`.
    """
    if move_pct < scalars()["emerging_fixed_pct"].value:
        return "fixed"
    return "managed" if move_pct < scalars()["emerging_floating_pct"].value else "floating"


def _open_year(on: date) -> int:
    """The year that is not over on the day."""
    return on.year + (on.month == 12 and on.day == 31)


def _why_not(each: Listed, own: pd.DataFrame, on: date) -> str:
    if each.left_out_from is not None and on.year >= each.left_out_from:
        return each.reason
    for column, word in NEEDED.items():
        years = own.index[own[column].notna()] if column in own else own.index[:0]
        key = "emerging_oldest_rate_years" if column in _QUICK else "emerging_oldest_years"
        if years.empty or _age(int(years[-1]), on) > scalars()[key].value:
            last = f"last known {years[-1]}" if len(years) else "none found"
            return f"{word}: {last}"
    return ""


def _age(year: int, on: date) -> float:
    return (on - date(year, 12, 31)).days / DAYS_PER_YEAR


def _economy(each: Listed, own: pd.DataFrame, monthly: float | None) -> EmergingEconomy:
    last = {str(column): _last(own[column]) for column in own}
    reserves = own["reserves_usd_bn"].dropna()
    move = last["exchange_move_pct"] if monthly is None else monthly
    return EmergingEconomy(
        iso3=each.iso3,
        name=each.name,
        regime=regime_of(move),
        gdp_usd_bn=last["gdp_usd_bn"],
        reserves_usd_bn=float(reserves.iloc[-1]),
        reserves_as_of=date(int(reserves.index[-1]), 12, 31),
        reserve_adequacy=last["reserves_usd_bn"]
        / (last["imports_usd_bn"] * _IMPORT_MONTHS / MONTHS_PER_YEAR),
        current_account_pct_gdp=last["current_account_pct_gdp"],
        inflation_pct=last["inflation_pct"],
        real_appreciation_pct=last["real_appreciation_pct"],
        external_debt_pct_gdp=100.0 * _last(own["external_debt_usd_bn"] / own["gdp_usd_bn"]),
        short_term_debt_pct_reserves=100.0
        * _last(own["short_term_debt_usd_bn"] / own["reserves_usd_bn"]),
        exchange_move_pct=move,
    )


def _last(values: pd.Series) -> float:
    known = values.dropna()
    return float(known.iloc[-1]) if len(known) else float("nan")


def _monthly_moves(on: date, snapshot: Snapshot) -> dict[str, float]:
    """Mean move within twelve months over three years, where monthly rates reach the day."""
    monthly = table("emerging_fx_monthly", snapshot)
    monthly = monthly[monthly["date"] <= pd.Timestamp(on)]
    rates = np.log(monthly.pivot(index="date", columns="iso3", values="lc_per_usd"))
    euro = np.log(
        table("fx_daily", snapshot).set_index("date")["EUR"].loc[: pd.Timestamp(on)].dropna()
    )
    per_dollar = -euro.resample("ME").mean().reindex(rates.index)
    near_euro = {each.iso3 for each in listed_economies() if each.anchor == "EUR"}
    found: dict[str, float] = {}
    for iso3, own in rates.items():
        levels = own.dropna()
        if len(levels) < 37 or (pd.Timestamp(on) - levels.index[-1]).days > 92:
            continue
        if iso3 in near_euro:
            levels = levels - per_dollar[levels.index]
        found[str(iso3)] = float(100.0 * levels.diff(12).iloc[[-1, -13, -25]].abs().mean())
    return found
