"""Candidate pricing cores: draws of the structure, in units of risk aversion."""

from collections.abc import Mapping

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float
from numpy.typing import NDArray

from selloff.evidence import parameters, sample
from selloff.model.economy import Economy, MaturityGrid
from selloff.model.equilibrium import fx_loadings, integrated_decay, solve_equilibrium
from selloff.model.impact import bond_supply, fx_supply, impact_operator
from selloff.vocab import CURRENCIES

_MANAGED = CURRENCIES.index("CNY")


class ReferenceBond(eqx.Module):
    """The bond whose sale and whose yield impacts are quoted on.

    Source: a 10-year par bond.
    """

    grid: MaturityGrid
    profile: Float[Array, " m"]
    """Value of one USD bn of the bond by maturity of its cash flows [USD bn]."""
    weights: Float[Array, " m"]
    """Response of its yield to log prices of zeros on the grid, per year [1/year]."""


class Moments(eqx.Module):
    """What a candidate implies, to be held against the data.

    Source: MODEL section 10 for the impacts, sample volatilities for the rest.
    """

    is_solved: Bool[Array, "*d"]
    bond_volatility: Float[Array, "*d j"]
    """Of the 10-year par yield [decimal per sqrt(year)]."""
    fx_volatility: Float[Array, "*d k"]
    """Of log exchange rates [decimal per sqrt(year)]."""
    bond_impact: Float[Array, "*d j"]
    """Rise of each 10-year yield per USD bn of 10-year dollar par bonds sold [1/USD bn]."""
    fx_impact: Float[Array, "*d k"]
    """Log rise of a currency when 1% of its area's GDP is bought [log]."""


def propose(n_draws: int, rng: np.random.Generator, gdp: NDArray[np.float64]) -> Economy:
    """Draw candidate economies with risk aversion one.

    Arguments:
        n_draws: how many [count].
        rng: source of randomness.
        gdp: GDP of each currency area, the dollar first [USD bn].

    Returns:
        Economies, stacked along the first axis; amounts are in units of 1 / risk aversion.

    Source: the proposal rows of the parameter table.
    """
    table = parameters()
    one = {name: sample(table[name], n_draws, rng)[:, None] for name in _STRUCTURE}
    n_j = len(CURRENCIES)
    managed = np.where(np.arange(n_j) == _MANAGED, 1.0, 0.0)
    reversion = one["short_rate_reversion"] * (
        1.0 + managed * (one["yuan_reversion_multiple"] - 1.0)
    )
    base = np.array([table[f"short_rate_volatility_{c.lower()}"].p50 for c in CURRENCIES])
    size = gdp / gdp[0]
    lean = (1.0 + managed * (one["yuan_slope_multiple"] - 1.0))[:, 1:]
    bond_speed = np.repeat(one["bond_demand_reversion"], n_j, axis=1)
    fx_speed = np.repeat(one["fx_demand_reversion"], n_j - 1, axis=1)
    demand = np.sqrt(2.0 * np.concatenate([bond_speed, fx_speed], axis=1))
    volatility = np.concatenate([one["short_rate_volatility_scale"] * base, demand], axis=1)
    return Economy(
        kappa=jnp.asarray(np.concatenate([reversion, bond_speed, fx_speed], axis=1)),
        sigma=jax.vmap(jnp.diag)(jnp.asarray(volatility)),
        risk_aversion=jnp.ones(n_draws),
        bond_slope=jnp.asarray(one["bond_slope"] * size),
        bond_demand=jnp.asarray(one["bond_demand"] * size),
        fx_slope=jnp.asarray(one["fx_slope"] * lean * size[1:]),
        fx_demand=jnp.asarray(one["fx_demand"] * size[1:]),
        habitat_scale=jnp.asarray(one["habitat_scale"][:, 0]),
    )


def moments(
    economy: Economy, decay: Float[Array, ""], gdp: Float[Array, " j"], *, bond: ReferenceBond
) -> Moments:
    """Solve one candidate and read off what it implies.

    Arguments:
        economy: the candidate.
        decay: rate at which a lasting supply is unwound [1/year].
        gdp: GDP of each currency area [USD bn].
        bond: the bond impacts are quoted on.

    Returns:
        Its moments.

    Source: MODEL section 1.
    """
    grid, n_j = bond.grid, economy.n_currencies
    solved = solve_equilibrium(economy, grid, tolerance=1e-9, max_steps=100, n_stages=1)
    loadings = integrated_decay(solved.dynamics, grid, n_j)
    currencies = fx_loadings(solved.dynamics, n_j)
    sold = bond_supply(solved, grid, bond.profile[None], 0)
    exposure = jnp.concatenate([sold, -fx_supply(solved, n_j)], axis=1)
    impact = impact_operator(economy, solved, grid, exposure=exposure, decay=decay)
    own = -jnp.diagonal(impact.currencies[:, 1:])
    return Moments(
        is_solved=solved.is_solved,
        bond_volatility=_volatility(jnp.einsum("m,mnj->nj", bond.weights, loadings), economy),
        fx_volatility=_volatility(currencies, economy),
        bond_impact=jnp.einsum("m,mj->j", bond.weights, impact.bonds[:, :, 0]),
        fx_impact=0.01 * gdp[1:] * own,
    )


def _volatility(loadings: Float[Array, "n c"], economy: Economy) -> Float[Array, " c"]:
    return jnp.sqrt(jnp.einsum("nc,nm,mc->c", loadings, economy.variance, loadings))


def solve_all(
    economies: Economy,
    decay: NDArray[np.float64],
    gdp: NDArray[np.float64],
    *,
    bond: ReferenceBond,
    chunk: int = 512,
) -> Mapping[str, NDArray[np.float64]]:
    """Solve many candidates, a chunk at a time.

    Arguments:
        economies: candidates stacked along the first axis.
        decay: rate at which each one's lasting supply is unwound [1/year].
        gdp: GDP of each currency area [USD bn].
        bond: the bond impacts are quoted on.
        chunk: candidates solved together [count].

    Returns:
        Fields of `Moments` by name.

    Source: MODEL section 1.
    """
    solve = jax.jit(jax.vmap(lambda e, k: moments(e, k, jnp.asarray(gdp), bond=bond)))
    parts = []
    for start in range(0, decay.shape[0], chunk):
        rows = slice(start, start + chunk)
        some = jax.tree.map(lambda leaf, rows=rows: leaf[rows], economies)
        parts.append(solve(some, jnp.asarray(decay[rows])))
    joined = jax.tree.map(lambda *leaves: np.concatenate([np.asarray(x) for x in leaves]), *parts)
    return {name: getattr(joined, name) for name in Moments.__dataclass_fields__}


_STRUCTURE = (
    "short_rate_reversion",
    "yuan_reversion_multiple",
    "short_rate_volatility_scale",
    "bond_demand_reversion",
    "fx_demand_reversion",
    "bond_slope",
    "bond_demand",
    "fx_slope",
    "yuan_slope_multiple",
    "fx_demand",
    "habitat_scale",
)
