"""The shape of a dislocation over the curve, read off weeks of rising term premia."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.data import table
from selloff.scenario import episode_names, load_episode
from selloff.studies.backtest import weighted_quantiles
from selloff.vocab import BP, PCT

Array = NDArray[np.float64]
TENORS = ("3M", "2Y", "5Y", "30Y")
_TEN = "10Y"
_WEEK = 5
_LEAST_RISE_BP = 15.0


def wedge_shapes() -> dict[str, tuple[float, float, float]]:
    """Compare rises of yields in weeks in which the term premium rose much.

    Source: H.15 and Adrian-Crump-Moench, 1990-2026.
    """
    moves = _windows()
    ratios = {tenor: (moves[tenor] / moves[_TEN]).dropna().to_numpy() for tenor in TENORS}
    return {tenor: _points(values) for tenor, values in ratios.items()}


def _points(values: Array) -> tuple[float, float, float]:
    equal = np.full(values.size, 1.0 / values.size)
    low, mid, high = weighted_quantiles(values, equal, (0.05, 0.5, 0.95))
    return float(low), float(mid), float(high)


def _windows() -> pd.DataFrame:
    yields = table("us_yields_daily").set_index("date")[[*TENORS, _TEN]]
    premium = table("acm_term_premium_daily").set_index("date")["term_premium_10y_pct"]
    levels = yields.join(premium, how="inner").dropna(subset=[_TEN, "term_premium_10y_pct"])
    moves = levels.diff(_WEEK).iloc[_WEEK:] * PCT / BP
    is_free = _outside_episodes(moves.index)
    large = (
        (moves[_TEN] >= _LEAST_RISE_BP)
        & (moves["term_premium_10y_pct"] >= _LEAST_RISE_BP)
        & is_free
    )
    kept: list[int] = []
    last = -_WEEK
    for place in np.nonzero(large.to_numpy())[0].tolist():
        if place - last >= _WEEK:
            kept.append(place)
            last = place
    return moves.iloc[kept]


def _outside_episodes(days: pd.DatetimeIndex) -> Array:
    """Whether a window that ends on a day keeps clear of every episode."""
    free = np.ones(len(days), dtype=bool)
    for name in episode_names():
        episode = load_episode(name)
        start, end = pd.Timestamp(episode.start), pd.Timestamp(episode.end)
        free &= ~((days > start) & (days <= end + pd.Timedelta(days=7)))
    return free
