"""Emerging economies at a date: reserves, current account, debt, exchange-rate regime."""

from collections.abc import Mapping
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
Row = Mapping[str, float]
"""Numbers of one economy by column."""
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
_AS_THEY_ARE: Final = (
    *("gdp_usd_bn", "reserves_usd_bn", "current_account_pct_gdp", "inflation_pct"),
    *("real_appreciation_pct", "external_debt_pct_gdp", "short_term_debt_pct_reserves"),
)
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
    last, year = _last_known(on, snapshot)
    monthly = _monthly_moves(on, snapshot)
    found: list[EmergingEconomy] = []
    left: list[LeftOut] = []
    for each in listed_economies():
        reason = _why_not(each, year[each.iso3], on)
        if reason:
            left.append(LeftOut(each.iso3, each.name, reason))
        else:
            known = last[each.iso3], year[each.iso3]["reserves_usd_bn"]
            found.append(_economy(each, *known, monthly.get(each.iso3)))
    return tuple(found), tuple(left)


def _last_known(on: date, snapshot: Snapshot) -> tuple[dict[str, Row], dict[str, Row]]:
    """The last number of every column that was known on the day, by economy, and its year."""
    panel = emerging_panel(snapshot)
    known = panel[panel.index.get_level_values("year") < _open_year(on)]
    known = known.assign(
        external_debt_pct_gdp=100.0 * (known["external_debt_usd_bn"] / known["gdp_usd_bn"]),
        short_term_debt_pct_reserves=100.0
        * (known["short_term_debt_usd_bn"] / known["reserves_usd_bn"]),
    )
    years = known.index.get_level_values("year").to_series(index=known.index)
    stamped = known.mask(known.notna(), years, axis=0)
    listed = [each.iso3 for each in listed_economies()]
    last, year = (
        each.groupby(level="iso3").last().reindex(listed).to_dict("index")
        for each in (known, stamped)
    )
    return last, year


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


def _why_not(each: Listed, year: Row, on: date) -> str:
    if each.left_out_from is not None and on.year >= each.left_out_from:
        return each.reason
    for column, word in NEEDED.items():
        newest = year[column]
        key = "emerging_oldest_rate_years" if column in _QUICK else "emerging_oldest_years"
        if np.isnan(newest):
            return f"{word}: none found"
        if _age(int(newest), on) > scalars()[key].value:
            return f"{word}: last known {newest:.0f}"
    return ""


def _age(year: int, on: date) -> float:
    return (on - date(year, 12, 31)).days / DAYS_PER_YEAR


def _economy(each: Listed, last: Row, year: float, monthly: float | None) -> EmergingEconomy:
    move = last["exchange_move_pct"] if monthly is None else monthly
    return EmergingEconomy(
        iso3=each.iso3,
        name=each.name,
        regime=regime_of(move),
        reserves_as_of=date(int(year), 12, 31),
        reserve_adequacy=last["reserves_usd_bn"]
        / (last["imports_usd_bn"] * _IMPORT_MONTHS / MONTHS_PER_YEAR),
        exchange_move_pct=move,
        **{name: last[name] for name in _AS_THEY_ARE},
    )


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
