"""The United States down to arrays: the budget ahead, and parameters in the model's units."""

from functools import lru_cache

import jax
import numpy as np

from selloff.bridge.arrays import put
from selloff.bridge.build import build, read
from selloff.bridge.curve import par_yields, ten_years
from selloff.bridge.fiscal import alive, fiscal_shocks
from selloff.bridge.markets import market_responses
from selloff.bridge.operators import BUCKET_YEARS
from selloff.data import Vintage, federal
from selloff.evidence import Bank, fixed
from selloff.model.economy.markets.assets import at_rest
from selloff.model.economy.markets.borrowers import BorrowerRules
from selloff.model.economy.united_states.core import UsRules, UsWorld
from selloff.model.economy.united_states.federal_debt import Budget
from selloff.model.economy.united_states.ratings import RatingRules
from selloff.vocab import TENOR_YEARS


@lru_cache(maxsize=8)
def us_world(world: Vintage, n_quarters: int) -> UsWorld:
    """Lay out the budget ahead of a vintage.

    Source: `data/federal.py`.
    """
    ahead = federal(world, n_quarters)
    curve, full = world.curves["USD"], fixed("debt_premium_full_tenor")
    weights = world.outstanding / world.outstanding.sum()
    budget = Budget(
        alive=put(alive(ahead.gross)),
        loading=put(np.minimum(np.array(TENOR_YEARS) / full, 1.0)),
        new_rate=put(weights @ par_yields(curve, np.array(BUCKET_YEARS))),
        opening=put(ahead.debt[0]),
        debt=put(ahead.debt[1:]),
        interest=put(ahead.interest),
        revenue=put(ahead.revenue),
        gdp=put(ahead.gdp[1:]),
    )
    return UsWorld(budget=budget, past_ratio=put(ahead.past_ratio))


@lru_cache(maxsize=4)
def us_rules(bank: Bank) -> UsRules:
    """Turn the bank's draws into the parameters of output, budget and chance."""
    moved = jax.jit(jax.vmap(at_rest))(market_responses(bank))
    return build(UsRules, "us", bank, shocks=fiscal_shocks(bank), moved=moved)


def rating_rules(bank: Bank) -> RatingRules:
    """Turn the bank's draws into what makes a cut more likely."""
    return build(RatingRules, "ratings", bank)


def borrower_rules(bank: Bank, world: Vintage) -> BorrowerRules:
    """Turn the bank's draws into a mortgage and a wall of debt, in the vintage's dollars."""
    opening = ten_years(world.curves["USD"]) + read("borrowers.opening_rate", bank)
    return build(BorrowerRules, "borrowers", bank, world, opening_rate=put(opening))
