"""Runs that the claims need, each once, kept as a few numbers a draw."""

from collections.abc import Callable, Mapping
from typing import Final

import jax.numpy as jnp
import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff.pipeline import jax_settings, prepare, run
from selloff.results.schema import is_priced
from selloff.scenario import PART_OF, Reactions, Scenario, load
from selloff.scenario.weights import Asset, Weights
from selloff.studies.essay.claims import Claim
from selloff.studies.essay.quantities import measure
from selloff.studies.measuring import Progress
from selloff.studies.triggers import grow_trees, triggers, yen_state

Array = NDArray[np.float64]
Change = Callable[[Scenario], Scenario]

EVENT_TREE: Final = "event-tree"
"""Not a scenario: what could set a sale off, along the baseline."""
_YEARS: Final = 10


def _turned_into(asset: Asset) -> Change:
    def change(preset: Scenario) -> Scenario:
        weights = Weights({asset: 1.0})
        sellers = [each.model_copy(update={"proceeds": weights}) for each in preset.sellers]
        return preset.model_copy(update={"sellers": tuple(sellers)})

    return change


def _kept_and_alone(preset: Scenario) -> Scenario:
    nobody = Reactions(**dict.fromkeys(PART_OF, False))
    return _turned_into("usd_cash")(preset).model_copy(update={"reactions": nobody})


def _never_worth_it(preset: Scenario) -> Scenario:
    rules = preset.rules.model_copy(update={"run_cost_frac": 1.0})
    return preset.model_copy(update={"rules": rules})


def _first_year(preset: Scenario) -> Scenario:
    return preset.model_copy(update={"horizon_years": 1.0})


def _shock_alone(preset: Scenario) -> Scenario:
    return preset.model_copy(update={"sellers": ()})


VARIANTS: Final[Mapping[str, tuple[str, Change]]] = {
    "dollars-kept": ("japan-dump", _turned_into("usd_cash")),
    "dollars-kept-alone": ("japan-dump", _kept_and_alone),
    "dump-first-year": ("japan-dump", _first_year),
    "nobody-runs": ("japan-dump", _never_worth_it),
    "squeeze-alone": ("taiwan-conflict", _shock_alone),
}
"""Scenarios that differ from a preset in one respect or two, and in which."""


def scenario_of(name: str, vintage: str | None) -> Scenario:
    """Give a scenario by the name that claims use."""
    preset, change = VARIANTS.get(name, (name, lambda same: same))
    return change(load(preset)).model_copy(update={"name": name, "vintage": vintage})


def wanted(claims: tuple[Claim, ...]) -> dict[str, tuple[str, ...]]:
    """List what has to be measured."""
    found: dict[str, dict[str, None]] = {}
    for part in (part for claim in claims for part in claim.parts):
        for scenario in (*part.scenarios, *filter(None, [part.less])):
            found.setdefault(scenario, {}).update(dict.fromkeys(part.quantities))
    return {scenario: tuple(names) for scenario, names in found.items()}


def measure_all(
    claims: tuple[Claim, ...],
    *,
    vintage: str | None,
    draws: int,
    seed: int,
    progress: Progress | None = None,
) -> dict[tuple[str, str], Array]:
    """Run every scenario once and measure what the claims ask of it."""
    asked = wanted(claims)
    found: dict[tuple[str, str], Array] = {}
    is_kept = np.ones(draws, dtype=bool)
    for done, (name, quantities) in enumerate(asked.items(), start=1):
        if name == EVENT_TREE:
            ds = event_tree(vintage, draws=draws, seed=seed)
        else:
            ready = prepare(scenario_of(name, vintage), seed=seed)
            ds = run(ready, n_draws=draws, attribution=False)
            is_kept &= is_priced(ds)
        found |= {(name, quantity): values for quantity, values in measure(ds, quantities).items()}
        if progress is not None:
            progress(done, len(asked))
    return {key: _finite(values[is_kept], key) for key, values in found.items()}


def _finite(values: Array, key: tuple[str, str]) -> Array:
    if not np.isfinite(values).all():
        raise ValueError(f"{key[0]}: {key[1]} is no number in some draws")
    return values


@jax_settings()
def event_tree(vintage: str | None, *, draws: int, seed: int) -> xr.Dataset:
    """Chances of a slow descent and of a dump within ten years, draw by draw."""
    ready = prepare(scenario_of("no-sale", vintage), seed=seed)
    yen = yen_state(ready)
    set_off = triggers(ready.bank, float(jnp.minimum(yen.gap, yen.limit)), {})
    tree, _ = grow_trees(ready, yen, set_off, years=(_YEARS,), n_draws=draws)
    paths = {"descent": tree.descent, "dump": tree.dump}
    return xr.Dataset(
        {name: ("draw", np.asarray(begun)[:, 0].sum(axis=1)) for name, begun in paths.items()}
    )
