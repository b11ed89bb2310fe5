"""A small United States with made-up numbers, and drivers that can be anything."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from selloff.model.economy.drivers import Drivers
from selloff.model.economy.markets.borrowers import BorrowerRules
from selloff.model.economy.united_states.activity import Activity, Demand, Labour, Prices
from selloff.model.economy.united_states.core import UsRules, UsWorld, us_paths
from selloff.model.economy.united_states.federal_debt import Budget, FiscalRule, FiscalShocks
from selloff.model.economy.united_states.ratings import RatingRules
from selloff.vocab import TENOR_YEARS, TENORS
from twin.us_numpy import alive

N_QUARTERS = 12
TEN = TENORS.index("10Y")
run = jax.jit(us_paths)


def scalars(**values: float) -> dict[str, Any]:
    return {name: jnp.asarray(value) for name, value in values.items()}


def world(n_quarters: int = N_QUARTERS) -> UsWorld:
    quarters = np.arange(n_quarters)
    gross = np.outer(1.0 + 0.01 * quarters, [6000.0, 0.0, 250, 200, 300, 150, 180, 30, 60])
    debt = 30_000.0 + 450.0 * (quarters + 1)
    return UsWorld(
        budget=Budget(
            alive=jnp.asarray(alive(gross, TENOR_YEARS)),
            loading=jnp.minimum(jnp.array(TENOR_YEARS) / 10.0, 1.0),
            debt=jnp.asarray(debt),
            interest=jnp.asarray(250.0 + 5.0 * quarters),
            revenue=jnp.asarray(1400.0 + 10.0 * quarters),
            gdp=jnp.asarray(31_000.0 * 1.01**quarters),
            **scalars(new_rate=0.04, opening=30_000.0),
        ),
        past_ratio=jnp.array([0.95, 0.955, 0.96, 0.97]),
    )


def activity() -> Activity:
    return Activity(
        demand=Demand(
            **scalars(
                persistence=0.9,
                adaptation=0.08,
                ten_year=1.2,
                policy=0.7,
                dollar=0.15,
                spread=5.0,
                premium=0.75,
                stocks=0.16,
                fear=0.0004,
                easing=8.0,
            )
        ),
        labour=Labour(**scalars(impact=0.45, level=1.1, speed=0.02)),
        prices=Prices(**scalars(persistence=0.85, slope=0.4, pass_through=0.04)),
    )


def rules(**fiscal: float) -> UsRules:
    return UsRules(
        economy=activity(),
        fiscal=FiscalRule(
            **scalars(
                **(
                    {"premium": 0.03, "cyclical": 0.35, "reaction": 0.04, "seen": 0.7, "over": 0.5}
                    | fiscal
                )
            )
        ),
        shocks=FiscalShocks(
            memory=jnp.array([0.8, 0.92, 0.97]),
            spread=jnp.array([[0.012, 0.0, 0.0], [0.006, 0.006, 0.0], [0.001, 0.001, 0.003]]),
        ),
        moved=jnp.array([[0.0115, 0.002], [-0.13, -0.09], [22.0, 12.0]]),
    )


def ratings() -> RatingRules:
    return RatingRules(
        **scalars(
            hazard=0.1,
            interest=5.0,
            trend=5.0,
            ten_year=20.0,
            usual_interest=0.1,
            usual_trend=0.026,
        )
    )


def mortgage() -> BorrowerRules:
    return BorrowerRules(
        **scalars(
            loan=325_000.0, opening_rate=0.065, loan_years=30.0, maturing=950.0, debt_years=1.5
        )
    )


def drivers(n_quarters: int = N_QUARTERS, **moved: NDArray[np.float64]) -> Drivers:
    """Nothing moves, but for what is given."""
    shapes = {
        "yields": (n_quarters, len(TENORS)),
        "jgb": (n_quarters,),
        "rates": (n_quarters, 2),
        "log_fx": (n_quarters, 4),
        "broad": (n_quarters,),
        "stress": (n_quarters, 2),
        "spent": (n_quarters, 2),
        "jgbs": (n_quarters,),
    }
    return Drivers(
        **{
            name: jnp.broadcast_to(jnp.asarray(moved.get(name, 0.0), jnp.float64), shape)
            for name, shape in shapes.items()
        }
    )


def no_chance(n_quarters: int = N_QUARTERS) -> jax.Array:
    return jnp.zeros((n_quarters, 3))


def anything(seed: int, n_quarters: int = N_QUARTERS) -> tuple[Drivers, jax.Array]:
    """Random drivers and chance."""
    rng = np.random.default_rng(seed)
    moved = {
        "yields": 0.01 * rng.standard_normal((n_quarters, len(TENORS))),
        "rates": 0.01 * rng.standard_normal((n_quarters, 2)),
        "broad": 0.05 * rng.standard_normal(n_quarters),
        "stress": rng.uniform(0.0, 1.5, (n_quarters, 2)),
    }
    return drivers(n_quarters, **moved), jnp.asarray(rng.standard_normal((n_quarters, 3)))
