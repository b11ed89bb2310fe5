"""Recompute from raw series what spreads, stocks and fear do to output, and the rule of the Fed.

Usage: python tools/spread_response.py RAW_FOLDER

Raw series of indices and Moody's yields may not be handed on, so none is shipped: the numbers are
printed and quoted with their samples.
"""

import sys
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Array = NDArray[np.float64]
MONTHLY: Final = "us_rates/fred_md_subset_monthly_to_2025-11.csv"
PRICES: Final = "us_debt/us_macro_monthly.csv"
OUTPUT: Final = "us_debt/federal_debt_interest_gdp_quarterly.csv"
PREMIUM: Final = "credit_mortgage/excess_bond_premium_monthly_1973_2019.csv"
SPREADS: Final = "credit_mortgage/ice_bofa_oas_daily.csv"
FEAR: Final = "us_rates/move_vix_skew_daily.csv"
YIELDS: Final = "us_rates/dgs_daily.csv"
RATE: Final = "us_rates/FEDFUNDS_monthly.csv"
TENORS: Final = ("DGS2", "DGS5", "DGS10", "DGS30")
NAMES: Final = ("output", "prices", "premium", "stocks", "ten_year", "policy")
"""Order of the recursion, that of Gilchrist and Zakrajsek (2012)."""
SAMPLE: Final = ("1973-01-01", "2010-06-30")
LATER: Final = ("1973-01-01", "2019-12-31")
GREENSPAN: Final = ("1987-07-01", "2007-06-30")
LAGS: Final = 2
HORIZON: Final = 13
KEPT, ADAPTED, TEN_YEAR, POLICY = 0.911, 0.0799, 1.19, 0.727
"""Medians of `us_demand_persistence`, `_adaptation`, `_ten_year` and `_policy`."""


class Autoregression(NamedTuple):
    """A vector autoregression with a trend."""

    moves: Array
    """Response after each quarter [quarter, of what, to what]."""
    cause: Array
    """Its shocks made recursive, lower triangular."""
    errors: Array
    fitted: Array


def autoregression(levels: Array, *, squared: bool, horizon: int = HORIZON) -> Autoregression:
    """Fit by least squares with a linear trend, and a squared one if asked."""
    n_t, n = levels.shape
    rows = np.arange(LAGS, n_t)
    past = [levels[rows - lag] for lag in range(1, LAGS + 1)]
    trend = (rows - LAGS)[:, None] / 100.0
    given = np.hstack([*past, np.ones_like(trend), trend, *([trend**2] if squared else [])])
    fitted = np.linalg.lstsq(given, levels[LAGS:], rcond=None)[0]
    errors = levels[LAGS:] - given @ fitted
    cause = np.linalg.cholesky(errors.T @ errors / (len(rows) - given.shape[1]))
    step = np.zeros((n * LAGS, n * LAGS))
    step[:n] = fitted[: n * LAGS].T
    step[n:, :-n] = np.eye(n * (LAGS - 1))
    power, moves = np.eye(n * LAGS), []
    for _ in range(horizon):
        moves.append(power[:n, :n])
        power = step @ power
    return Autoregression(np.array(moves), cause, errors, np.asarray(fitted, np.float64))


def output_path(tight: Array) -> Array:
    """Output of the model under a path of tightness [percent]."""
    gap, used, found = 0.0, 0.0, []
    for each in tight:
        found.append(gap)
        gap, used = KEPT * gap - (1.0 - KEPT) * (each - used), used + ADAPTED * (each - used)
    return np.array(found)


def weights(moves: Array) -> Array:
    """Fit the weights of the bond premium and of stocks to what innovations of each do to output.

    Rates go their own way after each, and their effect by FRB/US is taken off first.
    """
    at = {name: i for i, name in enumerate(NAMES)}
    given, wanted = [], []
    for shock, size in (("premium", 1.0), ("stocks", -10.0)):
        path = {name: size * moves[:, at[name], at[shock]] for name in NAMES}
        rates = output_path(TEN_YEAR * path["ten_year"] + POLICY * path["policy"])
        given.append(np.stack([output_path(path["premium"]), output_path(-path["stocks"])], axis=1))
        wanted.append(path["output"] - rates)
    return np.linalg.lstsq(np.vstack(given), np.hstack(wanted), rcond=None)[0]


def bootstrap(levels: Array, *, squared: bool, n: int = 400, seed: int = 0) -> Array:
    """Weights on samples made again from drawn errors: 5, 50 and 95 percent."""
    rng, found = np.random.default_rng(seed), []
    first = autoregression(levels, squared=squared)
    errors = first.errors - first.errors.mean(axis=0)
    for _ in range(n):
        made, drawn = levels.copy(), errors[rng.integers(0, len(errors), len(errors))]
        for t in range(LAGS, len(levels)):
            trend = (t - LAGS) / 100.0
            past = [made[t - lag] for lag in range(1, LAGS + 1)]
            given = np.r_[np.hstack(past), 1.0, trend, *([trend**2] if squared else [])]
            made[t] = given @ first.fitted + drawn[t - LAGS]
        found.append(weights(autoregression(made, squared=squared).moves))
    return np.percentile(found, [5.0, 50.0, 95.0], axis=0).T


def quarterly(raw: Path) -> pd.DataFrame:
    """Read all series by quarter, amounts and prices in 100 x log."""
    month = _read(raw / MONTHLY, "sasdate").resample("QS").mean()
    output = _read(raw / OUTPUT, "date")
    prices = _read(raw / PRICES, "date")["PCEPILFE"].resample("QS").mean()
    return pd.DataFrame(
        {
            "output": 100.0 * np.log(output["GDPC1"]),
            "gap": 100.0 * np.log(output["GDPC1"] / output["GDPPOT"]),
            "prices": 100.0 * np.log(prices),
            "inflation": (100.0 * np.log(prices)).diff(4),
            "premium": _read(raw / PREMIUM, "date")["ebp"].resample("QS").mean(),
            "stocks": 100.0 * np.log(month["S&P 500"]),
            "vix": month["VIXCLSx"],
            "ten_year": month["GS10"],
            "policy": month["FEDFUNDS"],
        }
    )


def rule(data: pd.DataFrame, last: str) -> tuple[Array, Array]:
    """Estimate an inertial rule: inertia, inflation, output, bond premium; their covariance."""
    known = data.assign(before=data["policy"].shift(1)).loc[GREENSPAN[0] : last]
    known = known[["policy", "before", "inflation", "gap", "premium"]].dropna()
    given = np.c_[known[["before", "inflation", "gap", "premium"]], np.ones(len(known))]
    found = np.linalg.lstsq(given, known["policy"], rcond=None)[0]
    errors = known["policy"] - given @ found
    scale = float(errors @ errors) / (len(known) - given.shape[1])
    return found[:-1], (scale * np.linalg.inv(given.T @ given))[:-1, :-1]


def together(found: Array, covariance: Array, *, n: int = 20_000, seed: int = 0) -> Array:
    """Rank correlations of half-life and of the weights over what is left of inertia.

    In the order of `rule`; the weight on the premium counts as a fall of the rate.
    """
    drawn = np.random.default_rng(seed).multivariate_normal(found, covariance, n)
    drawn = drawn[drawn[:, 0] < 1.0]
    left = 1.0 - drawn[:, :1]
    signs = np.array([1.0, 1.0, -1.0])
    ranks = np.c_[drawn[:, 0], signs * drawn[:, 1:] / left].argsort(axis=0).argsort(axis=0)
    return np.asarray(np.corrcoef(ranks.T), np.float64)


def premium_per_spread(raw: Path, months: int) -> float:
    """Slope of the excess bond premium on the investment-grade spread, in changes."""
    spread = _read(raw / SPREADS, "date")["BAMLC0A0CM"].resample("MS").mean()
    premium = _read(raw / PREMIUM, "date")["ebp"].loc[: SAMPLE[1]]
    moves = pd.DataFrame({"x": spread, "y": premium}).dropna().diff(months).dropna()
    return float(np.polyfit(moves["x"], moves["y"], 1)[0])


def left_of_rises(levels: pd.Series, days: tuple[int, ...] = (21, 63, 126)) -> pd.DataFrame:
    """Part of each of the largest rises over two weeks, half a year apart, that is left later.

    The last column is the mean over the half year.
    """
    known = levels.dropna()
    before = known.shift(10)
    rise = (known - before).dropna()
    found: dict[int, list[float]] = {}
    for day in rise[rise >= rise.quantile(0.95)].sort_values(ascending=False).index:
        at = known.index.get_loc(day)
        if any(abs(at - other) <= days[-1] for other in found):
            continue
        path = (known.iloc[at : at + days[-1] + 1] - before[day]) / rise[day]
        found[at] = [float(path.iloc[n]) if n < len(path) else np.nan for n in days]
        found[at].append(float(path.mean()))
    names = [*(str(n) for n in days), "mean"]
    return pd.DataFrame.from_dict(found, orient="index", columns=names).sort_index()


def yields_per_rate(raw: Path, first: str, last: str, months: int = 12) -> list[float]:
    """Slopes of yields at 2, 5, 10 and 30 years on the policy rate, in changes."""
    yields = _read(raw / YIELDS, "date").resample("MS").last()
    rate = _read(raw / RATE, "date").iloc[:, 0].resample("MS").mean()
    moves = yields[list(TENORS)].assign(rate=rate).diff(months).loc[first:last]
    known = [moves[[tenor, "rate"]].dropna() for tenor in TENORS]
    return [float(np.polyfit(each["rate"], each.iloc[:, 0], 1)[0]) for each in known]


def main(raw: Path) -> None:
    """Print every number that the table and the page quote."""
    data = quarterly(raw)
    for first, last in (SAMPLE, LATER, GREENSPAN):
        for squared in (True, False):
            levels = data.loc[first:last, list(NAMES)].dropna().to_numpy()
            found = autoregression(levels, squared=squared)
            path = found.moves @ found.cause[:, NAMES.index("premium")]
            print(f"{first[:4]}-{last[:4]}, squared trend {squared}")
            print("  recursive shock to the premium", path[0, 2].round(3), "output", end=" ")
            print(path[[1, 2, 4, 8, 12], 0].round(2), "policy", path[[2, 4, 8, 12], 5].round(2))
            print("  10-year", path[[2, 4, 8, 12], 4].round(2))
            print("  weights", weights(found.moves).round(3), end=" bootstrap ")
            print(bootstrap(levels, squared=squared).round(2).tolist())
    fear = ["vix", "output", "prices", "ten_year", "policy"]
    found = autoregression(data.loc[slice(*SAMPLE), fear].dropna().to_numpy(), squared=True)
    path = 10.0 / found.cause[0, 0] * (found.moves @ found.cause[:, 0])
    print("VIX first, 10 points: output", path[[1, 2, 4, 6, 8], 1].round(2))
    print("premium per spread", [round(premium_per_spread(raw, m), 2) for m in (1, 3, 12)])
    for file, column in ((SPREADS, "BAMLC0A0CM"), (FEAR, "MOVE")):
        left = left_of_rises(_read(raw / file, "date")[column])
        print("left of rises,", column, len(left), left.median().round(2).to_dict())
    for first, last in (("1982", "1999"), ("2000", "2026")):
        print("yields per rate", first, last, np.round(yields_per_rate(raw, first, last), 2))
    for last in (GREENSPAN[1], "2008-12-31"):
        weights_found, covariance = rule(data, last)
        print("rule to", last, weights_found.round(3), np.sqrt(np.diag(covariance)).round(3))
        print(together(weights_found, covariance).round(2))


def _read(file: Path, date: str) -> pd.DataFrame:
    return pd.read_csv(file, parse_dates=[date]).set_index(date)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
