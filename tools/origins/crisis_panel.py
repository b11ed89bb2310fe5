"""Currency crises of emerging economies year by year, and what could be seen the year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import jax.numpy as jnp
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.bridge.emerging import crisis_limits
from selloff.data import REGIMES, emerging_panel, listed_economies, table
from selloff.data.emerging import regime_of
from selloff.evidence import parameters
from selloff.model.economy.emerging.crisis import Economies, fundamentals, pressures
from selloff.vocab import PCT, factor

Array = NDArray[np.float64]
FIRST_YEAR: Final = 1992
LAST_YEAR: Final = 2021
"""The last year with exchange rates at its end."""
_SEEN: Final = (
    "reserves",
    "current_account_pct_gdp",
    "inflation_pct",
    "real_appreciation_pct",
    "external_debt",
    "exchange_move_pct",
)
_UNITS: Final = ("crisis_unit_yield", "crisis_unit_dollar", "crisis_unit_vix")


@dataclass(frozen=True, eq=False)
class CrisisPanel:
    """Country-years in which a crisis could begin."""

    iso3: NDArray[np.str_]
    year: NDArray[np.int64]
    seen: Array
    """Fundamentals of the year before, as `model.crisis.fundamentals` lines them up."""
    floating: Array
    """One for a floating exchange rate the year before [flag]."""
    world: Array
    """Pressures of the year itself, as `model.crisis.pressures` lines them up."""
    onset: Array
    """One where a crisis begins [flag]."""
    short_term: Array
    """Log of short-term debt over reserves the year before; not a number where unknown [log]."""


def crisis_panel(
    vix: Mapping[int, float], *, threshold: float | None = None, others: float | None = None
) -> CrisisPanel:
    """Line up the country-years in which a crisis could begin.

    A crisis year is one in which a basket of currencies, of which `others` are not the dollar,
    rises by the threshold against the currency between the ends of two years; it begins where the
    year before was none, and years inside are left out.
    """
    rows = parameters()
    least = rows["crisis_threshold"].p50 * PCT if threshold is None else threshold
    panel = emerging_panel().copy()
    share = rows["crisis_basket_others"].p50 if others is None else others
    begins = onsets(in_basket(panel["fx_end_lc_per_usd"], share), least)
    panel["reserves"] = panel["reserves_usd_bn"] / panel["gdp_usd_bn"]
    panel["external_debt"] = panel["external_debt_usd_bn"] / panel["gdp_usd_bn"]
    panel["short_term"] = np.log(panel["short_term_debt_usd_bn"] / panel["reserves_usd_bn"])
    before = panel[[*_SEEN, "short_term"]].groupby("iso3").shift(1)
    joined = before.assign(onset=begins).dropna(subset=[*_SEEN, "onset"]).reset_index()
    joined = joined[joined["year"].between(FIRST_YEAR, LAST_YEAR) & _has_currency(joined)]
    return CrisisPanel(
        iso3=joined["iso3"].to_numpy(dtype=np.str_),
        year=joined["year"].to_numpy(dtype=np.int64),
        seen=_fundamentals(joined),
        floating=np.array([regime_of(x) == "floating" for x in joined["exchange_move_pct"]], float),
        world=_world(vix)[joined["year"].to_numpy() - FIRST_YEAR],
        onset=joined["onset"].to_numpy(dtype=np.float64),
        short_term=joined["short_term"].to_numpy(dtype=np.float64),
    )


def in_basket(year_end: pd.Series, others: float) -> pd.Series:
    """Turn local currency per dollar into local currency per unit of a trade basket.

    The dollar of the basket is held; the others fall against it as the broad dollar rises.
    """
    frame = table("world_conditions_annual")
    level = pd.Series(
        np.log(frame["dollar_advanced_q4_index"].to_numpy()), index=frame["date"].dt.year
    )
    dollar = parameters()["crisis_broad_share"].p50 * level
    years = year_end.index.get_level_values("year")
    return year_end * np.exp(-others * dollar.reindex(years).to_numpy())


def onsets(year_end: pd.Series, threshold: float) -> pd.Series:
    """Find the years in which a crisis begins.

    Source: Reinhart and Rogoff (2009).
    """
    is_crisis = crashes(year_end, threshold)
    was_crisis = is_crisis.groupby("iso3").shift(1)
    return is_crisis.where(was_crisis == 0.0)


def crashes(year_end: pd.Series, threshold: float) -> pd.Series:
    """Find the years in which a currency falls by the threshold.

    Source: Reinhart and Rogoff (2009).
    """
    known = year_end.where(year_end > 0.0)
    rise = known / known.groupby("iso3").shift(1) - 1.0
    return (rise >= threshold).astype(np.float64).where(rise.notna())


def _has_currency(joined: pd.DataFrame) -> pd.Series:
    until = {each.iso3: each.left_out_from or LAST_YEAR + 1 for each in listed_economies()}
    return joined["year"] < joined["iso3"].map(until)


def _fundamentals(joined: pd.DataFrame) -> Array:
    regimes = [regime_of(x) for x in joined["exchange_move_pct"]]
    economies = Economies(
        reserves=jnp.asarray(joined["reserves"].to_numpy()),
        current_account=jnp.asarray(joined["current_account_pct_gdp"].to_numpy() * PCT),
        inflation=jnp.asarray(joined["inflation_pct"].to_numpy() * PCT),
        appreciation=jnp.asarray(joined["real_appreciation_pct"].to_numpy() * PCT),
        debt=jnp.asarray(joined["external_debt"].to_numpy()),
        regime=jnp.asarray(np.array([[float(r == each) for each in REGIMES] for r in regimes])),
    )
    return np.asarray(fundamentals(economies, jnp.asarray(crisis_limits())))


def _world(vix: Mapping[int, float]) -> Array:
    """Pressures year by year; the dollar against advanced currencies stands for the broad one."""
    rows = parameters()
    frame = table("world_conditions_annual")
    frame = frame.set_index(frame["date"].dt.year)
    years = np.arange(FIRST_YEAR, LAST_YEAR + 1)
    dollar = rows["crisis_broad_share"].p50 * np.log(frame["dollar_advanced_q4_index"]).diff()
    fear = np.array([vix[int(year)] for year in years])
    found = pressures(
        jnp.asarray(frame["us_ten_year_q4_pct"].diff()[years].to_numpy() * PCT),
        jnp.asarray(dollar[years].to_numpy()),
        vix=jnp.asarray(fear - fear.mean()),
        tight=jnp.array([rows["emerging_tight_dollar"].p50 * PCT, rows["emerging_tight_vix"].p50]),
        unit=jnp.array([rows[name].p50 * factor(rows[name].unit) for name in _UNITS]),
    )
    return np.asarray(found)
