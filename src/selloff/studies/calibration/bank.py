"""Calibration: moments from the data, price impact from the meta-analysis."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from selloff.bridge.reference import GRID, reference
from selloff.data import Vintage, vintage
from selloff.evidence import (
    BANK_FOLDER,
    REACTION,
    Z95,
    Bank,
    load_meta,
    parameters,
    sample,
    sample_with,
    save_bank,
    versions,
)
from selloff.model.pricing.fixed_point import solve_equilibrium
from selloff.model.pricing.habitat import Economy, MaturityGrid
from selloff.pipeline import jax_settings
from selloff.studies.calibration.fit_tables import fit_tables
from selloff.studies.calibration.moments import (
    JPY_TENORS,
    SERIES,
    USD_TENORS,
    Target,
    moments_of,
    target,
)
from selloff.studies.calibration.proposals import (
    SEARCHED,
    CoreReading,
    from_scores,
    propose,
    solve_all,
)
from selloff.studies.calibration.search import Sample, search
from selloff.vocab import BP, CURRENCIES, PCT, TENOR_YEARS, NoEquilibriumError

Array = NDArray[np.float64]
_BP_PER_100BN: Final = BP / 100.0
"""Unit of bond impacts in the table, as a decimal per USD bn."""
_PROPOSAL_GRID = MaturityGrid(0.5, 60)
_BOUNDARY = (1.1, 1.25, 1.5, 2.0, 3.0, 5.0)
_REFERENCE = "2024-12"
"""The impact priors are quoted in dollars of this year."""
ROUNDS: Final = (6144, 6144, 6144, 6144)
"""Candidates solved in each round of the search [count]."""
_OUTSIDE: Final = (
    "pricing",
    "calibration target",
    "baseline noise",
    "meta-analysis",
    "backtest",
    "carry",
)
"""Mechanisms whose rows are not drawn on their own."""


def rebuild_bank(
    *,
    folder: Path | None = None,
    n_draws: int = 512,
    sizes: tuple[int, ...] = ROUNDS,
    seed: int = 0,
) -> Bank:
    """Calibrate and save the bank that ships with the package."""
    bank = build_bank(n_draws=n_draws, sizes=sizes, seed=seed)
    save_bank(bank, folder or BANK_FOLDER)
    return bank


@jax_settings()
def build_bank(*, n_draws: int, sizes: tuple[int, ...] = ROUNDS, seed: int) -> Bank:
    """Search the structure for what meets the data, and scale it to the impact prior."""
    rng = np.random.default_rng(seed)
    world = vintage(_REFERENCE)
    gdp = np.array([world.gdp_usd_bn[c] for c in CURRENCIES])
    wanted, coarse = target(), _reading(world, _PROPOSAL_GRID)

    def kernel(scores: Array) -> tuple[Array, Mapping[str, Array]]:
        decay = from_scores(scores)["supply_decay"]
        found = solve_all(propose(scores, gdp), decay, gdp, reading=coarse)
        return _log_kernel(found, wanted), found

    sample_ = search(kernel, len(SEARCHED), sizes, least_ess=0.75 * n_draws, rng=rng)
    kept = _resample(_weights(sample_), n_draws, rng)
    scores = sample_.scores[kept]
    structure = from_scores(scores)
    economies = propose(scores, gdp)
    decay = structure["supply_decay"]
    fine = solve_all(economies, decay, gdp, reading=_reading(world, GRID))
    impact = _draw_impact(_log_ratio(fine), rng)
    aversion = impact / fine["bond_impact"][:, 0]
    draws = _lay_out(_rescale(economies, aversion), aversion, fine)
    draws |= {"permanent_impact": impact / _BP_PER_100BN, "supply_decay": decay}
    draws |= _around_the_core(draws, rng)
    draws["distance_to_boundary"] = _distance(economies)
    certificate = _certificate(draws, sample_, seed=seed, sizes=sizes)
    return Bank(draws, certificate | fit_tables(fine["covariance"], wanted, scores))


def _reading(world: Vintage, grid: MaturityGrid) -> CoreReading:
    quoted = reference(world, grid=grid)
    # A zero yield is minus its log price over its life; the point at zero carries no weight.
    per_year = 1.0 / np.maximum(np.asarray(grid.years), grid.step)

    def rows(tenors: tuple[int, ...]) -> Array:
        places = [TENOR_YEARS.index(float(tenor)) for tenor in tenors]
        return np.asarray(quoted.tenor_weights[places] * per_year)

    return CoreReading(
        grid,
        jnp.asarray(quoted.profile),
        jnp.asarray(rows(USD_TENORS)),
        jnp.asarray(rows(JPY_TENORS)),
    )


def _log_kernel(found: Mapping[str, Array], wanted: Target) -> Array:
    """How near candidates come to the data."""
    with np.errstate(invalid="ignore", divide="ignore"):
        gap = (moments_of(found["covariance"]) - wanted.estimate) / wanted.width
        ratio = _log_ratio(found)
    misfit = np.sum(gap**2, axis=1)
    usable = (found["is_solved"] > 0) & np.isfinite(misfit) & np.isfinite(ratio)
    return np.where(usable, -0.5 * np.where(usable, misfit, 0.0), -np.inf)


def _log_ratio(found: Mapping[str, Array]) -> Array:
    """ln(currency impact / bond impact), which does not depend on risk aversion."""
    return np.asarray(np.log(found["fx_impact"][:, 0] / found["bond_impact"][:, 0]))


def _weights(sample_: Sample) -> Array:
    """Weights of the search, tilted so that the ratio of impacts has its prior."""
    if not np.isfinite(sample_.log_weights.max()):
        raise NoEquilibriumError(
            f"calibrate: none of {sample_.log_weights.size} candidates has an equilibrium near the "
            "data; allowed: at least one. Solve more candidates or lower the ranges of bond_demand "
            "and fx_demand in evidence/parameters.csv."
        )
    weights = np.exp(sample_.log_weights - sample_.log_weights.max())
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.concatenate([_log_ratio(each) for each in sample_.found])
    ratio = np.where(weights > 0.0, ratio, 0.0)
    centre, spread = _ratio_prior()
    mean = np.average(ratio, weights=weights)
    width = np.sqrt(np.average((ratio - mean) ** 2, weights=weights))
    tilt = -0.5 * ((ratio - centre) / spread) ** 2 + 0.5 * ((ratio - mean) / width) ** 2
    # The tilt towards the prior is bounded: far tails of the search are too thin to trust.
    return np.asarray(weights * np.exp(np.clip(tilt, -3.0, 3.0)))


def _ratio_prior() -> tuple[float, float]:
    """Centre and spread of ln(currency impact / bond impact) under the two priors."""
    bond, currency = _log_prior("permanent_impact"), _log_prior("fx_impact")
    shift = np.log(PCT) - np.log(_BP_PER_100BN)
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
    return np.exp(mean + sd * rng.standard_normal(log_ratio.shape)) * _BP_PER_100BN


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
    sd = np.sqrt(np.diagonal(found["covariance"], axis1=1, axis2=2))
    currencies = [SERIES.index(f"fx_{c.lower()}") for c in CURRENCIES[1:]]
    return {
        "core_kappa": np.asarray(economies.kappa),
        "core_sigma": np.asarray(economies.sigma),
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
        "reached_bond_volatility": sd[:, [SERIES.index("usd_10y"), SERIES.index("jpy_10y")]],
        "reached_fx_volatility": sd[:, currencies],
    }


def _around_the_core(core: Mapping[str, Array], rng: np.random.Generator) -> dict[str, Array]:
    """Parameters outside the pricing core, each on its own or with one that stands above it."""
    rows = [
        row
        for name, row in parameters().items()
        if name not in core
        and row.mechanism not in _OUTSIDE
        and not row.mechanism.startswith(REACTION)
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
    draws: dict[str, Array], sample_: Sample, *, seed: int, sizes: tuple[int, ...]
) -> dict[str, Any]:
    def spread(values: Array, scale: float = 1.0) -> list[float]:
        return [round(float(x), 4) for x in np.percentile(values, [5, 50, 95]) / scale]

    return {
        "method": "adaptive importance sampling of the pricing core; other parameters from their "
        "distributions",
        "seed": seed,
        "n_draws": int(draws["permanent_impact"].shape[0]),
        "candidates_by_round": list(sizes),
        "effective_sample_size_by_round": [round(each, 1) for each in sample_.ess],
        "kernel_power_by_round": [round(each, 3) for each in sample_.powers],
        "share_with_equilibrium": round(
            float(np.mean(np.concatenate([each["is_solved"] for each in sample_.found]))), 4
        ),
        "n_distinct_structures": int(np.unique(draws["core_habitat_scale"]).size),
        "reference_dollars": _REFERENCE,
        "meta_analysis": dict(load_meta().certificate),
        "reached_p05_p50_p95": {
            "permanent_impact_bp_per_usd_100bn": spread(draws["permanent_impact"]),
            "fx_impact_pct_per_pct_gdp_jpy": spread(draws["fx_impact"]),
            "fx_impact_pct_per_pct_gdp_eur": spread(draws["reached_fx_impact"][:, 1], PCT),
            "spillover_jgb_10y": spread(draws["reached_spillover"][:, 1]),
            "usd_10y_volatility_bp": spread(draws["reached_bond_volatility"][:, 0], BP),
            "jpy_volatility_pct": spread(draws["reached_fx_volatility"][:, 0], PCT),
            "distance_to_boundary": spread(draws["distance_to_boundary"]),
        },
        "versions": versions("jax", "jaxlib", "numpy", "optimistix"),
    }


def describe(bank: Bank, tell: Callable[[str], None]) -> None:
    """Say in a few lines what a bank reached."""
    for name, reached in bank.certificate["reached_p05_p50_p95"].items():
        tell(f"{name}: median {reached[1]:g} (5-95%: {reached[0]:g} to {reached[2]:g})")
