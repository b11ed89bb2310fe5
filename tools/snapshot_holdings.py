"""Tidy tables of who holds Treasuries."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

OFFICIAL_LINES: Final = {
    "Of Which: Foreign Official": "official_usd_bn",
    "Of Which: Foreign Official Treasury Bills": "official_bills_usd_bn",
    "Of Which: Foreign Official T-Bonds & Notes": "official_notes_bonds_usd_bn",
}

Z1_NAMES: Final = {
    "rest_of_world_all": "rest_of_world",
    "households_nonprofits_incl_hedge_funds": "households",
    "nonfinancial_corporates": "nonfinancial_business",
    "all_sectors_sum": "all_sectors",
}
RESERVES: Final = (
    "total_reserve_assets",
    "foreign_currency_reserves",
    "securities",
    "deposits",
    "imf_position",
    "sdr",
    "gold",
)


def month_end(months: pd.Series) -> pd.Series:
    """Turn `2026-07` into the last day of that month."""
    return pd.to_datetime(months, format="%Y-%m") + pd.offsets.MonthEnd(0)


def quarter_end(starts: pd.Series) -> pd.Series:
    """Turn the first day of a quarter into its last day."""
    return pd.to_datetime(starts) + pd.offsets.QuarterEnd(0)


def _tic(raw: Path) -> pd.DataFrame:
    frame = pd.read_csv(raw / "tic" / "tic_mfh_long_2000_2026.csv")
    short = {"mfhhis01": "mfhhis01", "slt_table5": "slt_table5"}
    return pd.DataFrame(
        {
            "date": month_end(frame["month"]),
            "country": frame["country"],
            "series": frame["series"],
            "source_file": frame["source_file"].map(short),
            "usd_bn": frame["holdings_usd_bn"],
        }
    )


def tic_holdings(raw: Path) -> pd.DataFrame:
    """Holdings by country, the residual and the grand total."""
    frame = _tic(raw)
    return frame[~frame["country"].isin(OFFICIAL_LINES)]


def tic_official(raw: Path) -> pd.DataFrame:
    """Holdings of all foreign official institutions together."""
    frame = _tic(raw)
    chosen = frame[frame["country"].isin(OFFICIAL_LINES) & (frame["series"] == "primary")]
    wide = chosen.pivot(index="date", columns="country", values="usd_bn")
    return wide.rename(columns=OFFICIAL_LINES)[list(OFFICIAL_LINES.values())].reset_index()


def shl_2024(raw: Path) -> pd.DataFrame:
    """Long- and short-term Treasuries by country, survey of June 2024, first letters only."""
    frame = pd.read_csv(raw / "tic" / "shl_2024-06_treasury_lt_st_partial_A_to_G.csv")
    frame["country"] = frame["country"].replace({"China, mainland": "China, Mainland"})
    for column in ("lt_treasury_usd_mn", "st_treasury_usd_mn"):
        frame[column] = frame[column].astype(float)
    return frame.assign(date=pd.Timestamp(2024, 6, 30))


def fed_holdings(raw: Path) -> pd.DataFrame:
    """Federal Reserve assets, Treasuries and reserve balances, weekly."""
    frame = pd.read_csv(raw / "us_rates" / "fed_balance_sheet_weekly.csv")
    names = {
        "TREAST": "treasuries_usd_mn",
        "WALCL": "total_assets_usd_mn",
        "WRESBAL": "reserve_balances_usd_mn",
    }
    return frame.rename(columns=names)[["date", *names.values()]]


def fed_maturity(raw: Path) -> pd.DataFrame:
    """Federal Reserve Treasuries by remaining maturity on one date."""
    frame = pd.read_csv(raw / "soma" / "h41_maturity_distribution_2022-03-09.csv")
    row = frame[frame["instrument"] == "U.S. Treasury securities"].drop(columns="instrument")
    tidy = row.T.reset_index()
    tidy.columns = pd.Index(["remaining_maturity", "usd_mn"])
    return tidy.assign(date=pd.Timestamp(2022, 3, 9), usd_mn=tidy["usd_mn"].astype(float))


def z1_holders(raw: Path) -> pd.DataFrame:
    """Treasuries by sector of the Financial Accounts from 1999; money funds go on for longer."""
    frame = pd.read_csv(raw / "us_debt" / "z1_treasury_holders_by_sector_1960_2025.csv")
    wide = frame.set_index(pd.to_datetime(frame["quarter_end"])).drop(columns="quarter_end") / 1e3
    wide.columns = pd.Index([f"{Z1_NAMES.get(name, name)}_usd_bn" for name in wide.columns])
    funds = pd.read_csv(raw / "us_debt" / "z1_money_market_funds_treasuries_2019_2026.csv")
    newer = funds.set_index(month_end(funds["quarter_end_month"]))["treasuries_usd_bn"]
    newer = newer[newer.index > wide.index.max()].rename("money_market_funds_usd_bn")
    tidy = pd.concat([wide, newer.to_frame()])
    return tidy["1999":].rename_axis("date").reset_index()


def dealer_positions(raw: Path) -> pd.DataFrame:
    """Primary dealers' net position in Treasuries, weekly."""
    name = "dealer_positions_soma_bank_auctions_weekly_2013_2026.csv"
    frame = pd.read_csv(raw / "us_debt" / name)
    position = frame["primary_dealer_net_treasury_position_usd_bn"].astype(float)
    return pd.DataFrame({"date": frame["week_monday"], "net_position_usd_bn": position})


def soma_maturity(raw: Path) -> pd.DataFrame:
    """Average maturity and share within a year of the Fed's Treasuries on some dates."""
    name = "soma_wam_duration_bill_share_selected_dates_2003_2025.csv"
    frame = pd.read_csv(raw / "soma" / name)
    names = {"dates": "date", "bill_share": "within_year_frac", "holdings_trillions": "face_usd_tn"}
    return frame.rename(columns=names)


def ownership_shares(raw: Path) -> pd.DataFrame:
    """Shares of marketable debt held by the Fed, at home and abroad, once a year."""
    frame = pd.read_csv(raw / "us_debt" / "marketable_treasury_ownership_shares_1999_2014.csv")
    dates = pd.to_datetime(frame["year"].astype(str) + "-12-31")
    return frame.drop(columns="year").astype(float).assign(date=dates)


def table3(raw: Path) -> pd.DataFrame:
    """Japan and all official and other foreigners, with net purchases where published."""
    frame = pd.read_csv(raw / "tic" / "tic_table3_japan_official_private_2020_2026.csv")
    return frame.drop(columns="month").assign(date=month_end(frame["month"]))


def japan_reserves(raw: Path) -> pd.DataFrame:
    """Japan's reserve template, every month since September 2023 and on four dates before."""
    folder = raw / "jp_intervention"
    months = pd.read_csv(folder / "japan_official_reserves_monthly_2023-09_2026-08.csv")
    months = months.assign(date=month_end(months["month"]))
    before = pd.read_csv(folder / "japan_official_reserves_snapshots.csv")
    before = before.assign(date=pd.to_datetime(before["date"]))
    names = [f"{name}_usd_mn" for name in RESERVES]
    tidy = pd.concat([before[before["date"] < months["date"].min()], months])
    return tidy[["date", *names]].astype(dict.fromkeys(names, float)).reset_index(drop=True)


MAKERS: Final[Mapping[str, Callable[[Path], pd.DataFrame]]] = MappingProxyType(
    {
        "tic_holdings_monthly": tic_holdings,
        "tic_official_monthly": tic_official,
        "shl_2024_partial": shl_2024,
        "fed_holdings_weekly": fed_holdings,
        "fed_maturity_2022": fed_maturity,
        "z1_holders_quarterly": z1_holders,
        "dealer_positions_weekly": dealer_positions,
        "soma_maturity": soma_maturity,
        "ownership_shares_annual": ownership_shares,
        "tic_table3_monthly": table3,
        "japan_reserves_monthly": japan_reserves,
    }
)
