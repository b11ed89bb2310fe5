"""Tidy tables of what the world's official reserves are held in, and of the price of gold."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

FIRST_YEAR: Final = 1999
USD_BN: Final = 1e3
"""Millions of dollars in a billion."""
N_ECONOMIES: Final = 69


def shares(raw: Path) -> pd.DataFrame:
    """Shares of currencies in allocated reserves, dated at the end of the year."""
    frame = pd.read_csv(raw / "global_macro" / "cofer_shares_annual_1999_2025.csv")
    dated = frame.assign(date=pd.to_datetime(frame["year"].astype(str) + "-12-31"))
    return dated.drop(columns="year")


def amounts(raw: Path) -> pd.DataFrame:
    """Official reserves without gold, summed over economies, dated at the end of the year."""
    frame = pd.read_csv(raw / "global_macro" / "external_wealth_of_nations_1990_2021.csv")
    known = frame[frame["Year"] >= FIRST_YEAR].dropna(subset="FX Reserves minus gold")
    by_year = known.groupby("Year")["FX Reserves minus gold"].agg(["sum", "size"])
    if not (by_year["size"] == N_ECONOMIES).all():
        raise ValueError(f"not {N_ECONOMIES} economies in every year: {by_year['size'].to_dict()}")
    dates = pd.to_datetime(by_year.index.astype(str) + "-12-31")
    return pd.DataFrame({"date": dates, "fx_reserves_usd_bn": by_year["sum"].to_numpy() / USD_BN})


def gold(raw: Path) -> pd.DataFrame:
    """Monthly means of the gold price, dated at the end of the month they measure."""
    frame = pd.read_csv(raw / "equities_commodities_crypto" / "gold_monthly_1833_2026.csv")
    ends = pd.to_datetime(frame["Date"] + "-01") + pd.offsets.MonthEnd(0)
    tidy = pd.DataFrame({"date": ends, "gold_usd_per_oz": frame["Price"]})
    return tidy[tidy["date"].dt.year >= FIRST_YEAR].reset_index(drop=True)


MAKERS: Final[Mapping[str, Callable[[Path], pd.DataFrame]]] = MappingProxyType(
    {
        "cofer_shares_annual": shares,
        "fx_reserves_annual": amounts,
        "gold_price_monthly": gold,
    }
)
