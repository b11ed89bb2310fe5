"""The US block beside FRB/US: the fit, and how near it comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from selloff.bridge.us import us_rules, us_world
from selloff.data import vintage
from selloff.evidence import Bank, parameters
from selloff.model.economy.drivers import Drivers
from selloff.model.economy.united_states.core import UsPaths, UsRules, UsWorld, us_paths
from selloff.pipeline import jax_settings
from selloff.vocab import BP, PCT, TENOR_YEARS

Array = NDArray[np.float64]
QUARTERS: Final = (0, 3, 7, 19, 39)
N_QUARTERS: Final = 40
FRBUS: Final[Mapping[str, tuple[float, ...]]] = {
    "ten_year": (1.00, 0.90, 0.85, 0.74, 0.73),
    "gdp": (0.00, -0.35, -0.54, -0.31, -0.02),
    "unemployment": (0.00, 0.16, 0.27, 0.24, 0.15),
    "policy": (0.00, -0.10, -0.31, -0.49, -0.29),
    "dollar": (3.8, 3.4, 3.2, 2.4, 1.6),
    "debt": (-0.06, 0.38, 0.97, 1.89, 2.34),
}
"""FRB/US, 10-year term premium one point higher for 40 quarters: deviations at `QUARTERS`, in
percent and percentage points. Run with pyfrbus and the model of 2024, VAR expectations."""
TOLERANCE: Final[Mapping[str, float]] = {"gdp": 0.05, "unemployment": 0.03, "debt": 0.35}
"""Largest difference that is accepted [percent, percentage points]."""
FITTED: Final = (
    "us_demand_persistence",
    "us_demand_adaptation",
    "us_demand_ten_year",
    "us_demand_policy",
    "us_okun_impact",
    "us_okun_level",
    "us_okun_speed",
    "debt_reaction",
)
_PRIOR: Final[Mapping[str, tuple[float, float]]] = {
    "us_demand_policy": (0.8, 0.2),
    "us_okun_impact": (0.45, 0.1),
    "us_okun_level": (0.6, 0.5),
}
"""Middle and spread of what five points alone would leave open."""
_PRECISION: Final[Mapping[str, float]] = {"gdp": 0.03, "unemployment": 0.02, "debt": 0.1}


@dataclass(frozen=True, eq=False)
class Fit:
    """The US block on the path of FRB/US."""

    medians: Mapping[str, float]
    """Parameters by name, in their own units."""
    found: Mapping[str, Array]
    """GDP, unemployment and debt at `QUARTERS` [percent, percentage points]."""

    def worst(self, name: str) -> float:
        """Find the largest difference from FRB/US."""
        return float(np.max(np.abs(self.found[name] - FRBUS[name])))


@jax_settings()
def shipped_fit() -> Fit:
    """Put the medians of the parameter table beside FRB/US."""
    medians = _medians()
    return Fit({name: medians[name] for name in FITTED}, _read(_paths(medians)))


@jax_settings()
def fit_us() -> Fit:
    """Find the medians that bring the US block nearest to FRB/US.

    Least squares over GDP, unemployment and debt to GDP at five quarters, with a weak pull of
    three parameters to where other evidence puts them.
    """
    medians = _medians()
    start = np.log([medians[name] for name in FITTED])
    world, luck, drivers = (
        us_world(vintage(), N_QUARTERS),
        jnp.zeros((N_QUARTERS, 3)),
        frbus_drivers(),
    )
    paths = jax.jit(us_paths)

    def misses(logs: Array) -> Array:
        values = {**medians, **dict(zip(FITTED, np.exp(logs).tolist(), strict=True))}
        found = _at_quarters(paths(drivers, luck, world, _rules(values)))
        data = [(np.asarray(found[n]) - np.array(FRBUS[n])) / p for n, p in _PRECISION.items()]
        pull = [(values[n] - middle) / spread for n, (middle, spread) in _PRIOR.items()]
        return np.concatenate([*data, np.array(pull)])

    logs = least_squares(misses, start, method="lm", x_scale="jac").x
    best = dict(zip(FITTED, np.exp(logs).tolist(), strict=True))
    return Fit(best, _read(_paths({**medians, **best})))


def frbus_drivers() -> Drivers:
    """Lay out the yields, the policy rate and the dollar of the run of FRB/US.

    Source: `FRBUS`.
    """
    path = {name: np.interp(range(N_QUARTERS), QUARTERS, FRBUS[name]) for name in FRBUS}
    years = np.array(TENOR_YEARS)
    weight = np.clip((years - 0.25) / (10.0 - 0.25), 0.0, 1.0)
    yields = np.outer(path["policy"], 1.0 - weight) + np.outer(path["ten_year"], weight)
    zeros = np.zeros((N_QUARTERS, 4))
    return Drivers(
        yields=jnp.asarray(yields * PCT),
        jgb=jnp.asarray(zeros[:, 0]),
        rates=jnp.asarray(np.stack([path["policy"] * PCT, zeros[:, 0]], axis=1)),
        log_fx=jnp.asarray(zeros),
        broad=jnp.asarray(np.log1p(path["dollar"] * PCT)),
        stress=jnp.asarray(zeros[:, :2]),
        spent=jnp.asarray(zeros[:, :2]),
        jgbs=jnp.asarray(zeros[:, 0]),
    )


def _medians() -> dict[str, float]:
    return {row.name: row.p50 for row in parameters().values()}


def _rules(values: Mapping[str, float]) -> UsRules:
    """One draw of rules, through the same door as the bank's."""
    draws = {name: np.full(1, each) for name, each in values.items()}
    return jax.tree.map(lambda leaf: leaf[0], us_rules(Bank(draws, {})))


def _paths(values: Mapping[str, float]) -> UsPaths:
    world: UsWorld = us_world(vintage(), N_QUARTERS)
    return us_paths(frbus_drivers(), jnp.zeros((N_QUARTERS, 3)), world, _rules(values))


def _at_quarters(paths: UsPaths) -> dict[str, jax.Array]:
    at = jnp.array(QUARTERS)
    return {
        "gdp": paths.gdp[at] / PCT,
        "unemployment": paths.unemployment[at] / PCT,
        "debt": (paths.debt_ratio - paths.debt_ratio_base)[at] / PCT,
        "premium": paths.premium[at] / BP,
    }


def _read(paths: UsPaths) -> dict[str, Array]:
    return {name: np.asarray(each) for name, each in _at_quarters(paths).items()}
