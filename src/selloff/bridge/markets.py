"""Parameters of markets, from the bank's units to the model's."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.build import build, read
from selloff.data.reserves import OUNCES_PER_TONNE
from selloff.evidence import Bank
from selloff.model.economy.markets.assets import Answers, MarketResponses
from selloff.model.economy.markets.scarce import ScarceMarket
from selloff.vocab import BP, MARKETS, PCT, SPREADS, STRESSES, VOLATILITIES, Axis

Array = NDArray[np.float64]
_USD_BN: Final = 1e-9


def market_responses(bank: Bank) -> MarketResponses:
    """Turn the bank's draws into what markets answer with."""
    bitcoin = read("markets.bitcoin.depth", bank)
    return build(
        MarketResponses,
        "markets",
        bank,
        volatility=_answers("volatility", bank, VOLATILITIES),
        spreads=_answers("spreads", bank, SPREADS),
        spread_volatility=put(
            np.stack([read(f"spreads.{each}", bank) for each in VOLATILITIES], axis=2)
        ),
        assets=_answers("assets", bank, MARKETS),
        episodes=put(_episodes(bank)),
        gold=build(ScarceMarket, "markets.gold", bank, depth=put(_gold_depth(bank))),
        bitcoin=build(ScarceMarket, "markets.bitcoin", bank, depth=put(1.0 / bitcoin)),
    )


def _answers(group: str, bank: Bank, axis: Axis) -> Answers:
    """Slopes on the premium mix those of two samples, with one weight for all of a draw."""
    growth, policy, long, recent, squeeze, doubt = (
        read(f"{group}.{kind}", bank, axis=axis)
        for kind in ("growth", "policy", "premium_long", "premium_recent", *STRESSES)
    )
    weight = bank.draws["market_premium_regime"][:, None]
    premium = (1.0 - weight) * long + weight * recent
    # A dearer yen is a cheaper dollar; only assets answer to currencies directly.
    yen, dollar = (
        read(f"{group}.{kind}", bank, axis=axis) if group == "assets" else 0.0 * growth
        for kind in ("yen", "dollar")
    )
    return Answers(
        by_type=put(np.stack([growth, policy, premium, -yen, dollar], axis=2)),
        by_stress=put(np.stack([squeeze, doubt], axis=2)),
    )


def _episodes(bank: Bank) -> Array:
    """The yen of the episodes is the one that currencies answer with in the engine."""
    rows = []
    for episode, sign in zip(STRESSES, (-1.0, 1.0), strict=True):
        known = [bank.draws[f"market_episode_{episode}_{name}"] for name in ("2y", "10y", "dollar")]
        yen = sign * bank.draws[f"haven_{episode}_jpy"]
        rows.append(np.stack([known[0] * BP, known[1] * BP, yen * PCT, known[2] * PCT], axis=1))
    return np.stack(rows, axis=1)


def _gold_depth(bank: Bank) -> Array:
    """What would double the price of gold: a tonne over its response to one."""
    tonne = bank.draws["gold_opening_price"] * OUNCES_PER_TONNE * _USD_BN
    return np.asarray(tonne / read("markets.gold.depth", bank))
