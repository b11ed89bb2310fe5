"""Estimate how much of a move of the yen reaches Japan's consumer prices, and how fast."""

import sys
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from least_squares import newey_west
from numpy.typing import NDArray

Array = NDArray[np.float64]
HALF_YEAR: Final = 6
YEN_LAGS: Final = (0, 6, 12, 18, 24)
OIL_LAGS: Final = (0, 6, 12)
TAX_YEARS: Final = (("1997-04", "1998-03"), ("2014-04", "2015-03"), ("2019-10", "2020-09"))
"""Twelve months in which a higher consumption tax stands in the rise of prices."""
WINDOWS: Final = (("1990-01", "2007-12"), ("2008-01", "2021-12"), ("2008-01", "2026-07"))
BANDWIDTH_MONTHS: Final = 23


def sample(raw: Path) -> pd.DataFrame:
    """Lay out monthly inflation over twelve months and half-yearly moves before it."""
    prices = pd.read_csv(raw / "jp_rates" / "japan_core_cpi_yoy_monthly.csv")
    months = pd.PeriodIndex(prices["date"], freq="M")
    frame = pd.DataFrame({"inflation": prices["value"].to_numpy() / 100.0}, index=months)
    yen = _monthly(raw / "fx" / "usdjpy_daily_1971_2026.csv", "date", "USDJPY")
    oil = _monthly(raw / "equities_commodities_crypto" / "brent_daily.csv", "Date", "Price")
    for lag in YEN_LAGS:
        frame[f"yen_{lag}"] = yen.diff(HALF_YEAR).shift(lag)
    for lag in OIL_LAGS:
        frame[f"oil_{lag}"] = oil.diff(HALF_YEAR).shift(lag)
    for first, last in TAX_YEARS:
        frame[f"tax_{first}"] = ((months >= first) & (months <= last)).astype(float)
    return frame


def _monthly(file: Path, day: str, column: str) -> pd.Series:
    values = pd.read_csv(file, parse_dates=[day]).set_index(day)[column].dropna()
    return np.log(values.groupby(values.index.to_period("M")).mean())


def estimate(frame: pd.DataFrame) -> tuple[float, float, Array]:
    """Fit by least squares; Newey-West errors.

    Inflation over twelve months after a step of the dollar in yen is b_k in the k-th half-year, so
    the level is L_k = b_k + L_(k-2), and in the end half the sum of all b_k.
    """
    known = frame.dropna()
    known = known.loc[:, known.std() > 0.0]
    y, x = known.pop("inflation").to_numpy(), known.assign(one=1.0)
    fitted, covariance = newey_west(x.to_numpy(), y, BANDWIDTH_MONTHS)
    weights = np.array([0.5 if name.startswith("yen_") else 0.0 for name in x.columns])
    error = float(np.sqrt(weights @ covariance @ weights))
    betas = fitted[[list(x.columns).index(f"yen_{lag}") for lag in YEN_LAGS]]
    level: list[float] = []
    for k, beta in enumerate(betas):
        level.append(float(beta) + (level[k - 2] if k >= 2 else 0.0))
    return float(weights @ fitted), error, np.array(level)


def main(arguments: list[str]) -> int:
    """Run from the command line with the raw folder as the only argument."""
    if len(arguments) != 1:
        sys.stderr.write("usage: japan_pass_through.py RAW_FOLDER\n")
        return 2
    frame = sample(Path(arguments[0]))
    for first, last in WINDOWS:
        total, error, level = estimate(frame[first:last])
        steps = " ".join(f"{each:.3f}" for each in level)
        sys.stdout.write(f"{first} to {last}: {total:.3f} ({error:.3f}), by half-year: {steps}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
