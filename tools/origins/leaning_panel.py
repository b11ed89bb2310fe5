"""Reserves of managed currencies of Asia against the rise of floating currencies, year by year."""

from typing import Final

import numpy as np
import pandas as pd

from selloff.data import table
from selloff.evidence import parameters

CHINA: Final = ("chn",)
MANAGED: Final = (*CHINA, "idn", "ind", "kor", "mys", "phl", "tha", "twn")
"""Those of Asia whose reserves and output the tables hold."""
NOT_DOLLARS: Final = 0.35
"""Part of reserves in other currencies, which a falling dollar lifts: COFER, 2001 to 2021."""
_FLOATING: Final = ("JPY", "EUR", "GBP")


def rises() -> pd.Series:
    """Rise of floating currencies against the dollar within each year [log]."""
    fx = np.log(table("fx_daily").set_index("date")[list(_FLOATING)].dropna())
    weights = np.array([parameters()[f"usd_broad_{c.lower()}"].p50 for c in _FLOATING])
    level = fx @ (weights / weights.sum())
    return level.groupby(pd.to_datetime(level.index).year).last().diff()


def panel(first: int, last: int, economies: tuple[str, ...] = MANAGED) -> pd.DataFrame:
    """Dollars bought over GDP, revaluation taken off, beside the rise of the year."""
    rise = rises()
    reserves = _by_year("emerging_wealth_annual", "reserves_usd_bn")
    gdp = _by_year("emerging_outlook_annual", "gdp_usd_bn")
    rows = []
    for name in economies:
        for year in range(first, last + 1):
            before, after = reserves[name, year - 1], reserves[name, year]
            bought = after - before - NOT_DOLLARS * before * rise[year]
            rows.append((name, year, bought / gdp[name, year], rise[year]))
    return pd.DataFrame(rows, columns=["economy", "year", "bought", "rise"])


def strength(first: int, last: int, economies: tuple[str, ...] = MANAGED) -> tuple[float, float]:
    """Slope within economies, and its standard error with years as clusters."""
    data = panel(first, last, economies)
    own = data.groupby("economy")[["bought", "rise"]].transform("mean")
    y, x = data["bought"] - own["bought"], data["rise"] - own["rise"]
    slope = float(x @ y / (x @ x))
    by_year = (x * (y - slope * x)).groupby(data["year"]).sum()
    return slope, float(np.sqrt((by_year**2).sum()) / (x @ x))


def _by_year(name: str, column: str) -> pd.Series:
    data = table(name)
    return data.set_index(["iso3", pd.to_datetime(data["date"]).dt.year])[column]
