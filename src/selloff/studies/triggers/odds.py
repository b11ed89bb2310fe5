"""What could set a large sale off, and how likely each path is: a tree along the baseline."""

from collections.abc import Mapping
from typing import Any, Final

import jax.numpy as jnp
import numpy as np
from jaxtyping import Array as JaxArray
from numpy.typing import NDArray

from selloff.pipeline import jax_settings, prepare
from selloff.scenario import load
from selloff.studies.samples import spread_of
from selloff.studies.triggers.inputs import list_inputs, triggers
from selloff.studies.triggers.settings import TRIGGERS, checked
from selloff.studies.triggers.trees import grow_trees, yen_state
from selloff.vocab import PCT

Array = NDArray[np.float64]

HORIZONS_YEARS: Final = (1, 5, 10)
PATHS: Final = {"none": "no-sale", "descent": "controlled-descent", "dump": "japan-dump"}
"""Every path, and the preset that tells it."""
STORIES: Final = {
    "yen_crash": "yen-crash",
    "taiwan_conflict": "taiwan-conflict",
    "debt_ceiling": "debt-ceiling",
    "background": "controlled-descent",
}
"""The preset that tells what each trigger does."""
NOTES: Final = {
    "yen_crash": "Japan buys yen in rounds, likelier the weaker the yen against its trend of a "
    "year; few rounds grow into a crash.",
    "taiwan_conflict": "No state of the model speaks of Taiwan: equally likely in every year.",
    "debt_ceiling": "A matter of bills and equity. In 2011 long yields fell: a standoff does not "
    "itself raise term premia. Likelier the higher the 10-year yield.",
    "background": "Japan or China cuts its book by more than a third over some years, as other "
    "large holders have; nothing sets it off.",
}


@jax_settings()
def trigger_paths(
    *,
    vintage: str | None = None,
    draws: int = 2000,
    seed: int = 0,
    intensities: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Work out how likely no sale, a controlled descent and a dump are over 1, 5 and 10 years."""
    given = checked(intensities)
    ready = prepare(load("no-sale").model_copy(update={"vintage": vintage}), seed=seed)
    yen = yen_state(ready)
    set_off = triggers(ready.bank, float(jnp.minimum(yen.gap, yen.limit)), given)
    tree, came = grow_trees(ready, yen, set_off, years=HORIZONS_YEARS, n_draws=draws)
    base = np.asarray(set_off.base)[ready.rows(range(draws))] / PCT
    chances = {
        "none": np.asarray(tree.none),
        "descent": np.asarray(tree.descent).sum(axis=2),
        "dump": np.asarray(tree.dump).sum(axis=2),
    }
    return {
        "vintage": ready.world.id,
        "draws": draws,
        "seed": seed,
        "horizons_years": list(HORIZONS_YEARS),
        "paths": {
            path: {"preset": preset, "chance_frac": _by_horizon(chances[path])}
            for path, preset in PATHS.items()
        },
        "triggers": {
            name: {
                "preset": STORIES[name],
                "note": NOTES[name],
                "is_set": name in given,
                "opening_intensity_pct": _spread(base[:, k]),
                "chance_frac": _by_horizon(np.asarray(came)[:, :, k]),
                "share_of_descents_frac": _share(tree.descent, k),
                "share_of_dumps_frac": _share(tree.dump, k),
            }
            for k, name in enumerate(TRIGGERS)
        },
        "inputs": list_inputs(given),
    }


def _by_horizon(chances: Array) -> dict[str, dict[str, float]]:
    return {str(years): _spread(chances[:, h]) for h, years in enumerate(HORIZONS_YEARS)}


def _spread(values: Array) -> dict[str, float]:
    return {"mean": float(values.mean()), **spread_of(values)}


def _share(begun: JaxArray, k: int) -> float | None:
    """Part of all sales of a kind that a trigger sets off by the last horizon, over all draws."""
    mean = np.asarray(begun)[:, -1].mean(axis=0)
    return float(mean[k] / mean.sum()) if mean.sum() > 0.0 else None
