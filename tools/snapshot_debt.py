"""Tidy tables of what the Treasury owes and is expected to owe."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd
from snapshot_holdings import month_end, quarter_end

SECURITIES: Final = {
    "Treasury Bills": "bills",
    "Treasury Notes": "notes",
    "Treasury Bonds": "bonds",
    "Treasury Inflation-Protected Securities (TIPS)": "tips",
    "Treasury Inflation-Indexed Notes": "tips_notes",
    "Treasury Inflation-Indexed Bonds": "tips_bonds",
    "Treasury Floating Rate Notes (FRN)": "frn",
}
LISTED: Final = {
    "Bills Maturity Value": "bills",
    "Notes": "notes",
    "Bonds": "bonds",
    "Inflation-Protected Securities": "tips",
    "Floating Rate Notes": "frn",
}
REOPENED: Final = "2-Year(as_5-Year_reopening)"
CBO_COLUMNS: Final = (
    "date",
    "season",
    "component",
    "category",
    "subcategory",
    "fiscal_year",
    "usd_bn",
)


def mspd_by_class(raw: Path) -> pd.DataFrame:
    """Marketable debt outstanding by class of security."""
    frame = pd.read_csv(raw / "us_debt" / "mspd_marketable_by_class_2006_2026.csv")
    tidy = frame.rename(columns={name: f"{name.lower()}_usd_bn" for name in frame.columns[1:]})
    return tidy.drop(columns="month").assign(date=month_end(frame["month"]))


def total_public_debt(raw: Path) -> pd.DataFrame:
    """Total public debt at month ends."""
    frame = pd.read_csv(raw / "us_debt" / "total_public_debt_month_end_2024_2026.csv")
    tidy = frame.rename(columns={"total_public_debt_outstanding_usd_bn": "total_debt_usd_bn"})
    return tidy.drop(columns="month").assign(date=month_end(frame["month"]))


def securities_ladder(raw: Path) -> pd.DataFrame:
    """Every marketable security on one day: class, maturity, coupon and amount."""
    frame = pd.read_csv(raw / "us_debt" / "marketable_securities_ladder_2026-05-31.csv")
    return pd.DataFrame(
        {
            "date": "2026-05-31",
            "cusip": frame["cusip"],
            "security": frame["class"].map(LISTED),
            "maturity_date": frame["maturity_date"],
            "coupon_pct": 100.0 * frame["coupon"],
            "face_usd_bn": frame["face_usd_bn"],
        }
    )


def coupon_auctions(raw: Path) -> pd.DataFrame:
    """Auctions of notes and bonds: size, yield and who took what."""
    frame = pd.read_csv(raw / "us_debt" / "coupon_auctions_2025-11_2026-10.csv")
    tenor = frame["tenor"].replace({REOPENED: "2-Year"}).str.replace("-Year", "Y")
    columns = [*frame.columns[3:]]
    tidy = frame[columns].astype(float).assign(date=frame["auction_date"], tenor=tenor)
    return tidy[["date", "tenor", *columns]]


def debt_quarterly(raw: Path) -> pd.DataFrame:
    """Debt, federal interest and receipts, and GDP at quarter ends from 1990."""
    frame = pd.read_csv(raw / "us_debt" / "federal_debt_interest_gdp_quarterly.csv")
    names = {
        "GFDEBTN": "total_debt_usd_mn",
        "FYGFDPUN": "held_by_public_usd_mn",
        "A091RC1Q027SBEA": "interest_usd_bn_ann",
        "W272RC1Q027SBEA": "tax_receipts_usd_bn_ann",
        "GDP": "gdp_usd_bn_ann",
    }
    tidy = frame.rename(columns=names)[list(names.values())]
    dates = quarter_end(frame["date"])
    kept = (dates >= "1990-01-01") & tidy.notna().any(axis=1)
    return tidy[kept].assign(date=dates[kept])


def avg_interest_rates(raw: Path) -> pd.DataFrame:
    """Average interest rate of marketable debt by class of security."""
    frame = pd.read_csv(raw / "us_debt" / "avg_interest_rates_2001_2025-05.csv")
    chosen = frame[
        (frame["security_type_desc"] == "Marketable") & frame["security_desc"].isin(SECURITIES)
    ]
    return pd.DataFrame(
        {
            "date": chosen["record_date"],
            "security": chosen["security_desc"].map(SECURITIES),
            "rate_pct": chosen["avg_interest_rate_amt"].astype(float),
        }
    )


def cbo_baselines(raw: Path) -> pd.DataFrame:
    """CBO baselines; the last one in full, earlier ones as totals and net interest."""
    early = pd.read_csv(raw / "us_debt" / "cbo_baselines_2015_2026.csv")
    last = pd.read_csv(raw / "us_debt" / "cbo_baseline_2026-02.csv")
    frame = pd.concat([early, last]).drop_duplicates()
    season = frame["Spring_flag"].map({True: "spring", False: "other"})
    season = season.mask(frame["Winter_flag"] & ~frame["Spring_flag"], "winter")
    tidy = frame.rename(
        columns={
            "baseline_date": "date",
            "projected_fiscal_year": "fiscal_year",
            "value": "usd_bn",
        }
    ).assign(season=season)
    return tidy[list(CBO_COLUMNS)]


def cbo_debt_projection(raw: Path) -> pd.DataFrame:
    """Debt held by the public at fiscal year ends, as projected on each baseline date."""
    frame = cbo_baselines(raw)
    return frame.loc[frame["component"] == "debt", ["date", "fiscal_year", "usd_bn"]]


def cbo_budget_projection(raw: Path) -> pd.DataFrame:
    """Deficits, outlays and revenues as projected on each baseline date."""
    frame = cbo_baselines(raw)
    return frame[frame["component"] != "debt"]


def cbo_actuals(raw: Path) -> pd.DataFrame:
    """Budget outcomes and debt held by the public at fiscal year ends."""
    frame = pd.read_csv(raw / "us_debt" / "cbo_actuals_1982_2025.csv")
    tidy = frame.rename(columns={"actual_value": "usd_bn"})
    return tidy.assign(date=pd.to_datetime(frame["fiscal_year"].astype(str) + "-09-30"))


MAKERS: Final[Mapping[str, Callable[[Path], pd.DataFrame]]] = MappingProxyType(
    {
        "mspd_by_class_monthly": mspd_by_class,
        "securities_ladder": securities_ladder,
        "coupon_auctions": coupon_auctions,
        "total_public_debt_monthly": total_public_debt,
        "debt_quarterly": debt_quarterly,
        "avg_interest_rates": avg_interest_rates,
        "cbo_debt_projection": cbo_debt_projection,
        "cbo_budget_projection": cbo_budget_projection,
        "cbo_actuals": cbo_actuals,
    }
)
