"""Emerging economies at a vintage and how they answer, in the model's units."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.arrays import put
from selloff.bridge.build import build
from selloff.bridge.bystanders import sold_in_march
from selloff.bridge.japan import value_and_durations
from selloff.data import EmergingEconomy, Vintage, emerging
from selloff.evidence import Bank, fixed
from selloff.evidence.crisis import load_crisis
from selloff.model.economy.emerging.crisis import CrisisModel, Economies
from selloff.model.economy.emerging.economies import EmergingRules, EmergingWorld
from selloff.vocab import PCT, REGIMES, TENOR_YEARS

Array = NDArray[np.float64]


@lru_cache(maxsize=4)
def emerging_world(world: Vintage) -> EmergingWorld:
    """Set out the emerging economies at a vintage."""
    found, _ = emerging(world.date, world.snapshot)
    shares, durations = _treasuries(found, world)
    reserves = np.array([each.reserves_usd_bn / each.gdp_usd_bn for each in found])
    return EmergingWorld(
        economies=economies_of(found),
        treasuries=put(shares * reserves),
        durations=put(durations),
        march=put([sold_in_march(each.iso3) for each in found]),
    )


def _treasuries(found: Sequence[EmergingEconomy], world: Vintage) -> tuple[Array, Array]:
    """Treasuries over reserves and how their value falls; the mean of known books elsewhere."""
    at = {holder: i for i, holder in enumerate(world.holders)}
    books = [world.books[at[h]] if (h := f"{e.iso3}_official") in at else None for e in found]
    known = [(e, b) for e, b in zip(found, books, strict=True) if b is not None and b.sum() > 0.0]
    if not known:
        return np.zeros(len(found)), np.zeros((len(found), len(TENOR_YEARS)))
    usual = np.sum([book for _, book in known], axis=0)
    price, durations = value_and_durations(usual, world)
    share = price * usual.sum() / sum(each.reserves_usd_bn for each, _ in known)
    shares, rows = np.full(len(found), share), np.tile(durations, (len(found), 1))
    for i, (each, book) in enumerate(zip(found, books, strict=True)):
        if book is not None and book.sum() > 0.0:
            price, rows[i] = value_and_durations(book, world)
            shares[i] = min(price * book.sum() / each.reserves_usd_bn, 1.0)
    return shares, rows


def economies_of(found: Sequence[EmergingEconomy]) -> Economies:
    """Turn figures in percent and USD bn into fractions of GDP."""
    return Economies(
        reserves=put([each.reserves_usd_bn / each.gdp_usd_bn for each in found]),
        current_account=put([each.current_account_pct_gdp * PCT for each in found]),
        inflation=put([each.inflation_pct * PCT for each in found]),
        appreciation=put([each.real_appreciation_pct * PCT for each in found]),
        debt=put([each.external_debt_pct_gdp * PCT for each in found]),
        regime=put([[float(each.regime == one) for one in REGIMES] for each in found]),
    )


def emerging_rules(bank: Bank) -> EmergingRules:
    """Turn the bank's draws and the estimated logit into the model's parameters."""
    return build(EmergingRules, "emerging", bank, crisis=_crisis(bank))


def crisis_limits() -> Array:
    """Read the limits beyond which a fundamental counts no more."""
    account, real, slowest, fastest, reserves, debt = (
        fixed(f"crisis_{name}") * PCT
        for name in (
            *("limit_current_account", "limit_appreciation", "least_inflation"),
            *("most_inflation", "least_reserves", "most_debt"),
        )
    )
    lowest = [-np.inf, -account, np.log1p(slowest), -real, 0.0]
    return np.array([lowest, [-np.log(reserves), account, np.log1p(fastest), real, debt]])


def _crisis(bank: Bank) -> CrisisModel:
    """The logit draw by draw; a bank of another size goes round the posterior draws."""
    known, n = load_crisis(), bank.n_draws
    own: dict[str, Any] = {name: put(_cycled(values, n)) for name, values in known.draws.items()}
    return build(
        CrisisModel,
        "emerging.crisis",
        bank,
        **own,
        centre=put(np.tile(known.centre, (n, 1))),
        scale=put(np.tile(known.scale, (n, 1))),
        limits=put(np.tile(crisis_limits(), (n, 1, 1))),
    )


def _cycled(values: Array, n_draws: int) -> Array:
    return np.asarray(values[np.arange(n_draws) % values.shape[0]])
