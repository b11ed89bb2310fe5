"""Tidy tables of yields, exchange rates, policy rates and intervention."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

YIELD_START: Final = "1990-01-01"
FX_QUOTES: Final = {"EUR": "EURUSD", "JPY": "USDJPY", "GBP": "USDGBP", "CNY": "USDCNY"}
"""ECB crosses; all but EURUSD count units of the currency per dollar."""
US_TENORS: Final = {
    "DGS1MO": "1M",
    "DGS3MO": "3M",
    "DGS6MO": "6M",
    "DGS1": "1Y",
    "DGS2": "2Y",
    "DGS3_treasury_par_1990_2023": "3Y",
    "DGS5": "5Y",
    "DGS7": "7Y",
    "DGS10": "10Y",
    "DGS20": "20Y",
    "DGS30": "30Y",
}
POLICY_NAMES: Final = {
    "DFF": "fed_funds_pct",
    "IORB": "iorb_pct",
    "DFEDTARU": "target_upper_pct",
    "DFEDTARL": "target_lower_pct",
    "SOFR": "sofr_pct",
}


def _from(frame: pd.DataFrame, start: str) -> pd.DataFrame:
    values = frame.drop(columns="date")
    return frame[(frame["date"] >= start) & values.notna().any(axis=1)]


def us_yields(raw: Path) -> pd.DataFrame:
    """Constant-maturity par yields of Treasuries."""
    frame = pd.read_csv(raw / "us_rates" / "dgs_daily.csv").rename(columns=US_TENORS)
    return _from(frame[["date", *US_TENORS.values()]], YIELD_START)


def jgb_yields(raw: Path) -> pd.DataFrame:
    """Par yields of Japanese government bonds."""
    return _from(pd.read_csv(raw / "jp_rates" / "jgb_yields_daily.csv"), YIELD_START)


def fx(raw: Path) -> pd.DataFrame:
    """Dollars per unit of local currency at the ECB fixing."""
    frame = pd.read_csv(raw / "fx" / "ecb_usd_crosses_daily_1999_2026.csv")
    tidy = pd.DataFrame({"date": frame["date"]})
    for currency, quote in FX_QUOTES.items():
        tidy[currency] = frame[quote] if quote == "EURUSD" else 1.0 / frame[quote]
    return _from(tidy, "1999-01-01")


def fx_yuan(raw: Path) -> pd.DataFrame:
    """Dollars per yuan, monthly average, for the years before the ECB fixing of the yuan."""
    frame = pd.read_csv(raw / "fx" / "h10_monthly_datahub.csv")
    chosen = frame[
        (frame["Country"] == "China") & frame["Date"].between("1999-01-01", "2005-12-31")
    ]
    dates = pd.to_datetime(chosen["Date"]) + pd.offsets.MonthEnd(0)
    return pd.DataFrame({"date": dates, "CNY": 1.0 / chosen["Exchange rate"]})


def usd_broad(raw: Path) -> pd.DataFrame:
    """The Federal Reserve's broad dollar index."""
    frame = pd.read_csv(raw / "fx" / "DTWEXBGS_daily.csv")
    return frame.rename(columns={"DTWEXBGS": "usd_broad_index"}).dropna()


def policy_rates(raw: Path) -> pd.DataFrame:
    """Overnight and policy rates of the Fed and the Bank of Japan, business days."""
    fed = pd.read_csv(raw / "us_rates" / "policy_rates_daily.csv").rename(columns=POLICY_NAMES)
    boj = pd.read_csv(raw / "jp_rates" / "boj_policy_and_call_rate_daily.csv").rename(
        columns={"boj_policy_rate_bis": "boj_policy_pct", "overnight_call_rate": "boj_call_pct"}
    )
    frame = fed[["date", *POLICY_NAMES.values()]].merge(boj, on="date", how="outer")
    weekdays = pd.to_datetime(frame["date"]).dt.dayofweek < 5
    return _from(frame[weekdays], "1999-12-01")


def acm_term_premium(raw: Path) -> pd.DataFrame:
    """Ten-year term premium of the Adrian-Crump-Moench model."""
    frame = pd.read_csv(raw / "us_rates" / "acm_term_premium_10y_daily.csv")
    return _from(frame.rename(columns={"ACMTP10": "term_premium_10y_pct"}), YIELD_START)


def mof_intervention(raw: Path) -> pd.DataFrame:
    """Currency operations of Japan's Ministry of Finance."""
    frame = pd.read_csv(raw / "jp_intervention" / "mof_fx_intervention_usd_sales_1991_2026.csv")
    return frame.rename(columns={"amount_yen_billions": "jpy_bn"})


MAKERS: Final[Mapping[str, Callable[[Path], pd.DataFrame]]] = MappingProxyType(
    {
        "us_yields_daily": us_yields,
        "jgb_yields_daily": jgb_yields,
        "fx_daily": fx,
        "fx_yuan_monthly": fx_yuan,
        "usd_broad_daily": usd_broad,
        "policy_rates_daily": policy_rates,
        "acm_term_premium_daily": acm_term_premium,
        "mof_intervention_daily": mof_intervention,
    }
)
