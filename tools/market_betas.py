"""Recompute from raw series every coefficient of the markets that the table calls computed.

Usage: python tools/market_betas.py RAW_FOLDER

Raw series of indices and of exchange-traded funds may not be handed on, so none is shipped:
the numbers are printed and quoted with their windows.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from least_squares import newey_west

FILES: Final = {
    "us_rates/dgs_daily.csv": {"DGS2": "y2", "DGS10": "y10"},
    "us_rates/acm_term_premium_10y_daily.csv": {"ACMTP10": "premium"},
    "us_rates/move_vix_skew_daily.csv": {"VIXCLS": "vix", "MOVE": "move"},
    "credit_mortgage/ice_bofa_oas_daily.csv": {"BAMLC0A0CM": "ig_oas", "BAMLH0A0HYM2": "hy_oas"},
    "credit_mortgage/MORTGAGE30US_weekly.csv": {"MORTGAGE30US": "mortgage"},
    "equities_commodities_crypto/equity_indices_daily.csv": {
        "SP500": "sp500",
        "NIKKEI225": "nikkei",
    },
    "equities_commodities_crypto/etf_adjusted_close_daily.csv": {"EEM": "em_equities"},
    "equities_commodities_crypto/gold_usd_daily.csv": {"gold_usd": "gold"},
    "equities_commodities_crypto/btc_usd_daily.csv": {"btc_usd_close": "bitcoin"},
    "equities_commodities_crypto/wti_daily.csv": {"Price": "oil"},
    "fx/usdjpy_daily_1971_2026.csv": {"USDJPY": "usdjpy"},
    "fx/DTWEXBGS_daily.csv": {"DTWEXBGS": "dollar"},
}
GDP_FILE: Final = "us_debt/federal_debt_interest_gdp_quarterly.csv"
IN_POINTS: Final = ("vix", "move")
IN_PERCENT: Final = ("y2", "y10", "premium", "mortgage")
"""In percent a year; a change of one is 100bp."""
SPREADS: Final = ("ig_oas", "hy_oas")
ASSETS: Final = ("sp500", "nikkei", "em_equities", "gold", "bitcoin", "oil")
HELD: Final = dict.fromkeys(ASSETS[2:], "dollar") | {"nikkei": "usdjpy"}
"""The exchange rate held fixed while an asset is regressed on yields."""
OLD, RECENT = ("2006-01-01", "2026-08-31"), ("2022-01-01", "2026-08-31")
EPISODES: Final = {
    "squeeze": ("2020-03-09", "2020-03-18", "2020-03-18"),
    "doubt": ("2025-04-02", "2025-04-21", "2025-04-22"),
}
"""First close, last close in New York, last close in Tokyo and fixing in London."""
CHECKS: Final = {
    "premium_2023": ("2023-07-31", "2023-10-19"),
    "taper_2013": ("2013-05-21", "2013-09-05"),
    "policy_2022": ("2022-01-03", "2022-06-14"),
}
"""Windows that no coefficient is read off, set beside the model on the page."""
FIXED_LATER: Final = ("nikkei", "gold")
STOCK_RESPONSE: Final = -4.0
"""Percent per 100bp of surprise: Bernanke and Kuttner (2005), 1 percent per 25bp."""
BUSINESS_WEEK: Final = 1.0 / 52.18


class Fit(NamedTuple):
    """Slopes of a regression, their robust standard errors and the number of observations."""

    slopes: dict[str, float]
    errors: dict[str, float]
    observations: int


def levels(raw: Path) -> pd.DataFrame:
    """Read all daily series, one column each."""
    columns = []
    for name, wanted in FILES.items():
        frame = pd.read_csv(raw / name).rename(columns=str.lower)
        frame["date"] = pd.to_datetime(frame["date"])
        wanted = {old.lower(): new for old, new in wanted.items()}
        columns.append(frame.set_index("date")[list(wanted)].rename(columns=wanted))
    return pd.concat(columns, axis=1, sort=True)


def changes(frame: pd.DataFrame, lag: int) -> pd.DataFrame:
    """Difference: points, percentage points, bp for spreads, 100 x log for prices."""
    moved = {}
    for name in frame.columns:
        series = frame[name]
        if name in IN_POINTS + IN_PERCENT:
            moved[name] = series.diff(lag)
        elif name in SPREADS:
            moved[name] = 100.0 * series.diff(lag)
        else:
            moved[name] = 100.0 * np.log(series.where(series > 0.0)).diff(lag)
    return pd.DataFrame(moved)


def weekly(frame: pd.DataFrame) -> pd.DataFrame:
    """Changes from Thursday to Thursday."""
    filled = frame.ffill(limit=4)
    return changes(filled[filled.index.day_of_week == 3], 1)


def fit(
    frame: pd.DataFrame, target: str, on: Sequence[str], *, window: tuple[str, str], lags: int = 4
) -> Fit:
    """Regress, with the errors of Newey and West."""
    data = frame.loc[window[0] : window[1], [target, *on]].dropna()
    x = np.column_stack([np.ones(len(data)), data[list(on)].to_numpy()])
    slopes, covariance = newey_west(x, data[target].to_numpy(), lags)
    errors = np.sqrt(np.diag(covariance))
    return Fit(
        dict(zip(on, slopes[1:], strict=True)), dict(zip(on, errors[1:], strict=True)), len(x)
    )


def tell(name: str, value: float, error: float = float("nan"), *, how: str) -> None:
    """Print a number, its standard error and where it comes from."""
    print(f"{name},{value:.4g},{'' if np.isnan(error) else f'{error:.3g}'},{how}")


def tell_episodes(daily: pd.DataFrame) -> None:
    """What the two episodes did, close to close."""
    for episode, (first, last, later) in EPISODES.items():
        for name in ("vix", "move", *SPREADS, *ASSETS, "y2", "y10", "usdjpy", "dollar"):
            end = later if name in FIXED_LATER and episode == "doubt" else last
            moved = changes(daily.loc[[first, end]], 1)[name].iloc[-1]
            tell(f"{episode}_{name}", moved, how=f"{first} to {end}")
        start = pd.Timestamp(first)
        before = daily.loc[start - pd.Timedelta(days=7) : start - pd.Timedelta(days=1), "move"]
        rise = daily.loc[first:last, "move"].mean() - before.mean()
        tell(f"{episode}_move_mean", rise, how="mean of the window less mean of the week before")
        for name in SPREADS:
            peak = 100.0 * (daily.loc[first:, name].iloc[:25].max() - daily.loc[first, name])
            tell(f"{episode}_{name}_peak", peak, how=f"{first} to the highest of 25 closes")


def tell_checks(daily: pd.DataFrame) -> None:
    """What other windows did, close to close."""
    for name, (first, last) in CHECKS.items():
        moved = changes(daily.ffill(limit=4).loc[[first, last]], 1).iloc[-1]
        for each in ("y2", "y10", "usdjpy", "dollar", *IN_POINTS, *SPREADS, *ASSETS):
            tell(f"{name}_{each}", moved[each], how=f"{first} to {last}")
        rates = daily["mortgage"].dropna()
        ends = [rates.loc[pd.Timestamp(day) :].iloc[0] for day in (first, last)]
        tell(f"{name}_mortgage", ends[1] - ends[0], how="surveys on or after these days")


def tell_path(weeks: pd.DataFrame) -> None:
    """How much of the 10-year yield the 2-year explains, and the reversion that implies."""
    weeks = weeks.assign(expected=weeks["y10"] - weeks["premium"])
    for window in (("1990-01-01", OLD[1]), RECENT):
        found = fit(weeks, "expected", ["y2"], window=window)
        ratio = found.slopes["y2"]
        span = f"{window[0]} to {window[1]} n={found.observations}"
        tell("expected 10-year on 2-year", ratio, found.errors["y2"], how=span)
        tell("path_reversion", _reversion(ratio), how=span)


def _reversion(ratio: float) -> float:
    speeds = np.linspace(0.01, 1.0, 99001)
    means = [-np.expm1(-speeds * years) / (speeds * years) for years in (2.0, 10.0)]
    return float(speeds[np.argmin(np.abs(means[1] / means[0] - ratio))])


def tell_premium(weeks: pd.DataFrame) -> None:
    """Slopes on the term premium with the 2-year yield and the exchange rate held."""
    for name in (*IN_POINTS, *ASSETS):
        on = ["premium", "y2", *([HELD[name]] if name in HELD else [])]
        for label, window in (("long", OLD), ("recent", RECENT)):
            found = fit(weeks, name, on, window=window)
            how = f"on {' '.join(on)}; {window[0]} to {window[1]} n={found.observations}"
            for each in on:
                tell(f"{each}_{name}_{label}", found.slopes[each], found.errors[each], how=how)


def tell_policy(weeks: pd.DataFrame) -> None:
    """Weeks in which stocks and the 2-year yield went opposite ways, scaled to policy surprises."""
    policy = weeks[weeks["y2"] * weeks["sp500"] < 0.0]
    scale = STOCK_RESPONSE / fit(policy, "sp500", ["y2", "premium"], window=OLD).slopes["y2"]
    tell("scale of policy weeks", scale, how="-4 over the slope of the S&P 500 in these weeks")
    for name in (*IN_POINTS, *ASSETS[1:]):
        on = ["y2", "premium", *([HELD[name]] if name in HELD else [])]
        found = fit(policy, name, on, window=OLD)
        slope, error = scale * found.slopes["y2"], scale * found.errors["y2"]
        tell(
            f"policy_{name}",
            slope,
            error,
            how=f"scaled slope on {' '.join(on)} n={found.observations}",
        )
    for name in SPREADS:
        found = fit(policy, name, ["y2", "vix", "move"], window=OLD)
        slope, error = scale * found.slopes["y2"], scale * found.errors["y2"]
        tell(
            f"policy_{name}", slope, error, how=f"scaled; VIX and MOVE held n={found.observations}"
        )


def tell_spreads(weeks: pd.DataFrame) -> None:
    """Spreads on volatility, the term premium and the 2-year yield."""
    on = ["vix", "move", "premium", "y2"]
    for name in SPREADS:
        for window in (("2004-01-01", OLD[1]), RECENT):
            found = fit(weeks, name, on, window=window)
            for each in on[:3]:
                how = f"on {' '.join(on)}; {window[0]} to {window[1]} n={found.observations}"
                tell(f"{each}_{name}", found.slopes[each], found.errors[each], how=how)


def tell_yen(weeks: pd.DataFrame) -> None:
    """Nikkei on the dollar in yen, stocks held, and yields held."""
    for window in (
        ("2005-01-01", "2012-12-31"),
        ("2013-01-01", "2019-12-31"),
        ("2020-01-01", OLD[1]),
    ):
        for on in (["usdjpy", "sp500"], ["usdjpy", "y2", "premium"]):
            found = fit(weeks, "nikkei", on, window=window)
            how = f"on {' '.join(on)}; {window[0]} to {window[1]} n={found.observations}"
            tell("yen_nikkei", found.slopes["usdjpy"], found.errors["usdjpy"], how=how)


def tell_growth(daily: pd.DataFrame, raw: Path) -> None:
    """Changes over four quarters on those of real GDP."""
    book = pd.read_csv(raw / GDP_FILE)
    quarters = pd.PeriodIndex(pd.to_datetime(book["date"]), freq="Q")
    gdp = pd.Series(book["GDPC1"].to_numpy(), index=quarters)
    means = daily.groupby(pd.PeriodIndex(daily.index, freq="Q")).mean()
    yearly = changes(means.assign(gdp=gdp), 4)
    yearly.index = pd.DatetimeIndex(yearly.index.to_timestamp())
    for name in (*IN_POINTS, *SPREADS, *ASSETS):
        for window in (
            ("1961-01-01", "2019-12-31"),
            ("1990-01-01", "2019-12-31"),
            ("2004-01-01", OLD[1]),
        ):
            found = fit(yearly, name, ["gdp"], window=window, lags=8)
            how = f"{window[0]} to {window[1]} n={found.observations}"
            tell(f"growth_{name}", found.slopes["gdp"], found.errors["gdp"], how=how)
            if name in SPREADS:
                both = fit(yearly, name, ["gdp", "vix"], window=window, lags=8)
                tell(f"vix_{name}_year", both.slopes["vix"], both.errors["vix"], how=how)


def tell_mortgage(daily: pd.DataFrame) -> None:
    """Mortgage rate on the 10-year yield of this week and the two before, and on MOVE."""
    rates = daily[["mortgage", "y10", "move"]].ffill(limit=4)
    rates = rates.loc[daily["mortgage"].dropna().index]
    moved = rates.diff()
    moved = moved.assign(y10_1=moved["y10"].shift(1), y10_2=moved["y10"].shift(2))
    on = ["y10", "y10_1", "y10_2"]
    for window in (("2004-01-01", "2026-06-30"), ("2022-01-01", "2026-06-30")):
        found = fit(moved, "mortgage", on, window=window)
        steps = np.array([found.slopes[each] for each in on])
        how = f"{window[0]} to {window[1]} n={found.observations}; {np.round(steps, 2)}"
        tell("mortgage_pass_through", steps.sum(), how=how)
        tell("mortgage_half_life_days", _half_life(steps), how=how)
        found = fit(rates.diff(26), "mortgage", ["y10", "move"], window=window, lags=26)
        for each, slope in found.slopes.items():
            tell(f"mortgage_{each}_26w", slope, found.errors[each], how=how.partition(";")[0])


def _half_life(steps: np.ndarray) -> float:
    """Half-life in business days that fits the weekly profile, a week's move spread evenly."""
    weeks = np.arange(1, len(steps) + 1)
    speeds = np.linspace(0.2, 10.0, 9801)
    left = np.exp(-np.outer(speeds, weeks - 1)) * (-np.expm1(-speeds) / speeds)[:, None]
    misses = ((1.0 - left - steps.cumsum() / steps.sum()) ** 2).sum(axis=1)
    return float(np.log(2.0) / speeds[np.argmin(misses)] * BUSINESS_WEEK * 252.0)


def main() -> None:
    """Print all numbers as comma-separated lines."""
    raw = Path(sys.argv[1])
    daily = levels(raw)
    weeks = weekly(daily)
    print("number,value,standard_error,window")
    tell_episodes(daily)
    tell_checks(daily)
    tell_path(weeks)
    tell_premium(weeks)
    tell_policy(weeks)
    tell_spreads(weeks)
    tell_yen(weeks)
    tell_growth(daily, raw)
    tell_mortgage(daily)


if __name__ == "__main__":
    main()
