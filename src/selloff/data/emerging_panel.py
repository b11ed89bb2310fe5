"""Emerging economies year by year: several publishers joined, each with the years it covers."""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from selloff.data.tables import PACKAGED, Snapshot, table
from selloff.vocab.axes import MONTHS_PER_YEAR
from selloff.vocab.rows import read_as, rows_of

_YEARS: Final = 3
"""Real appreciation and moves of the exchange rate are taken over so many years."""


@dataclass(frozen=True)
class Listed:
    """An economy on the list."""

    iso3: str
    name: str
    counted_by: str
    """`IMF`: not an advanced economy; `MSCI`: advanced for the IMF, in the index of emerging
    markets."""
    anchor: str
    """The currency it may be steady against, USD or EUR."""
    left_out_from: int | None
    """Year from which it is left out, if any."""
    reason: str


@cache
def listed_economies() -> tuple[Listed, ...]:
    """Read the list of economies."""
    return read_as(Listed, rows_of("data", "quoted/emerging_economies"))


@cache
def emerging_panel(snapshot: Snapshot = PACKAGED) -> pd.DataFrame:
    """Join the yearly tables and derive what the crisis model looks at.

    Reserves are without gold to 2021 and with gold after; external debt is that of the World Bank
    where it covers the country, else debt liabilities, which end in 2021.
    """
    outlook, wealth, debt, recent = (
        _yearly(f"emerging_{name}_annual", snapshot)
        for name in ("outlook", "wealth", "debt", "recent")
    )
    reckoned = 100.0 * recent["current_account_usd_bn"] / recent["gdp_usd_bn"]
    joined = {
        "gdp_usd_bn": outlook["gdp_usd_bn"].combine_first(recent["gdp_usd_bn"]),
        "inflation_pct": outlook["inflation_pct"].combine_first(recent["inflation_pct"]),
        "current_account_pct_gdp": outlook["current_account_pct_gdp"].combine_first(reckoned),
        "reserves_usd_bn": wealth["reserves_usd_bn"].combine_first(recent["reserves_usd_bn"]),
        "external_debt_usd_bn": debt["external_debt_usd_bn"].combine_first(
            wealth["debt_liabilities_usd_bn"]
        ),
        "short_term_debt_usd_bn": debt["short_term_debt_usd_bn"],
        "imports_usd_bn": recent["imports_usd_bn"],
        "fx_end_lc_per_usd": wealth["fx_end_lc_per_usd"],
        "fx_average_lc_per_usd": wealth["fx_average_lc_per_usd"]
        .combine_first(recent["fx_average_lc_per_usd"])
        .combine_first(_whole_years(snapshot)),
    }
    panel = pd.DataFrame(joined).sort_index()
    return panel.join(_derived(panel, snapshot))


def _yearly(name: str, snapshot: Snapshot) -> pd.DataFrame:
    frame = table(name, snapshot)
    return frame.assign(year=frame["date"].dt.year).set_index(["iso3", "year"])


def _whole_years(snapshot: Snapshot) -> pd.Series:
    monthly = table("emerging_fx_monthly", snapshot)
    groups = monthly.groupby(["iso3", monthly["date"].dt.year.rename("year")])["lc_per_usd"]
    return groups.mean()[groups.size() == MONTHS_PER_YEAR]


def _derived(panel: pd.DataFrame, snapshot: Snapshot) -> pd.DataFrame:
    """Real appreciation against the dollar, and how far the exchange rate moves in a year."""
    world = table("world_conditions_annual", snapshot)
    world = world.set_index(world["date"].dt.year.rename("year"))
    # A rate so small that the source rounds it to zero is no rate.
    known = panel["fx_average_lc_per_usd"].where(panel["fx_average_lc_per_usd"] > 0.0)
    rates = np.log(known.unstack("iso3").reindex(world.index))
    prices = np.log1p(panel["inflation_pct"].unstack("iso3").reindex(world.index) / 100.0)
    dearer = prices.sub(np.log1p(world["us_inflation_pct"] / 100.0), axis=0) - rates.diff()
    near_euro = [each.iso3 for each in listed_economies() if each.anchor == "EUR"]
    anchored = rates.copy()
    anchored[near_euro] = rates[near_euro].sub(np.log(world["euro_per_usd"]), axis=0)
    moves = anchored.diff().abs().rolling(_YEARS).mean()
    return pd.DataFrame(
        {
            "real_appreciation_pct": 100.0 * dearer.rolling(_YEARS).sum().stack(),
            "exchange_move_pct": 100.0 * moves.stack(),
        }
    ).reorder_levels(["iso3", "year"])
