"""First calibration: volatilities from the data, price impact at its priors."""

import platform
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from selloff.bridge.reference import GRID, reference
from selloff.data import Vintage, vintage
from selloff.evidence import Z95, Bank, parameters, sample, sample_with, save_bank
from selloff.model.economy import Economy, MaturityGrid
from selloff.model.equilibrium import solve_equilibrium
from selloff.pipeline import set_up_jax
from selloff.studies.proposals import ReferenceBond, propose, solve_all
from selloff.vocab import BP, CURRENCIES, PCT, NoEquilibriumError

Array = NDArray[np.float64]
_PROPOSAL_GRID = MaturityGrid(0.5, 60)
_BOUNDARY = (1.1, 1.25, 1.5, 2.0, 3.0, 5.0)
_REFERENCE = "2024-12"
"""The impact priors are quoted in dollars of this year."""


def rebuild_bank(
    *,
    folder: Path | None = None,
    n_draws: int = 512,
    n_proposals: int = 6144,
    seed: int = 0,
) -> Bank:
    """Calibrate and save the bank that ships with the package.

    Arguments:
        folder: where to; the package's own by default.
        n_draws: draws kept [count].
        n_proposals: candidates solved [count].
        seed: of the random numbers [integer].

    Returns:
        The bank.

    Raises:
        OutputError: the folder cannot be written.

    Source: importance sampling; see `build_bank`.
    """
    bank = build_bank(n_draws=n_draws, n_proposals=n_proposals, seed=seed)
    save_bank(bank, folder or Path(__file__).parents[1] / "evidence" / "bank")
    return bank


def build_bank(*, n_draws: int, n_proposals: int, seed: int) -> Bank:
    """Draw the structure, keep what meets the data, and scale it to the impact prior.

    Dynamics depend on risk aversion only through its products with amounts; impact per
    dollar is proportional to it. So volatilities choose the structure, and risk aversion is
    then set so that the 10-year impact is the drawn one.

    Arguments:
        n_draws: draws kept [count].
        n_proposals: candidates solved [count].
        seed: of the random numbers [integer].

    Returns:
        The bank with its certificate.

    Raises:
        NoEquilibriumError: no candidate has an equilibrium near the data.

    Source: importance sampling, after the Bayesian melding of Poole and Raftery (2000).
    """
    set_up_jax()
    rng = np.random.default_rng(seed)
    world = vintage(_REFERENCE)
    gdp = np.array([world.gdp_usd_bn[c] for c in CURRENCIES])
    economies = propose(n_proposals, rng, gdp)
    decay = sample(parameters()["supply_decay"], n_proposals, rng)
    found = solve_all(economies, decay, gdp, bond=_bond(world, _PROPOSAL_GRID))
    weights, log_ratio = _weights(found)
    kept = _resample(weights, n_draws, rng)
    economies = jax.tree.map(lambda leaf: leaf[kept], economies)
    target = _draw_impact(log_ratio[kept], rng)
    fine = solve_all(economies, decay[kept], gdp, bond=_bond(world, GRID))
    aversion = target / fine["bond_impact"][:, 0]
    draws = _lay_out(_rescale(economies, aversion), aversion, fine)
    draws |= {"permanent_impact": target / (BP / 100.0), "supply_decay": decay[kept]}
    draws |= _around_the_core(draws, rng)
    draws["distance_to_boundary"] = _distance(economies)
    certificate = _certificate(draws, found, weights, seed=seed)
    return Bank(draws, certificate)


def _bond(world: Vintage, grid: MaturityGrid) -> ReferenceBond:
    quoted = reference(world, grid=grid)
    # A zero yield is minus its log price over its life; the point at zero carries no weight.
    per_year = quoted.ten_year_weights / np.maximum(np.asarray(grid.years), grid.step)
    return ReferenceBond(grid, jnp.asarray(quoted.profile), jnp.asarray(per_year))


def _weights(found: Mapping[str, Array]) -> tuple[Array, Array]:
    """Kernel weights on volatilities, and prior over proposal density of the impact ratio."""
    table = parameters()
    is_solved = (found["is_solved"] > 0) & (found["bond_impact"][:, 0] > 0)
    names = [f"fx_volatility_{c.lower()}" for c in CURRENCIES[1:]]
    tolerance = [
        table["managed_volatility_tolerance" if c == "CNY" else "fx_volatility_tolerance"].p50
        for c in CURRENCIES[1:]
    ]
    with np.errstate(invalid="ignore", divide="ignore"):
        fx_gap = np.log(found["fx_volatility"] / [table[name].p50 for name in names]) / tolerance
        bond_gap = np.log(found["bond_volatility"][:, 0] / table["usd_10y_volatility"].p50)
        bond_gap /= table["bond_volatility_tolerance"].p50
        log_ratio = np.log(found["fx_impact"][:, 0] / found["bond_impact"][:, 0])
    misfit = np.sum(fx_gap**2, axis=1) + bond_gap**2
    usable = is_solved & np.isfinite(misfit) & np.isfinite(log_ratio)
    weights = np.where(usable, np.exp(-0.5 * np.where(usable, misfit, 0.0)), 0.0)
    if not weights.sum() > 0.0:
        raise NoEquilibriumError(
            f"calibrate: none of {weights.size} candidates has an equilibrium near the data; "
            "allowed: at least one. Solve more candidates or lower the ranges of bond_demand "
            "and fx_demand in evidence/parameters.csv."
        )
    log_ratio = np.where(usable, log_ratio, 0.0)
    centre, spread = _ratio_prior()
    mean = np.average(log_ratio, weights=weights)
    width = np.sqrt(np.average((log_ratio - mean) ** 2, weights=weights))
    tilt = -0.5 * ((log_ratio - centre) / spread) ** 2 + 0.5 * ((log_ratio - mean) / width) ** 2
    # The tilt towards the prior is bounded: far tails of the proposals are too thin to trust.
    return weights * np.exp(np.clip(tilt, -3.0, 3.0)), log_ratio


def _ratio_prior() -> tuple[float, float]:
    """Centre and spread of ln(currency impact / bond impact) under the two priors."""
    bond, currency = _log_prior("permanent_impact"), _log_prior("fx_impact")
    shift = np.log(PCT) - np.log(BP / 100.0)
    return currency[0] - bond[0] + float(shift), float(np.hypot(bond[1], currency[1]))


def _log_prior(name: str) -> tuple[float, float]:
    row = parameters()[name]
    return float(np.log(row.p50)), float(np.log(row.p95 / row.p05) / (2.0 * Z95))


def _resample(weights: Array, n_draws: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Systematic resampling: low variance, repeatable."""
    ladder = np.cumsum(weights) / np.sum(weights)
    marks = (np.arange(n_draws) + rng.uniform()) / n_draws
    return rng.permutation(np.minimum(np.searchsorted(ladder, marks), weights.size - 1))


def _draw_impact(log_ratio: Array, rng: np.random.Generator) -> Array:
    """Bond impact given the ratio the structure implies: conditional of two lognormals."""
    (bond, bond_sd), (_, currency_sd) = _log_prior("permanent_impact"), _log_prior("fx_impact")
    centre, spread = _ratio_prior()
    pull = -(bond_sd**2) / spread**2
    mean = bond + pull * (log_ratio - centre)
    sd = bond_sd * currency_sd / spread
    return np.exp(mean + sd * rng.standard_normal(log_ratio.shape)) * BP / 100.0


def _rescale(economies: Economy, aversion: Array) -> Economy:
    """Leave every product with risk aversion as it is and move risk aversion itself."""
    scale = jnp.asarray(aversion)
    names = ("bond_slope", "bond_demand", "fx_slope", "fx_demand")
    return eqx.tree_at(
        lambda e: [getattr(e, name) for name in names] + [e.risk_aversion],
        economies,
        [getattr(economies, name) / scale[:, None] for name in names] + [scale],
    )


def _lay_out(economies: Economy, aversion: Array, found: Mapping[str, Array]) -> dict[str, Array]:
    solve = jax.jit(jax.vmap(lambda e: solve_equilibrium(e, GRID, n_stages=1).dynamics))
    volatility = jnp.diagonal(economies.sigma, axis1=1, axis2=2)
    return {
        "core_kappa": np.asarray(economies.kappa),
        "core_volatility": np.asarray(volatility),
        "core_risk_aversion": aversion,
        "core_bond_slope": np.asarray(economies.bond_slope),
        "core_bond_demand": np.asarray(economies.bond_demand),
        "core_fx_slope": np.asarray(economies.fx_slope),
        "core_fx_demand": np.asarray(economies.fx_demand),
        "core_habitat_scale": np.asarray(economies.habitat_scale),
        "core_dynamics": np.asarray(solve(economies)),
        "fx_impact": found["fx_impact"][:, 0] * aversion / PCT,
        "reached_fx_impact": found["fx_impact"] * aversion[:, None],
        "reached_spillover": found["bond_impact"] / found["bond_impact"][:, :1],
        "reached_bond_volatility": found["bond_volatility"],
        "reached_fx_volatility": found["fx_volatility"],
    }


def _around_the_core(core: Mapping[str, Array], rng: np.random.Generator) -> dict[str, Array]:
    """Parameters outside the pricing core, each on its own or with the one its row names."""
    outside = ("pricing", "calibration target", "baseline noise")
    rows = [
        row
        for name, row in parameters().items()
        if name not in core and row.mechanism not in outside
    ]
    n_draws = core["permanent_impact"].size
    drawn = {row.name: sample(row, n_draws, rng) for row in rows if not row.drawn_with}
    for row in rows:
        if row.drawn_with:
            drawn[row.name] = sample_with(row, (drawn | dict(core))[row.drawn_with], rng)
    return drawn


def _distance(economies: Economy) -> Array:
    """Largest factor on the demand factors at which an equilibrium is still found."""
    solve = jax.jit(
        jax.vmap(lambda e: solve_equilibrium(e, _PROPOSAL_GRID, max_steps=150).is_solved)
    )
    reached = np.ones(economies.kappa.shape[0])
    alive = np.ones(reached.shape, dtype=bool)
    for factor in _BOUNDARY:
        riskier = eqx.tree_at(
            lambda e: [e.bond_demand, e.fx_demand],
            economies,
            [factor * economies.bond_demand, factor * economies.fx_demand],
        )
        alive &= np.asarray(solve(riskier))
        reached[alive] = factor
    return reached


def _certificate(
    draws: dict[str, Array], found: Mapping[str, Array], weights: Array, *, seed: int
) -> dict[str, Any]:
    def spread(values: Array, scale: float = 1.0) -> list[float]:
        return [round(float(x), 4) for x in np.percentile(values, [5, 50, 95]) / scale]

    table = parameters()
    return {
        "method": "importance sampling of the pricing core; other parameters from their priors",
        "seed": seed,
        "n_draws": int(draws["permanent_impact"].shape[0]),
        "n_proposals": int(weights.shape[0]),
        "share_with_equilibrium": round(float(np.mean(found["is_solved"])), 4),
        "effective_sample_size": round(float(np.sum(weights) ** 2 / np.sum(weights**2)), 1),
        "n_distinct_structures": int(np.unique(draws["core_habitat_scale"]).size),
        "reference_dollars": _REFERENCE,
        "reached_p05_p50_p95": {
            "permanent_impact_bp_per_usd_100bn": spread(draws["permanent_impact"]),
            "fx_impact_pct_per_pct_gdp_jpy": spread(draws["fx_impact"]),
            "fx_impact_pct_per_pct_gdp_eur": spread(draws["reached_fx_impact"][:, 1], PCT),
            "spillover_jgb_10y": spread(draws["reached_spillover"][:, 1]),
            "usd_10y_volatility_bp": spread(draws["reached_bond_volatility"][:, 0], BP),
            "jpy_volatility_pct": spread(draws["reached_fx_volatility"][:, 0], PCT),
            "distance_to_boundary": spread(draws["distance_to_boundary"]),
        },
        "targets": {
            name: [row.p05, row.p50, row.p95]
            for name, row in table.items()
            if row.mechanism == "calibration target" or name in ("permanent_impact", "fx_impact")
        },
        "versions": {
            name: version(name) for name in ("selloff", "jax", "jaxlib", "numpy", "optimistix")
        }
        | {"python": platform.python_version()},
    }


def describe(bank: Bank, tell: Callable[[str], None]) -> None:
    """Say in a few lines what a bank reached.

    Arguments:
        bank: the bank.
        tell: takes one line of text.

    Source: the bank's certificate.
    """
    for name, reached in bank.certificate["reached_p05_p50_p95"].items():
        tell(f"{name}: median {reached[1]:g} (5-95%: {reached[0]:g} to {reached[2]:g})")
