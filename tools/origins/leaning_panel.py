"""Reserves of emerging economies against rise and fall of floating currencies, year by year."""

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
_MOST: Final = 0.5
"""Change of reserves within a year beyond which it is an event of its own [fraction]."""


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
            before, after = reserves.get((name, year - 1)), reserves.get((name, year))
            if not before or not after or (name, year) not in gdp:
                continue
            bought = after - before - NOT_DOLLARS * before * rise[year]
            rows.append((name, year, bought / gdp[name, year], bought / before, rise[year]))
    return pd.DataFrame(rows, columns=["economy", "year", "bought", "share", "rise"])


def strength(first: int, last: int, economies: tuple[str, ...] = MANAGED) -> tuple[float, float]:
    """Slope within economies, and its standard error with years as clusters."""
    data = panel(first, last, economies)
    own = data.groupby("economy")[["bought", "rise"]].transform("mean")
    y, x = data["bought"] - own["bought"], data["rise"] - own["rise"]
    slope = float(x @ y / (x @ x))
    by_year = (x * (y - slope * x)).groupby(data["year"]).sum()
    return slope, float(np.sqrt((by_year**2).sum()) / (x @ x))


def defence(first: int, last: int, economies: tuple[str, ...]) -> tuple[float, float]:
    """Part of reserves sold per unit of fall, rises held; standard error, years as clusters."""
    data = panel(first, last, economies)
    data["share"] = data["share"].clip(-_MOST, _MOST)
    data["up"], data["down"] = data["rise"].clip(lower=0.0), -data["rise"].clip(upper=0.0)
    moves = data[["share", "up", "down"]]
    own = moves - moves.groupby(data["economy"]).transform("mean")
    y, x = own["share"].to_numpy(), own[["up", "down"]].to_numpy()
    inverse = np.linalg.inv(x.T @ x)
    slopes = inverse @ x.T @ y
    by_year = pd.DataFrame(x * (y - x @ slopes)[:, None]).groupby(data["year"]).sum().to_numpy()
    spread = inverse @ by_year.T @ by_year @ inverse
    return -float(slopes[1]), float(np.sqrt(spread[1, 1]))


def _by_year(name: str, column: str) -> pd.Series:
    data = table(name)
    return data.set_index(["iso3", pd.to_datetime(data["date"]).dt.year])[column]
