"""An episode of the past, played again: what its flows did, and what else could have happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import jax
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from selloff.bridge import NOBODY, Lowered, lower_episode
from selloff.bridge.noise import FACTORS, NODE_YEARS
from selloff.data import table, trading_days, vintage
from selloff.engine import draw_rows
from selloff.evidence import Bank, load_bank
from selloff.pipeline import Arrays, chance, gather, jax_settings, market_paths
from selloff.scenario import Episode, Reactions
from selloff.studies.backtest.quotes import NOISE_OF, RATES, YIELDS_ABROAD
from selloff.studies.backtest.rivals import known, rival_effects
from selloff.vocab import (
    BOND_MARKETS,
    BP,
    BUSINESS_DAYS_PER_MONTH,
    BUSINESS_DAYS_PER_YEAR,
    FOREIGN,
    PCT,
    PRICES,
    TENORS,
)

Array = NDArray[np.float64]
_DOLLAR = {"us_2y_bp": "2Y", "us_5y_bp": "5Y", "us_10y_bp": "10Y", "us_30y_bp": "30Y"}
_TERM_PREMIUM_STREAM = 1


@dataclass(frozen=True, eq=False)
class Replay:
    """What the model says of an episode, draw by draw."""

    rows: NDArray[np.int64]
    """Rows of the bank that the draws have [index]."""
    effects: Mapping[str, Array]
    """Change by the end of the window that the flows alone make, by variable [bp or percent]."""
    noise: Mapping[str, Array]
    """Change over the window without the flows, by variable [bp or percent]."""
    days: int
    """Length of the window [business days]."""
    face_usd_bn: float
    """Face set out for sale in the window, less purchases [USD bn]."""
    equivalents_usd_bn: float
    """The same in 10-year equivalents [USD bn]."""
    rivals: Mapping[str, Mapping[str, float]]
    """What others would have said of the flows, by rival and variable [bp or percent]."""
    unsold_usd_bn: Array
    """Face of sales still unsold at the end of the window [USD bn]."""
    answers: Mapping[str, Array]
    """What everybody else did by rule by the end of the window, by mechanism [USD bn]."""


@jax_settings()
def replay(
    episode: Episode,
    *,
    bank: Bank | None = None,
    n_draws: int = 2000,
    seed: int = 0,
    reactions: Reactions = NOBODY,
) -> Replay:
    """Play an episode from the vintage just before it."""
    bank = bank or load_bank()
    world = vintage(episode.vintage_id)
    lowered = lower_episode(episode, world, bank, reactions=reactions)
    rows = draw_rows(seed, range(n_draws), n_rows=bank.n_draws)
    found = market_paths(lowered, rows, seed=seed)
    n_days = max(trading_days(episode.start, episode.end), 1)
    last = int(np.searchsorted(lowered.steps.ends, n_days))
    put_up = np.asarray(lowered.inputs.sale.scheduled)[: last + 1].sum(axis=(0, 1))
    bought = np.asarray(lowered.inputs.outside.purchases)[: last + 1].sum(axis=0)
    return Replay(
        rows=rows,
        effects=_effects(found["prices"][:, last]),
        noise=_noise(
            _factors(lowered, rows, seed)[:, last], episode, lowered, last=last, seed=seed
        ),
        days=n_days,
        face_usd_bn=float(np.sum(put_up - bought)),
        equivalents_usd_bn=float((put_up - bought) @ lowered.inputs.books.equivalents),
        rivals=rival_effects(known(lowered.inputs, world, last=last)),
        unsold_usd_bn=put_up.sum() - found["sold"][:, : last + 1].sum(axis=1),
        answers=_answers(found, last=last, prescribed=float(bought.sum())),
    )


def _factors(lowered: Lowered, rows: NDArray[np.int64], seed: int) -> Array:
    """Market noise by draw and step."""
    normals = chance(lowered.inputs, seed, range(rows.size))
    return np.asarray(_noise_paths((lowered.inputs, lowered.draws), rows, normals))


@jax.jit
def _noise_paths(arrays: Arrays, rows: jax.Array, normals: jax.Array) -> jax.Array:
    return gather(arrays, rows, normals)[1].noise


def _answers(found: Mapping[str, Array], *, last: int, prescribed: float) -> dict[str, Array]:
    upto = {name: path[:, : last + 1] for name, path in found.items()}
    return {
        "followers": upto["followed"].sum(axis=1),
        "levered_funds": upto["forced"].max(axis=1),
        "fed_purchases": upto["fed"][:, -1] - prescribed,
        "mof": upto["intervened"][:, -1],
        "boj": upto["foreign_bonds"][:, -1, BOND_MARKETS.at("JPY")],
    }


def _effects(prices: Array) -> dict[str, Array]:
    """Flows move what investors ask for holding bonds: all of it is term premium."""
    dollar = {name: prices[:, TENORS.index(tenor)] / BP for name, tenor in _DOLLAR.items()}
    abroad = {
        name: FOREIGN.pick(prices[:, PRICES.foreign], currency) / BP
        for name, currency in YIELDS_ABROAD.items()
    }
    rates = _rates(lambda currency: FOREIGN.pick(prices[:, PRICES.fx], currency))
    return dollar | {"term_premium_10y_bp": dollar["us_10y_bp"]} | abroad | rates


def _noise(
    factors: Array, episode: Episode, lowered: Lowered, *, last: int, seed: int
) -> dict[str, Array]:
    dollar = {name: FACTORS.pick(factors, tenor) / BP for name, tenor in _DOLLAR.items()}
    abroad = {name: FACTORS.pick(factors, other) / BP for name, other in NOISE_OF.items()}
    slope, sd = term_premium_link(episode.start)
    swell = np.asarray(lowered.inputs.market.swell)[: last + 1, NODE_YEARS.index(10.0)]
    scale = sd * np.sqrt(np.sum(swell**2 * lowered.steps.years[: last + 1]))
    own = np.array(
        [
            np.random.default_rng([seed, draw, _TERM_PREMIUM_STREAM]).standard_normal()
            for draw in range(factors.shape[0])
        ]
    )
    premium = {"term_premium_10y_bp": slope * dollar["us_10y_bp"] + scale * own}
    return dollar | premium | abroad | _rates(lambda currency: FACTORS.pick(factors, currency))


def term_premium_link(until: date) -> tuple[float, float]:
    """Regress changes of the term premium on changes of the 10-year yield.

    Overlapping changes over 21 days; dTP = slope dy + e

    Source: Adrian, Crump and Moench (2013) daily series and H.15.
    """
    premium = table("acm_term_premium_daily").set_index("date")["term_premium_10y_pct"]
    ten = table("us_yields_daily").set_index("date")["10Y"]
    both = pd.concat([premium, ten], axis=1, join="inner").dropna().loc[: pd.Timestamp(until)]
    moves = both.diff(BUSINESS_DAYS_PER_MONTH).dropna().to_numpy() * PCT / BP
    slope = float(moves[:, 0] @ moves[:, 1] / (moves[:, 1] @ moves[:, 1]))
    left = moves[:, 0] - slope * moves[:, 1]
    return slope, float(np.std(left) * np.sqrt(BUSINESS_DAYS_PER_YEAR / BUSINESS_DAYS_PER_MONTH))


def _rates(log_dollars: Callable[[str], Array]) -> dict[str, Array]:
    """Quote exchange rates as markets do, from log dollars per unit of each currency."""
    return {
        name: np.asarray(np.expm1(sign * log_dollars(currency)) / PCT)
        for name, (currency, sign) in RATES.items()
    }
