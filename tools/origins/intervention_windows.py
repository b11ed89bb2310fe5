"""Rounds of intervention in the yen: what other currencies did, and what was left of it later."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.data import table
from selloff.vocab import FOREIGN

Array = NDArray[np.float64]
GAP_DAYS: Final = 21
"""Days without an operation that end a round."""
FIRST: Final = "1999"
"""Year in which the reference rates begin."""
AFTER: Final = 2
"""Fixes after the last operation at which its effect is read: it may come after the day's fix."""
BETA_DAYS: Final = 21


def rounds() -> list[tuple[pd.Timestamp, pd.Timestamp, float]]:
    """First day, last day and sign of every round: up where yen were bought."""
    days = table("mof_intervention_daily")
    days = days[(days["currency_pair"] == "USD/JPY") & (days["date"] >= FIRST)]
    dates = pd.to_datetime(days["date"]).reset_index(drop=True)
    sign = np.where(days["direction"] == "sell_USD_buy_JPY", 1.0, -1.0)
    new = dates.diff().dt.days.fillna(GAP_DAYS + 1) > GAP_DAYS
    found = pd.DataFrame({"date": dates, "sign": sign, "round": new.cumsum()}).groupby("round")
    return [(each["date"].min(), each["date"].max(), each["sign"].iloc[0]) for _, each in found]


def rates() -> pd.DataFrame:
    """Log dollars per unit of each currency, by fix."""
    fx = table("fx_daily").set_index("date")[list(FOREIGN)]
    fx.index = pd.to_datetime(fx.index)
    return np.log(fx)


def moves(levels: pd.DataFrame, after: int) -> Array:
    """Moves of each round in percent, in the direction of the operation, up to some fixes after."""
    found = []
    for first, last, sign in rounds():
        begin = int(levels.index.searchsorted(first)) - 1
        end = int(levels.index.searchsorted(last)) + after
        if end < len(levels):
            found.append(100.0 * sign * (levels.iloc[end] - levels.iloc[begin]).to_numpy())
    return np.array(found)


def slope(x: Array, y: Array) -> tuple[float, float]:
    """Slope through the origin, and its standard error, rounds counted as unequally noisy."""
    found = float(x @ y / (x @ x))
    apart = x * (y - found * x)
    return found, float(np.sqrt(apart @ apart * x.size / (x.size - 1)) / (x @ x))


def cross_responses() -> dict[str, tuple[float, float]]:
    """What each other currency did per percent of the yen."""
    levels = rates()
    found = moves(levels, AFTER)
    yen = found[:, FOREIGN.at("JPY")]
    return {c: slope(yen, found[:, FOREIGN.at(c)]) for c in FOREIGN if c != "JPY"}


def betas(since: str) -> dict[str, float]:
    """Slope of each other currency on the yen over 21 days: moves of the dollar are in it."""
    moved = rates().loc[since:].diff(BETA_DAYS)
    found = {}
    for c in (c for c in FOREIGN if c != "JPY"):
        both = moved[["JPY", c]].dropna()
        both = both - both.mean()
        found[c] = float(both["JPY"] @ both[c] / (both["JPY"] @ both["JPY"]))
    return found


def shares_left(fixes: tuple[int, ...]) -> dict[int, tuple[float, float]]:
    """What was left of the move after some fixes, per unit of it, and its standard error."""
    levels = rates()[["JPY"]].dropna()
    first = moves(levels, AFTER).mean()
    later = {n: moves(levels, n) for n in fixes}
    return {
        n: (float(m.mean() / first), float(m.std(ddof=1) / np.sqrt(m.size) / first))
        for n, m in later.items()
    }
