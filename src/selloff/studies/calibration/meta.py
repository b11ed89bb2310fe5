"""What studies that disagree seventy-fold say together, and how much each of them matters."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import jax
import numpy as np
from numpy.typing import NDArray

from selloff.evidence import BANK_FOLDER, estimates, fixed, rows_within, store, versions
from selloff.pipeline import jax_settings
from selloff.studies.calibration.meta_model import Draws, Fit, Priors, fit, table_priors
from selloff.studies.calibration.meta_rows import QUANTITIES, MetaRows, meta_rows
from selloff.studies.calibration.moves import rank_correlation

Array = NDArray[np.float64]
Spreads = dict[str, list[float]]
_DRAWS: Final = 4000
_REFIT_DRAWS: Final = 500
_DIGITS: Final = 4
_R_HAT: Final = 1.01
"""Chains agree below it."""
SEED: Final = 3


@jax_settings()
def rebuild_meta(file: Path | None = None) -> dict[str, Any]:
    """Fit the meta-analysis with all its what-ifs and save it."""
    rows, priors = meta_rows(estimates()), table_priors()
    best = fit(rows, priors, n_draws=_DRAWS, seed=SEED)
    found = {
        "quantities": effects(best.draws),
        "correlations": _correlations(best.draws),
        "without": {
            " ".join(seen): _refit(rows, priors, np.array([i not in seen for i in rows.ids]))
            for seen in _seen_together()
        },
        "studies": {
            name: _refit(rows, priors, np.array([s != name for s in rows.studies]))
            for name in dict.fromkeys(rows.studies)
        },
        "sensitivity": _sensitivity(rows, priors),
        "hyper": _hyper(best.draws, priors),
        "certificate": _certificate(best, rows),
    }
    store(found, file or BANK_FOLDER / "meta.json")
    return found


def _seen_together() -> list[tuple[str, ...]]:
    """List the rows that a window can hold: between any two closes that studies name, and all."""
    windows = [window for each in estimates() for window in each.windows]
    days = sorted({day for window in windows for day in window})
    spans = [*windows, *pairwise(days), (days[0], days[-1])]
    return [seen for seen in dict.fromkeys(rows_within(*span) for span in spans) if seen]


def new_case(draws: Draws) -> dict[str, Array]:
    """Draw the effect in a case nobody has studied.

    mu_q + tau_q z, the same z for effects of one kind; what lasts is at most all but a least part
    of the effect within a month (or days), and what is transient is the rest of it.
    """
    rng = np.random.default_rng(SEED)
    mu, tau = draws["mu"], draws["tau"]
    z = rng.standard_normal((3, mu.shape[0]))
    kind = {"bond_lasting": 0, "bond_month": 0, "fx_lasting": 1, "fx_day": 1, "half_life": 2}
    drawn = {
        name: np.exp(mu[:, i] + tau[:, i] * z[kind[name]]) for i, name in enumerate(QUANTITIES)
    }
    most = 1.0 - fixed("least_transient")
    bond = np.minimum(drawn["bond_lasting"], most * drawn["bond_month"])
    currency = np.minimum(drawn["fx_lasting"], most * drawn["fx_day"])
    return {
        "permanent_impact": bond,
        "transient_impact": drawn["bond_month"] - bond,
        "transient_half_life": drawn["half_life"],
        "fx_impact": currency,
        "fx_transient": drawn["fx_day"] - currency,
    }


def effects(draws: Draws) -> Spreads:
    """Summarise the effect in a new case."""
    return {name: _points(values) for name, values in new_case(draws).items()}


def _points(values: Array) -> list[float]:
    return [float(f"{x:.{_DIGITS}g}") for x in np.percentile(values, [5, 50, 95])]


def _refit(rows: MetaRows, priors: Priors, keep: NDArray[np.bool_]) -> Spreads:
    """Fit again, longer where chains disagree."""
    weight, n_draws = keep.astype(np.float64), _REFIT_DRAWS
    again = fit(rows, priors, weight=weight, n_draws=n_draws, seed=SEED)
    while again.r_hat > _R_HAT and n_draws < _DRAWS:
        n_draws *= 2
        again = fit(rows, priors, weight=weight, n_draws=n_draws, seed=SEED)
    # Every fit leaves compiled programs behind; with dozens of them memory maps run out.
    jax.clear_caches()
    return effects(again.draws)


def _correlations(draws: Draws) -> dict[str, float]:
    case = new_case(draws)
    pairs = {"transient_impact": "permanent_impact", "fx_transient": "fx_impact"}
    return {
        name: round(rank_correlation(case[name], case[partner]), 3)
        for name, partner in pairs.items()
    }


def _sensitivity(rows: MetaRows, priors: Priors) -> dict[str, Spreads]:
    """Other priors, other rows, and each of the two normalisations alone."""
    wide, narrow = (tuple(f * w for w in priors.width) for f in (2.0, 0.5))
    everything = np.ones(len(rows.ids), dtype=bool)
    cases = {
        "priors of the centres twice as wide": (rows, replace(priors, width=wide)),
        "priors of the centres half as wide": (rows, replace(priors, width=narrow)),
        "prior of the spread between studies doubled": (
            rows,
            replace(priors, study_spread=2.0 * priors.study_spread),
        ),
        "amounts grown with GDP alone": (replace(rows, by_stock=rows.by_gdp), priors),
        "amounts grown with the stock of debt alone": (
            replace(rows, by_gdp=rows.by_stock),
            priors,
        ),
    }
    found = {name: _refit(*case, everything) for name, case in cases.items()}
    first_hand = np.array([s in ("verified", "computed") for s in rows.standings])
    not_memory = np.array([s != "memory" for s in rows.standings])
    return found | {
        "without rows from memory": _refit(rows, priors, not_memory),
        "without rows from memory or second hand": _refit(rows, priors, first_hand),
    }


def _hyper(draws: Draws, priors: Priors) -> dict[str, dict[str, Any]]:
    """Prior and posterior of every common parameter; contraction is 1 - (sd / prior sd)^2."""
    half_normal = np.sqrt(1.0 - 2.0 / np.pi)
    found: dict[str, dict[str, Any]] = {}
    for i, name in enumerate(QUANTITIES):
        found[f"mu {name}"] = _beside(draws["mu"][:, i], priors.width[i])
        found[f"tau {name}"] = _beside(draws["tau"][:, i], half_normal * priors.study_spread)
    found["lambda"] = _beside(draws["lambda"], 1.0 / np.sqrt(12.0))
    found["delta"] = _beside(draws["delta"], priors.maturity_offset)
    return found


def _beside(values: Array, prior_sd: float) -> dict[str, Any]:
    contraction = 1.0 - float(np.var(values)) / prior_sd**2
    return {"posterior": _points(values), "contraction": round(contraction, 3)}


def _certificate(best: Fit, rows: MetaRows) -> dict[str, Any]:
    return {
        "method": "Bayesian random-effects meta-analysis, no-U-turn sampler, four chains",
        "seed": SEED,
        "draws": 4 * _DRAWS,
        "least_draws_of_a_refit": 4 * _REFIT_DRAWS,
        "r_hat_asked_of_a_refit": _R_HAT,
        "largest_r_hat": round(best.r_hat, 4),
        "smallest_ess": round(best.ess, 1),
        "divergences": best.divergences,
        "rows": len(rows.ids),
        "studies": len(set(rows.studies)),
        "rows_by_standing": {s: rows.standings.count(s) for s in sorted(set(rows.standings))},
        "versions": versions("numpyro", "jax", "numpy"),
    }
