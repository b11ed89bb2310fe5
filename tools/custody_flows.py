"""What foreign officials' sales did to the term premium: a regression on raw tables.

Usage: python tools/custody_flows.py RAW
"""

import sys
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from least_squares import newey_west

LAST: Final = "2026-08-19"
"""Last Wednesday with a term premium."""
PER_100BN: Final = 100.0


def read(raw: Path) -> pd.DataFrame:
    """Read weekly sales [USD 100bn], and weekly changes of premium, 2-year [bp] and VIX."""

    def column(file: str, name: str) -> pd.Series:
        return pd.read_csv(raw / file, index_col=0, parse_dates=True)[name].dropna()

    custody = column(
        "tic/fed_custody_foreign_official_treasuries_weekly_2023_2026.csv",
        "custody_treasuries_usd_bn",
    ).loc[:LAST]
    levels = {
        "premium": column("us_rates/acm_term_premium_10y_daily.csv", "ACMTP10") * 100.0,
        "two": column("us_rates/dgs_daily.csv", "DGS2") * 100.0,
        "vix": column("us_rates/move_vix_skew_daily.csv", "VIXCLS"),
    }
    found = {name: each.reindex(custody.index, method="ffill") for name, each in levels.items()}
    weekly = pd.DataFrame({"sale": -custody / PER_100BN, **found}).diff()
    return weekly.dropna()


def slope(weeks: pd.DataFrame, held: list[str], *, span: int = 1) -> tuple[float, float]:
    """Regress the premium on sales over some weeks, and its standard error (Newey-West 1987)."""
    sums = weeks.rolling(span).sum().dropna()
    x = np.column_stack([np.ones(len(sums)), sums[["sale", *held]]])
    slopes, covariance = newey_west(x, sums["premium"].to_numpy(), max(4, 2 * span))
    return float(slopes[1]), float(np.sqrt(covariance[1, 1]))


if __name__ == "__main__":
    table = read(Path(sys.argv[1]))
    cases = {"alone": [], "2-year and VIX held": ["two", "vix"]}
    for words, others in cases.items():
        for weeks in (1, 4, 13):
            b, error = slope(table, others, span=weeks)
            print(f"{words}, {weeks} weeks: {b:.1f} ({error:.1f}) bp per USD 100bn sold")
