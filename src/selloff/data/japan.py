"""Japan's exporters, its central bank's accounts, its insurers' bonds and its inflation."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import pandas as pd

from selloff.data.assumptions import Assumption, japan_numbers
from selloff.data.tables import PACKAGED, Snapshot, table
from selloff.vocab.rows import rows_of

_PUBLISHED_AFTER: Final = pd.DateOffset(days=26)
"""A month's prices are out in the fourth week of the next."""


@dataclass(frozen=True)
class Quote:
    """A figure, who quoted it, when and where."""

    value: float
    source: str
    date: date
    url: str


@dataclass(frozen=True)
class Exporter:
    """A company with what it discloses of its sensitivity to the dollar in yen."""

    id: str
    name: str
    year_to: str
    """Last month of the business year both figures are of [year-month]."""
    per_yen: Quote | None
    """Operating profit gained when the dollar costs one yen more [JPY bn per yen]."""
    operating_profit: Quote | None
    """In the same business year [JPY bn]."""
    left_out: str
    """Why it is left out, or nothing."""


@dataclass(frozen=True)
class CentralBankAccounts:
    """The Bank of Japan's accounts on a day [JPY tn]."""

    date: date
    total_assets: float
    government_securities: float
    source: str
    url: str


@cache
def exporters() -> tuple[Exporter, ...]:
    """List the exporters whose sensitivity and operating profit of one year were retrieved."""
    return tuple(each for each in _companies() if not each.left_out)


@cache
def exporters_left_out() -> tuple[Exporter, ...]:
    """List the companies that were looked for and are not used."""
    return tuple(each for each in _companies() if each.left_out)


def boj_accounts(on: date) -> CentralBankAccounts | None:
    """Find the latest accounts of the Bank of Japan at hand on a day."""
    known = [each for each in _accounts() if each.date <= on]
    return max(known, key=lambda each: each.date) if known else None


def insurer_dollar_bonds() -> Assumption:
    """Say how many dollar bonds Japan's life insurers own.

    Source: assumption; the reason stands in `assumptions/japan.csv`.
    """
    return japan_numbers()["insurer_dollar_bonds_usd_bn"]


def japan_inflation_pct(on: date, snapshot: Snapshot = PACKAGED) -> float:
    """Core inflation in Japan over twelve months, as known on a day."""
    prices = table("japan_core_cpi_monthly", snapshot).set_index("date")["core_cpi_yoy_pct"]
    return float(prices.loc[: pd.Timestamp(on) - _PUBLISHED_AFTER].iloc[-1])


@cache
def _companies() -> tuple[Exporter, ...]:
    return tuple(
        Exporter(
            id=row["id"],
            name=row["name"],
            year_to=row["year_to"],
            per_yen=_quote(row, "jpy_bn_per_yen", "sensitivity"),
            operating_profit=_quote(row, "operating_profit_jpy_bn", "profit"),
            left_out=row["left_out"],
        )
        for row in rows_of("data", "quoted/exporters")
    )


def _quote(row: dict[str, str], column: str, kind: str) -> Quote | None:
    if not row[column]:
        return None
    day = date.fromisoformat(row[f"{kind}_date"])
    return Quote(float(row[column]), row[f"{kind}_source"], day, row[f"{kind}_url"])


@cache
def _accounts() -> tuple[CentralBankAccounts, ...]:
    return tuple(
        CentralBankAccounts(
            date=date.fromisoformat(row["date"]),
            total_assets=float(row["total_assets_jpy_tn"]),
            government_securities=float(row["government_securities_jpy_tn"]),
            source=row["source"],
            url=row["url"],
        )
        for row in rows_of("data", "quoted/boj_accounts")
    )
