"""The United States down to arrays: the budget ahead, and parameters in the model's units."""

from typing import Final

import jax.numpy as jnp
import numpy as np

from selloff.bridge.curve import par_yields
from selloff.bridge.fiscal import alive, fiscal_shocks
from selloff.bridge.operators import BUCKET_YEARS
from selloff.bridge.size import growth_since
from selloff.data import Vintage, federal
from selloff.evidence import Bank, parameters
from selloff.model.economy.markets.borrowers import BorrowerRules
from selloff.model.economy.united_states.activity import Activity, Demand, Labour, Prices
from selloff.model.economy.united_states.core import UsRules, UsWorld
from selloff.model.economy.united_states.federal_debt import Budget, FiscalRule
from selloff.model.economy.united_states.ratings import RatingRules
from selloff.vocab import BP, PCT, TENOR_YEARS, TENORS

_LOANS_YEAR: Final = 2025
"""Year of the dollars in which mortgages and firms' debt are quoted."""


def us_world(world: Vintage, n_quarters: int) -> UsWorld:
    """Lay out the budget ahead of a vintage.

    Source: `data/federal.py`.
    """
    ahead = federal(world, n_quarters)
    curve, full = world.curves["USD"], parameters()["debt_premium_full_tenor"].p50
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
    return UsWorld(
        budget=budget, past_ratio=jnp.asarray(ahead.past_ratio), ten_year=TENORS.index("10Y")
    )


def us_rules(bank: Bank) -> UsRules:
    """Turn the bank's draws into the parameters of output, budget and chance."""
    value = {name: jnp.asarray(each) for name, each in bank.draws.items()}
    return UsRules(
        economy=Activity(
            demand=Demand(
                persistence=value["us_demand_persistence"],
                adaptation=value["us_demand_adaptation"],
                ten_year=value["us_demand_ten_year"],
                policy=value["us_demand_policy"],
                dollar=value["us_demand_dollar"],
                squeeze=value["us_demand_squeeze"] * PCT,
            ),
            labour=Labour(
                impact=value["us_okun_impact"],
                level=value["us_okun_level"],
                speed=value["us_okun_speed"],
            ),
            prices=Prices(
                persistence=value["us_inflation_persistence"],
                slope=value["us_phillips_slope"],
                pass_through=value["us_import_pass_through"],
            ),
        ),
        fiscal=FiscalRule(
            premium=value["debt_premium"] * (BP / PCT),
            cyclical=value["debt_cyclical"],
            reaction=value["debt_reaction"],
        ),
        shocks=fiscal_shocks(bank),
    )


def rating_rules(bank: Bank) -> RatingRules:
    """Turn the bank's draws into what makes a cut more likely."""
    value = {name: jnp.asarray(each) for name, each in bank.draws.items()}
    return RatingRules(
        hazard=value["rating_hazard"],
        interest=value["rating_interest"] / PCT,
        trend=value["rating_trend"] / PCT,
        ten_year=value["rating_ten_year"] / PCT,
        usual_interest=value["rating_usual_interest"] * PCT,
        usual_trend=value["rating_usual_trend"] * PCT,
    )


def borrower_rules(bank: Bank, world: Vintage) -> BorrowerRules:
    """Turn the bank's draws into a mortgage and a wall of debt, in the vintage's dollars."""
    value, size = bank.draws, growth_since(_LOANS_YEAR, world)
    ten_year = float(par_yields(world.curves["USD"], np.array([10.0]))[0])
    return BorrowerRules(
        loan=jnp.asarray(size * value["borrower_loan"]),
        opening_rate=jnp.asarray(ten_year + value["borrower_mortgage_spread"] * BP),
        loan_years=jnp.asarray(value["borrower_loan_years"]),
        maturing=jnp.asarray(size * value["borrower_maturing"]),
        debt_years=jnp.asarray(value["borrower_debt_years"]),
    )
