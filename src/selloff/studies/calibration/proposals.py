"""Candidate pricing cores: draws of the structure, in units of risk aversion."""

from collections.abc import Mapping, Sequence
from typing import Final

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Bool, Float
from numpy.typing import NDArray
from scipy.special import ndtr

from selloff.evidence import fixed, parameters, quantiles_to_values
from selloff.model.pricing.equilibrium import Equilibrium, fx_loadings, integrated_decay
from selloff.model.pricing.fixed_point import solve_equilibrium
from selloff.model.pricing.habitat import Economy, MaturityGrid
from selloff.model.pricing.impact import bond_supply, fx_supply, impact_operator
from selloff.studies.calibration.moments import MONTHS_PER_YEAR, USD_TENORS
from selloff.vocab import CURRENCIES, PCT

Numbers = NDArray[np.float64]
_MANAGED = CURRENCIES.index("CNY")
_YEN = CURRENCIES.index("JPY")
_TEN: Final = 10.0
_LEAST: Final = 1e-9
"""Chances are kept so far from zero and one [fraction]."""
_STRUCTURE: Final = (
    "short_rate_reversion",
    "short_rate_volatility_scale",
    "short_rate_volatility_jpy",
    "bond_demand_reversion",
    "fx_demand_reversion",
    "bond_slope",
    "bond_demand",
    "fx_slope",
    "fx_demand",
    "habitat_scale",
    "short_rate_correlation",
    "bond_demand_correlation",
    "rate_demand_correlation",
    "fx_demand_correlation",
)
SEARCHED: Final = (*_STRUCTURE, "supply_decay")
"""Parameters that the search moves, in the order of its dimensions."""


class CoreReading(eqx.Module):
    """How yields and impacts are read off the core."""

    grid: MaturityGrid
    profile: Float[Array, " m"]
    """Value of one USD bn of the 10-year par bond by maturity of its cash flows [USD bn]."""
    dollar: Float[Array, "u m"]
    """Response of dollar par yields to log prices of zeros, at `USD_TENORS` [1/year]."""
    yen: Float[Array, "y m"]
    """The same arithmetic at `JPY_TENORS` [1/year]."""

    @property
    def ten(self) -> Float[Array, " m"]:
        """Response of the 10-year par yield [1/year]."""
        return self.dollar[USD_TENORS.index(int(_TEN))]


class Moments(eqx.Module):
    """What a candidate implies, to be held against the data."""

    is_solved: Bool[Array, "*d"]
    covariance: Float[Array, "*d s s"]
    """Of monthly changes of `moments.SERIES`, a year [decimal squared]."""
    bond_impact: Float[Array, "*d j"]
    """Rise of each 10-year yield per USD bn of 10-year dollar par bonds sold [1/USD bn]."""
    fx_impact: Float[Array, "*d k"]
    """Log rise of a currency when 1% of its area's GDP is bought [log]."""


def from_scores(scores: Numbers) -> dict[str, Numbers]:
    """Turn normal scores into parameters."""
    return dict(zip(SEARCHED, values_at(SEARCHED, scores), strict=True))


def values_at(names: Sequence[str], scores: Numbers) -> list[Numbers]:
    """Give the values that parameters have at normal scores, a column each."""
    table, levels = parameters(), np.clip(ndtr(scores), _LEAST, 1.0 - _LEAST)
    return [quantiles_to_values(table[name], levels[:, i]) for i, name in enumerate(names)]


def propose(scores: Numbers, gdp: Numbers) -> Economy:
    """Build candidate economies with risk aversion one."""
    one = {name: values[:, None] for name, values in from_scores(scores).items()}
    n_j = len(CURRENCIES)
    managed = np.where(np.arange(n_j) == _MANAGED, 1.0, 0.0)
    faster = fixed("yuan_reversion_multiple")
    reversion = one["short_rate_reversion"] * (1.0 + managed * (faster - 1.0))
    size = gdp / gdp[0]
    lean = (1.0 + managed * (fixed("yuan_slope_multiple") - 1.0))[1:]
    bond_speed = np.repeat(one["bond_demand_reversion"], n_j, axis=1)
    fx_speed = np.repeat(one["fx_demand_reversion"], n_j - 1, axis=1)
    return Economy(
        kappa=jnp.asarray(np.concatenate([reversion, bond_speed, fx_speed], axis=1)),
        sigma=jnp.asarray(_sigma(one, np.concatenate([bond_speed, fx_speed], axis=1))),
        risk_aversion=jnp.ones(scores.shape[0]),
        bond_slope=jnp.asarray(one["bond_slope"] * size),
        bond_demand=jnp.asarray(one["bond_demand"] * size),
        fx_slope=jnp.asarray(one["fx_slope"] * lean * size[1:]),
        fx_demand=jnp.asarray(one["fx_demand"] * size[1:]),
        habitat_scale=jnp.asarray(one["habitat_scale"][:, 0]),
    )


def _sigma(one: Mapping[str, Numbers], demand_speed: Numbers) -> Numbers:
    """Volatilities times the root of the correlations; demand factors have variance one."""
    n_j = len(CURRENCIES)
    base = np.array([fixed(f"short_rate_volatility_{c.lower()}") for c in CURRENCIES])
    short = one["short_rate_volatility_scale"] * base
    short[:, _YEN] = one["short_rate_volatility_jpy"][:, 0]
    volatility = np.concatenate([short, np.sqrt(2.0 * demand_speed)], axis=1)
    world, shared, rates, dollar = (
        one[name][:, :, None]
        for name in (
            "short_rate_correlation",
            "bond_demand_correlation",
            "rate_demand_correlation",
            "fx_demand_correlation",
        )
    )
    short_rates, bonds, currencies = (
        _equal(*x) for x in ((world, n_j), (shared, n_j), (dollar, n_j - 1))
    )
    # Demand follows its own short rate, and what is left of it moves with other demands.
    across = rates * short_rates
    own = rates**2 * short_rates + (1.0 - rates**2) * bonds
    nothing = np.zeros((rates.shape[0], 2 * n_j, n_j - 1))
    upper = np.block([[short_rates, across], [across, own]])
    whole = np.block([[upper, nothing], [nothing.swapaxes(1, 2), currencies]])
    return np.asarray(volatility[:, :, None] * np.linalg.cholesky(whole))


def _equal(correlation: Numbers, n: int) -> Numbers:
    return np.asarray(correlation + (1.0 - correlation) * np.eye(n))


def moments(
    economy: Economy, decay: Float[Array, ""], gdp: Float[Array, " j"], *, reading: CoreReading
) -> Moments:
    """Solve one candidate and read off what it implies."""
    grid, n_j = reading.grid, economy.n_currencies
    solved = solve_equilibrium(economy, grid, tolerance=1e-9, max_steps=100, n_stages=1)
    sold = bond_supply(solved, grid, reading.profile[None], 0)
    exposure = jnp.concatenate([sold, -fx_supply(solved, n_j)], axis=1)
    impact = impact_operator(economy, solved, grid, exposure=exposure, decay=decay)
    own = -jnp.diagonal(impact.currencies[:, 1:])
    return Moments(
        is_solved=solved.is_solved,
        covariance=covariance_of_changes(economy, loadings(economy, solved, reading)),
        bond_impact=jnp.einsum("m,mj->j", reading.ten, impact.bonds[:, :, 0]),
        fx_impact=PCT * gdp[1:] * own,
    )


def loadings(economy: Economy, solved: Equilibrium, reading: CoreReading) -> Float[Array, "n s"]:
    """Find how the series of the data load on the state.

    Term premium: 10-year zero yield less the average expected short rate,
    A(10)'q / 10 - (1 - exp(-10 kappa)) / (10 kappa) i.
    """
    n_j = economy.n_currencies
    zeros = integrated_decay(solved.dynamics, reading.grid, n_j)
    dollar = jnp.einsum("um,mn->nu", reading.dollar, zeros[:, :, 0])
    yen = jnp.einsum("ym,mn->ny", reading.yen, zeros[:, :, _YEN])
    currencies = -fx_loadings(solved.dynamics, n_j)
    ten = round(_TEN / reading.grid.step)
    turns = _TEN * economy.kappa[0]
    expected = jnp.zeros(economy.n_states).at[0].set(-jnp.expm1(-turns) / turns)
    premium = zeros[ten, :, 0] / _TEN - expected
    return jnp.concatenate([dollar, yen, currencies, premium[:, None]], axis=1)


def covariance_of_changes(economy: Economy, loads: Float[Array, "n s"]) -> Float[Array, "s s"]:
    """Covariance of monthly changes in the long run, scaled to a year.

    Cov(q[t+h] - q[t])_ab = V_ab (2 - exp(-kappa_a h) - exp(-kappa_b h)),
    V_ab = (Sigma Sigma')_ab / (kappa_a + kappa_b)
    """
    kappa, h = economy.kappa, 1.0 / MONTHS_PER_YEAR
    stationary = economy.variance / (kappa[:, None] + kappa)
    gone = -jnp.expm1(-kappa * h)
    change = stationary * (gone[:, None] + gone) / h
    return loads.T @ change @ loads


def solve_all(
    economies: Economy,
    decay: Numbers,
    gdp: Numbers,
    *,
    reading: CoreReading,
    chunk: int = 512,
) -> dict[str, Numbers]:
    """Solve many candidates, a chunk at a time."""
    parts = []
    for start in range(0, decay.shape[0], chunk):
        rows = slice(start, start + chunk)
        some = jax.tree.map(lambda leaf, rows=rows: leaf[rows], economies)
        parts.append(_solve_some(some, jnp.asarray(decay[rows]), jnp.asarray(gdp), reading))
    joined = jax.tree.map(lambda *leaves: np.concatenate([np.asarray(x) for x in leaves]), *parts)
    return {name: getattr(joined, name) for name in Moments.__dataclass_fields__}


@eqx.filter_jit
@eqx.filter_vmap(in_axes=(0, 0, None, None))
def _solve_some(
    economy: Economy, decay: Float[Array, ""], gdp: Float[Array, " j"], reading: CoreReading
) -> Moments:
    return moments(economy, decay, gdp, reading=reading)
