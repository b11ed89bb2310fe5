"""Estimate from reserve shares since 1999 what the model of reserve currencies needs; print it."""

import sys
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.data import table

Array = NDArray[np.float64]
FIRST_YUAN: Final = 2016
SPLIT: Final = 2012
"""Last year known to the forecast that is judged on the rest."""
RIVALS: Final = ("eur", "jpy", "gbp", "other")
SHOWN: Final = ("usd", *RIVALS)
HALF_LIFE: Final = 12.0
"""Years in which the drift of the baseline halves, median of its prior."""


def shares() -> pd.DataFrame:
    """Shares by year in percent; other holds the yuan throughout."""
    frame = table("cofer_shares_annual").drop(columns="source")
    frame.index = pd.Index(frame["date"].dt.year, name="year")
    named = frame.drop(columns="date").rename(columns=lambda name: name.removesuffix("_pct"))
    together = named["other"] + named["cny"].fillna(0.0)
    return named.assign(other=together.where(named["other"].notna()), small=named["other"])


def log_ratios() -> pd.DataFrame:
    """Log share less that of the dollar; small is other without the yuan."""
    known = shares()
    return pd.DataFrame(np.log(known.drop(columns="usd")).sub(np.log(known["usd"]), axis=0))


def drift(ratio: pd.Series) -> tuple[float, float]:
    """Mean yearly change from the first year to the last, and its standard error."""
    known = ratio.dropna()
    years = np.diff(known.index.to_numpy())
    n_years = years.sum()
    yearly = known.diff().dropna().to_numpy()
    mean = float(yearly.sum() / n_years)
    # A change over several years counts as one of that many steps.
    spread = np.sqrt(((yearly - mean * years) ** 2 / years).sum() / (yearly.size - 1))
    return mean, float(spread / np.sqrt(n_years))


def passthrough(code: str) -> tuple[float, float]:
    """Slope of the yearly change of a log ratio on that of the exchange rate, and its error."""
    rates = table("fx_daily").set_index("date")[code.upper()].dropna()
    ends = np.log(rates.groupby(rates.index.year).last()).diff()
    both = pd.concat([log_ratios()[code].diff(), ends], axis=1).dropna().to_numpy()
    return _slope(both[:, 1], both[:, 0])


def persistence(code: str) -> tuple[float, float]:
    """Weight of last year's log odds in this year's, and its error; biased downwards."""
    known = shares()[code].dropna() / 100.0
    run = known.loc[: 2022 if code in ("gbp", "other") else 2025]
    odds = np.log(run / (1.0 - run)).to_numpy()
    return _slope(odds[:-1], odds[1:])


def pooled(found: list[tuple[float, float]]) -> tuple[float, float]:
    """Mean weighted by precision, and its error as if they were independent."""
    weights = np.array([1.0 / error**2 for _, error in found])
    values = np.array([value for value, _ in found])
    return float(weights @ values / weights.sum()), float(weights.sum() ** -0.5)


def follow(first: int, last: int, *, known_until: int, half_life: float) -> pd.DataFrame:
    """Run the baseline from one year to another with the drift seen until some year.

    The drift of the first year is fitted by least squares on the model's own fading path.
    """
    kept = 0.5 ** (1.0 / half_life)
    ratios = log_ratios()[list(RIVALS)]
    path = pd.DataFrame(index=range(first, last + 1), columns=list(RIVALS), dtype=float)
    for code in RIVALS:
        seen = ratios[code].loc[1999:known_until].dropna()
        so_far = _so_far(seen.index.to_numpy() - 1999, kept)
        gained = seen.to_numpy() - seen.iloc[0]
        begin = float(so_far @ gained / (so_far @ so_far)) * kept ** (first - 1999)
        years = path.index.to_numpy() - first
        path[code] = ratios[code].loc[first] + begin * _so_far(years, kept)
    raw = np.exp(path).assign(usd=1.0)
    return pd.DataFrame(100.0 * raw.div(raw.sum(axis=1), axis=0))[list(SHOWN)]


def error(path: pd.DataFrame) -> pd.Series:
    """Root mean squared error of a path against the data, in percentage points."""
    known = shares()[list(SHOWN)].reindex(path.index[1:])
    gaps = path.iloc[1:] - known
    return pd.Series(np.sqrt((gaps**2).mean()))


def still(first: int, last: int) -> pd.DataFrame:
    """Shares that never change."""
    row = shares()[list(SHOWN)].loc[first]
    return pd.DataFrame([row] * (last - first + 1), index=range(first, last + 1))


def _so_far(years: NDArray[np.int64], kept: float) -> Array:
    return np.asarray((1.0 - kept**years) / (1.0 - kept))


def _slope(x: Array, y: Array) -> tuple[float, float]:
    design = np.column_stack([np.ones(x.size), x])
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ y
    residual = y - design @ coefficients
    variance = residual @ residual / (x.size - 2) * inverse[1, 1]
    return float(coefficients[1]), float(np.sqrt(variance))


def report() -> str:
    """Tell everything in lines."""
    ratios = log_ratios()
    lines = ["drift of the log ratio to the dollar, percent a year: mean, error"]
    for code in RIVALS:
        mean, wide = drift(ratios[code])
        lines.append(f"  {code:6} {100 * mean:6.2f} {100 * wide:6.2f}")
    for code in ("cny", "small"):
        mean, wide = drift(ratios[code].loc[FIRST_YUAN:])
        lines.append(f"  {code:6} {100 * mean:6.2f} {100 * wide:6.2f}  since {FIRST_YUAN}")
    lines.append("passthrough of exchange rates within the year: slope, error")
    slopes = [passthrough(code) for code in ("eur", "jpy", "gbp")]
    for code, (slope, wide) in zip((*RIVALS[:3], "pooled"), [*slopes, pooled(slopes)], strict=True):
        lines.append(f"  {code:6} {slope:6.2f} {wide:6.2f}")
    lines.append("weight of last year's log odds: slope, error")
    slopes = [persistence(code) for code in SHOWN]
    for code, (slope, wide) in zip((*SHOWN, "pooled"), [*slopes, pooled(slopes)], strict=True):
        lines.append(f"  {code:6} {slope:6.2f} {wide:6.2f}")
    lines.append("root mean squared error, percentage points: usd, eur, jpy, gbp, other")
    runs = {
        "1999 to 2025, drift of 1999 to 2025": follow(1999, 2025, known_until=2025, half_life=12.0),
        "1999 to 2025, no change": still(1999, 2025),
        "2012 to 2025, drift of 1999 to 2012": follow(SPLIT, 2025, known_until=SPLIT, half_life=12),
        "2012 to 2025, no change": still(SPLIT, 2025),
    }
    for name, path in runs.items():
        known = "  ".join(f"{value:5.2f}" for value in error(path))
        lines.append(f"  {name:38} {known}   dollar in 2025: {path['usd'].iloc[-1]:.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
