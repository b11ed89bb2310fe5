"""Parameters of markets, from the bank's units to the model's."""

from collections.abc import Sequence
from typing import Final

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from selloff.data.reserves import OUNCES_PER_TONNE
from selloff.evidence import Bank
from selloff.model.economy.markets.assets import Answers, Expectations, MarketResponses
from selloff.model.economy.markets.gold import GoldMarket
from selloff.model.economy.markets.mortgage import Mortgage
from selloff.vocab import (
    BORROWING_RATES,
    BP,
    BUSINESS_DAYS_PER_YEAR,
    MARKETS,
    PCT,
    TENOR_YEARS,
    VOLATILITIES,
)

Array = NDArray[np.float64]
_SPREADS: Final = BORROWING_RATES[1:]
_EPISODES: Final = ("squeeze", "doubt")
_USD_BN: Final = 1e-9


def market_responses(bank: Bank) -> MarketResponses:
    """Turn the bank's draws into what markets answer with.

    Slopes on the term premium mix those of two samples, with one weight for all markets of a draw.
    """
    value = bank.draws
    return MarketResponses(
        expectations=Expectations(
            reversion=jnp.asarray(value["market_path_reversion"]),
            reading=jnp.asarray(value["market_path_reading"]),
            two_year=TENOR_YEARS.index(2.0),
            ten_year=TENOR_YEARS.index(10.0),
        ),
        volatility=_answers(bank, VOLATILITIES, unit=1.0),
        spreads=_answers(bank, _SPREADS, unit=BP),
        spread_volatility=jnp.asarray(_spread_volatility(bank)),
        assets=_answers(bank, MARKETS, unit=PCT),
        episodes=jnp.asarray(_episodes(bank)),
        mortgage=Mortgage(
            pass_through=jnp.asarray(value["mortgage_pass_through"]),
            speed=jnp.asarray(_speed(value["mortgage_half_life"] / BUSINESS_DAYS_PER_YEAR)),
            volatility=jnp.asarray(value["mortgage_move"] * BP),
        ),
        gold=_gold(bank),
    )


def _answers(bank: Bank, names: Sequence[str], *, unit: float) -> Answers:
    """Per 1 percent of output and of currencies, per 100bp of yields: all are a hundredth."""
    columns = [
        _stack(bank, "market_growth_", names),
        _stack(bank, "market_policy_", names),
        _premium(bank, names),
        _slopes(bank, "market_yen_", names, sign=-1.0),
        _slopes(bank, "market_dollar_", names, sign=1.0),
    ]
    slopes = np.stack(columns[:3], axis=2) * unit / PCT
    # Slopes on currencies are percent per percent already.
    currencies = np.stack(columns[3:], axis=2)
    stress = [
        bank.draws[f"market_{episode}_scale"][:, None]
        * _stack(bank, f"market_{episode}_", names)
        * unit
        for episode in _EPISODES
    ]
    return Answers(
        by_type=jnp.asarray(np.concatenate([slopes, currencies], axis=2)),
        by_stress=jnp.asarray(np.stack(stress, axis=2)),
    )


def _stack(bank: Bank, prefix: str, names: Sequence[str]) -> Array:
    return np.stack([bank.draws[f"{prefix}{name}"] for name in names], axis=1)


def _slopes(bank: Bank, prefix: str, names: Sequence[str], *, sign: float) -> Array:
    """Slopes on a currency, zero where a market has none."""
    none = np.zeros(bank.n_draws)
    return np.stack([sign * bank.draws.get(f"{prefix}{name}", none) for name in names], axis=1)


def _premium(bank: Bank, names: Sequence[str]) -> Array:
    weight = bank.draws["market_premium_regime"][:, None]
    long, recent = (
        np.stack([bank.draws[f"market_premium_{name}_{sample}"] for name in names], axis=1)
        for sample in ("long", "recent")
    )
    return np.asarray((1.0 - weight) * long + weight * recent)


def _spread_volatility(bank: Bank) -> Array:
    return BP * np.stack(
        [_stack(bank, f"market_{name}_", _SPREADS) for name in VOLATILITIES], axis=2
    )


def _episodes(bank: Bank) -> Array:
    """The yen of the episodes is the one that currencies answer with in the engine."""
    rows = []
    for episode, sign in zip(_EPISODES, (-1.0, 1.0), strict=True):
        known = [bank.draws[f"market_episode_{episode}_{name}"] for name in ("2y", "10y", "dollar")]
        yen = sign * bank.draws[f"haven_{episode}_jpy"]
        rows.append(np.stack([known[0] * BP, known[1] * BP, yen * PCT, known[2] * PCT], axis=1))
    return np.stack(rows, axis=1)


def _gold(bank: Bank) -> GoldMarket:
    value = bank.draws
    tonne = value["gold_opening_price"] * OUNCES_PER_TONNE * _USD_BN
    response = value["gold_flow_response"] * PCT / 100.0
    return GoldMarket(
        depth=jnp.asarray(tonne / response),
        lasting=jnp.asarray(value["gold_flow_lasting"]),
        speed=jnp.asarray(_speed(value["gold_flow_half_life"])),
    )


def _speed(half_life: Array) -> Array:
    return np.asarray(np.log(2.0) / half_life)
