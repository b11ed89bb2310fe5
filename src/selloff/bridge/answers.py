"""Parameters of everybody else's answers, from the bank's units to the engine's."""

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from selloff.bridge.build import build
from selloff.bridge.operators import Supplies, core
from selloff.bridge.reference import GRID
from selloff.bridge.rows import ABSORBING, GROUPS, Rows, row_books
from selloff.bridge.size import growth_since
from selloff.data import Vintage
from selloff.engine import Reactions
from selloff.evidence import Bank, Parameter, fix, parameters
from selloff.model.pricing.equilibrium import Equilibrium, fx_loadings, integrated_decay
from selloff.scenario import Rules
from selloff.vocab import CURRENCIES, TENORS, dollar_year, measure

Array = NDArray[np.float64]


def replaced(bank: Bank, rules: Rules, world: Vintage) -> Bank:
    """Put the scenario's own numbers in place of the bank's."""
    given = rules.model_dump(exclude_none=True)
    asked = (row for row in parameters().values() if row.rule in given)
    return fix(bank, {row.name: _own(row, given[row.rule], world) for row in asked})


def _own(row: Parameter, given: float, world: Vintage) -> float:
    """A scenario's number in the unit of the table; distances in percent become logs."""
    value = given * (measure(row.rule.rpartition("_")[2]) / measure(row.unit))
    year = dollar_year(row.unit)
    is_log = row.unit == "log"
    return float(np.log1p(value)) if is_log else value / growth_since(year, world)


def reactions(bank: Bank, world: Vintage, what: Supplies, *, who: Rows) -> Reactions:
    """Turn the bank's draws into the engine's parameters."""
    return build(
        Reactions,
        "",
        bank,
        world,
        positions=jnp.asarray(_positions(bank, world, who)),
        policy=jnp.asarray(_policy(bank, what)),
    )


def _positions(bank: Bank, world: Vintage, who: Rows) -> Array:
    """Levered funds' bonds by row: the row of Cayman funds first, then domestic funds' row."""
    books = row_books(who, world)
    wanted = bank.draws["levered_holdings_frac"] * world.outstanding.sum()
    found = np.zeros((bank.n_draws, *books.shape))
    for row in (GROUPS.index("levered"), ABSORBING.index("usa_household")):
        held = books[row].sum()
        taken = np.minimum(wanted, held)
        found[:, row] = (taken / held if held > 0.0 else 0.0 * taken)[:, None] * books[row]
        wanted = wanted - taken
    return found


def _policy(bank: Bank, what: Supplies) -> Array:
    """Response of outputs to the short rates of dollar and yen."""
    _, solved = core(bank)
    bonds, currencies = (np.asarray(each) for each in _loadings(solved))
    dollar = np.einsum("om,dmr->dor", what.outputs, bonds[:, :, :, 0])
    foreign = np.einsum("m,dmrj->djr", what.outputs[TENORS.at("10Y")], bonds[:, :, :, 1:])
    return np.concatenate([dollar, foreign, -currencies.swapaxes(1, 2)], axis=1)


@eqx.filter_jit
@jax.vmap
def _loadings(found: Equilibrium) -> tuple[jax.Array, jax.Array]:
    """Loadings of zero log prices and log exchange rates on the two short rates."""
    n_j = len(CURRENCIES)
    bonds = integrated_decay(found.dynamics, GRID, n_j)
    return bonds[:, :2, :], fx_loadings(found.dynamics, n_j)[:2]
