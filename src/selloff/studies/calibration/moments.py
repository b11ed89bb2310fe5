"""Moments of the real data that the pricing core is fitted to, with their standard errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.data import table
from selloff.evidence import fixed
from selloff.vocab import PCT

Array = NDArray[np.float64]
MONTHS_PER_YEAR: Final = 12
USD_TENORS: Final = (1, 2, 5, 10, 30)
JPY_TENORS: Final = (2, 5, 10, 20)
SERIES: Final = (
    *(f"usd_{t}y" for t in USD_TENORS),
    *(f"jpy_{t}y" for t in JPY_TENORS),
    "fx_jpy",
    "fx_eur",
    "fx_gbp",
    "fx_cny",
    "term_premium_10y",
)
"""Monthly changes, in this order: yields, log dollars per unit of a currency, term premium."""
PAIRS: Final = (
    ("usd_2y", "usd_10y"),
    ("usd_10y", "jpy_10y"),
    ("usd_10y", "fx_jpy"),
    ("usd_2y", "fx_jpy"),
    ("fx_jpy", "fx_eur"),
    ("fx_eur", "fx_gbp"),
)
"""Pairs whose correlation is fitted."""
MOMENTS: Final = (
    *(f"volatility {name}" for name in SERIES),
    *(f"correlation {one} {two}" for one, two in PAIRS),
    "slope term_premium_10y usd_10y",
)
_FIRST: Final = "1999-01"
_BLOCK_MONTHS: Final = 12
_N_BOOTSTRAP: Final = 400
_N_VOLATILITIES: Final = len(SERIES)


@dataclass(frozen=True, eq=False)
class Target:
    """A moment of the data and how near the core has to come."""

    estimate: Array
    """Volatilities in logs, then correlations and the slope."""
    standard_error: Array
    """Of the estimate, by block bootstrap."""
    tolerance: Array
    """Of a model of one rate and one demand factor a market; same units."""

    @property
    def width(self) -> Array:
        """Standard deviation of the kernel: sampling and model error together."""
        return np.asarray(np.hypot(self.standard_error, self.tolerance))


def target() -> Target:
    """Measure the moments.

    Source: H.15, Ministry of Finance of Japan, European Central Bank, Adrian-Crump-Moench.
    """
    changes = monthly_changes()
    found = measure(changes)
    rng = np.random.default_rng(0)
    draws = np.array([measure(_resampled(changes, rng)) for _ in range(_N_BOOTSTRAP)])
    return Target(found, np.nanstd(draws, axis=0), _tolerance())


def monthly_changes() -> Array:
    """Take month-end changes of every series."""
    dollar = _month_ends("us_yields_daily", {f"{t}Y": f"usd_{t}y" for t in USD_TENORS}) * PCT
    yen = _month_ends("jgb_yields_daily", {f"{t}Y": f"jpy_{t}y" for t in JPY_TENORS}) * PCT
    names = {c: f"fx_{c.lower()}" for c in ("JPY", "EUR", "GBP", "CNY")}
    rates = np.log(_month_ends("fx_daily", names))
    premium = _month_ends("acm_term_premium_daily", {"term_premium_10y_pct": "term_premium_10y"})
    levels = pd.concat([dollar, yen, rates, premium * PCT], axis=1)[list(SERIES)]
    return levels.loc[_FIRST:].diff().iloc[1:].to_numpy()


def measure(changes: Array) -> Array:
    """Measure volatilities, correlations and the slope of the term premium."""
    known = ~np.isnan(changes)
    clean = np.where(known, changes, 0.0)
    both = known.T.astype(np.float64) @ known.astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return moments_of(clean.T @ clean / both * MONTHS_PER_YEAR)


def moments_of(covariance: Array) -> Array:
    """Read the moments off a covariance of yearly changes."""
    sd = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1))
    places = [(SERIES.index(one), SERIES.index(two)) for one, two in PAIRS]
    related = [covariance[..., i, j] / (sd[..., i] * sd[..., j]) for i, j in places]
    ten, premium = SERIES.index("usd_10y"), SERIES.index("term_premium_10y")
    slope = covariance[..., premium, ten] / covariance[..., ten, ten]
    rest = np.stack([*related, slope], axis=-1)
    return np.concatenate([np.log(sd), rest], axis=-1)


def shown(moments: Array) -> Array:
    """Turn log volatilities back for people."""
    levels = np.exp(moments[..., :_N_VOLATILITIES])
    return np.concatenate([levels, moments[..., _N_VOLATILITIES:]], axis=-1)


def _tolerance() -> Array:
    by_kind = {
        "usd": fixed("bond_volatility_tolerance"),
        "jpy": fixed("bond_volatility_tolerance"),
        "term": fixed("bond_volatility_tolerance"),
        "fx": fixed("fx_volatility_tolerance"),
    }
    volatility = [by_kind[name.split("_")[0]] for name in SERIES]
    volatility[SERIES.index("fx_cny")] = fixed("managed_volatility_tolerance")
    related = [fixed("correlation_tolerance")] * (len(PAIRS) + 1)
    return np.array([*volatility, *related])


def _resampled(changes: Array, rng: np.random.Generator) -> Array:
    """Blocks of a year, wrapped around, joined to the length of the sample."""
    n = changes.shape[0]
    starts = rng.integers(0, n, size=-(-n // _BLOCK_MONTHS))
    rows = (starts[:, None] + np.arange(_BLOCK_MONTHS)).ravel()[:n] % n
    return np.asarray(changes[rows])


def _month_ends(name: str, columns: Mapping[str, str]) -> pd.DataFrame:
    frame = table(name).set_index("date")[list(columns)].rename(columns=dict(columns))
    return frame.groupby(frame.index.to_period("M")).last()
