"""The United States down to arrays: the budget ahead, and parameters in the model's units."""

import jax.numpy as jnp
import numpy as np

from selloff.bridge.build import build, read
from selloff.bridge.curve import par_yields
from selloff.bridge.fiscal import alive, fiscal_shocks
from selloff.bridge.operators import BUCKET_YEARS
from selloff.data import Vintage, federal
from selloff.evidence import Bank, fixed
from selloff.model.economy.markets.borrowers import BorrowerRules
from selloff.model.economy.united_states.core import UsRules, UsWorld
from selloff.model.economy.united_states.federal_debt import Budget
from selloff.model.economy.united_states.ratings import RatingRules
from selloff.vocab import TENOR_YEARS


def us_world(world: Vintage, n_quarters: int) -> UsWorld:
    """Lay out the budget ahead of a vintage.

    Source: `data/federal.py`.
    """
    ahead = federal(world, n_quarters)
    curve, full = world.curves["USD"], fixed("debt_premium_full_tenor")
    weights = world.outstanding / world.outstanding.sum()
    budget = Budget(
        alive=jnp.asarray(alive(ahead.gross)),
        loading=jnp.asarray(np.minimum(np.array(TENOR_YEARS) / full, 1.0)),
        new_rate=jnp.asarray(weights @ par_yields(curve, np.array(BUCKET_YEARS))),
        opening=jnp.asarray(ahead.debt[0]),
        debt=jnp.asarray(ahead.debt[1:]),
        interest=jnp.asarray(ahead.interest),
        revenue=jnp.asarray(ahead.revenue),
        gdp=jnp.asarray(ahead.gdp[1:]),
    )
    return UsWorld(budget=budget, past_ratio=jnp.asarray(ahead.past_ratio))


def us_rules(bank: Bank) -> UsRules:
    """Turn the bank's draws into the parameters of output, budget and chance."""
    return build(UsRules, "us", bank, shocks=fiscal_shocks(bank))


def rating_rules(bank: Bank) -> RatingRules:
    """Turn the bank's draws into what makes a cut more likely."""
    return build(RatingRules, "ratings", bank)


def borrower_rules(bank: Bank, world: Vintage) -> BorrowerRules:
    """Turn the bank's draws into a mortgage and a wall of debt, in the vintage's dollars."""
    ten_year = float(par_yields(world.curves["USD"], np.array([10.0]))[0])
    opening = ten_year + read("borrowers.opening_rate", bank)
    return build(BorrowerRules, "borrowers", bank, world, opening_rate=jnp.asarray(opening))
