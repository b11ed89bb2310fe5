"""Tidy tables the monitor reads: custody, flows of residents, interventions, allotments."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

_HUNDRED_MN: Final = 10.0
"""Hundred million yen in a billion yen."""
_LATER_WINDOWS: Final = Path(__file__).with_name("raw") / "mof_intervention_windows.csv"
"""Windows whose page was read as others quote it."""


def custody(raw: Path) -> pd.DataFrame:
    """Treasuries the Fed keeps for foreign officials, on Wednesdays."""
    file = raw / "tic" / "fed_custody_foreign_official_treasuries_weekly_2023_2026.csv"
    return pd.read_csv(file).rename(columns={"custody_treasuries_usd_bn": "usd_bn"})


def residents(raw: Path) -> pd.DataFrame:
    """Net purchases of foreign securities by Japan's residents, dated at the week's Saturday."""
    file = raw / "jp_rates" / "mof_weekly_foreign_securities_flows_2022_2026.csv"
    frame = pd.read_csv(file)
    ends = pd.to_datetime(frame["week_start_sunday"]) + pd.Timedelta(days=6)
    names = {"long_debt": "long_debt_net", "short_debt": "short_debt_net"}
    tidy = {f"{name}_jpy_bn": frame[held] / _HUNDRED_MN for name, held in names.items()}
    return pd.DataFrame({"date": ends, **tidy})


def windows(raw: Path) -> pd.DataFrame:
    """Totals of interventions by window, dated at its last day; zero says that there was none."""
    file = raw / "jp_intervention" / "mof_fx_intervention_monthly_window_totals.csv"
    frame = pd.concat([pd.read_csv(each) for each in (file, _LATER_WINDOWS)])
    frame = frame.rename(columns={"window_end": "date", "amount_yen_billions": "jpy_bn"})
    return frame[["date", "window_start", "jpy_bn"]]


def allotments(raw: Path) -> pd.DataFrame:
    """What foreigners, funds and dealers took of each auction of notes and bonds, by issue date."""
    file = raw / "us_debt" / "coupon_auction_allotments_by_investor_2025-12_2026-09.csv"
    names = {"issue_date": "date", "investment_funds_pct": "funds_pct"}
    frame = pd.read_csv(file).rename(columns=names)
    tenor = frame["tenor"].str.replace("-Year", "Y")
    return frame.assign(tenor=tenor)[
        ["date", "tenor", "dealers_pct", "funds_pct", "foreign_pct", "public_size_usd_bn"]
    ]


MAKERS: Final[Mapping[str, Callable[[Path], pd.DataFrame]]] = MappingProxyType(
    {
        "auction_allotments": allotments,
        "fed_custody_weekly": custody,
        "mof_flows_weekly": residents,
        "mof_intervention_windows": windows,
    }
)
