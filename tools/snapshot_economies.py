"""Tidy tables of the size of economies and of US prices."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2027
USD_BN: Final = 1e9
MEMBERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "USD": ("USA",),
        "JPY": ("JPN",),
        "EUR": (
            *("AUT", "BEL", "CYP", "DEU", "ESP", "EST", "FIN", "FRA", "GRC", "HRV"),
            *("IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "PRT", "SVK", "SVN"),
        ),
        "GBP": ("GBR",),
        "CNY": ("CHN",),
    }
)
"""Economies of each currency area, as of 2025."""
ABSENT: Final = frozenset({"CYP", "EST", "HRV", "LTU", "LVA", "MLT", "SVK", "SVN"})
"""Euro-area members the raw file does not carry."""


def gdp(raw: Path) -> pd.DataFrame:
    """Yearly GDP of each currency area in dollars, dated at the first day of the year."""
    frame = pd.read_csv(raw / "global_macro" / "imf_weo_2025-10_selected.csv")
    area_of = {code: area for area, codes in MEMBERS.items() for code in codes}
    wanted = (frame["concept"] == "NGDPD") & frame["iso3"].isin(area_of)
    known = frame[wanted & frame["year"].between(FIRST_YEAR, LAST_YEAR)]
    missing = set(area_of) - set(known["iso3"])
    if missing != ABSENT:
        raise ValueError(f"economies without GDP: {sorted(missing)}; expected {sorted(ABSENT)}")
    tidy = pd.DataFrame(
        {
            "area": known["iso3"].map(area_of),
            "year": known["year"],
            "gdp_usd_bn": known["value"] * 10.0 ** known["scale_power10"] / USD_BN,
            "is_forecast": known["year"] > known["last_actual_year"].astype(int),
        }
    )
    sums = tidy.groupby(["area", "year"], as_index=False).agg(
        gdp_usd_bn=("gdp_usd_bn", "sum"), is_forecast=("is_forecast", "any")
    )
    return sums.assign(date=pd.to_datetime(sums["year"].astype(str) + "-01-01"))


def us_prices(raw: Path) -> pd.DataFrame:
    """Monthly core consumption prices, dated at the first day of the month they measure."""
    frame = pd.read_csv(raw / "us_debt" / "us_macro_monthly.csv")
    tidy = frame[["date", "PCEPILFE"]].rename(columns={"PCEPILFE": "core_pce_index"}).dropna()
    return tidy[tidy["date"] >= f"{FIRST_YEAR - 2}-01-01"].reset_index(drop=True)


MAKERS: Final[Mapping[str, Callable[[Path], pd.DataFrame]]] = MappingProxyType(
    {"gdp_annual": gdp, "us_prices_monthly": us_prices}
)
