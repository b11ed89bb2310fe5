"""How well the logit of currency crises ranks and weighs what it was not shown."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from origins.crisis_panel import CrisisPanel, crashes, crisis_panel
from selloff.data import emerging_panel, table
from selloff.evidence import parameters
from selloff.vocab import PCT

Array = NDArray[np.float64]
Predict = Callable[[CrisisPanel, bool], Array]
"""Chances for a panel, with the world or in a quiet one."""
Fitter = Callable[..., Predict]
"""Fits a panel with weights and gives its predictions."""
FIRST_TEST: Final = 2004
"""Years from here on are predicted from the years before."""
_EDGES: Final = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0)


def auroc(onset: Array, chance: Array) -> float:
    """Chance that a crisis was ranked above a quiet year.

    Source: Mann and Whitney (1947).
    """
    begun = onset == 1.0
    n, m = int(begun.sum()), int((~begun).sum())
    return float(rankdata(chance)[begun].sum() - 0.5 * n * (n + 1)) / (n * m)


def brier(onset: Array, chance: Array) -> float:
    """Mean squared error of chances.

    Source: Brier (1950).
    """
    return float(np.mean((chance - onset) ** 2))


def calibration(onset: Array, chance: Array) -> list[dict[str, float]]:
    """Hold predicted chances against what happened, bin by bin."""
    rows = []
    for low, high in pairwise(_EDGES):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            rows.append(
                {
                    "from": low,
                    "to": high,
                    "predicted": round(float(chance[inside].mean()), 4),
                    "observed": round(float(onset[inside].mean()), 4),
                    "country_years": int(inside.sum()),
                    "crises": int(onset[inside].sum()),
                }
            )
    return rows


def scores(panel: CrisisPanel, fit: Fitter, *, vix: Mapping[int, float]) -> dict[str, Any]:
    """Score the model in sample, year by year ahead, and country by country left out."""
    everything = np.ones(panel.onset.size)
    shown = fit(panel, everything)
    ahead = _ahead(panel, fit)
    apart = _apart(panel, fit)
    return {
        "in_sample": _told(panel, shown(panel, False), shown(panel, True)),
        "expanding_window": ahead,
        "country_left_out": apart,
        "other_choices": _others(panel, fit, vix),
        "sovereign_distress": _distress(panel, shown(panel, True)),
        "against_flags": against_flags(),
    }


def _told(
    panel: CrisisPanel, chance: Array, quiet: Array, base: Array | None = None
) -> dict[str, Any]:
    """Scores of one exercise; `base` is the share of crises a forecaster without a model knows."""
    onset = panel.onset
    climate = np.full(onset.size, onset.mean()) if base is None else base
    years = [panel.year == year for year in np.unique(panel.year)]
    mixed = [pick for pick in years if 0.0 < onset[pick].sum() < pick.sum()]
    weights = [onset[pick].sum() for pick in mixed]
    within = np.average([auroc(onset[pick], quiet[pick]) for pick in mixed], weights=weights)
    return {
        "country_years": int(onset.size),
        "crises": int(onset.sum()),
        "auroc": round(auroc(onset, chance), 3),
        "auroc_countries_only": round(auroc(onset, quiet), 3),
        "auroc_within_years": round(float(within), 3),
        "brier": round(brier(onset, chance), 4),
        "brier_climatology": round(brier(onset, climate), 4),
        "mean_chance": round(float(chance.mean()), 4),
        "share_of_crises": round(float(onset.mean()), 4),
        "calibration": calibration(onset, chance),
    }


def _ahead(panel: CrisisPanel, fit: Fitter) -> dict[str, Any]:
    chance, quiet, base = (np.full(panel.onset.size, np.nan) for _ in range(3))
    for year in range(FIRST_TEST, int(panel.year.max()) + 1):
        before, now = panel.year < year, panel.year == year
        found = fit(panel, before.astype(np.float64))
        chance[now], quiet[now] = found(panel, False)[now], found(panel, True)[now]
        base[now] = panel.onset[before].mean()
    late = panel.year >= FIRST_TEST
    return _told(_rows(panel, late), chance[late], quiet[late], base[late])


def _apart(panel: CrisisPanel, fit: Fitter) -> dict[str, Any]:
    chance, quiet, base = (np.zeros(panel.onset.size) for _ in range(3))
    for iso3 in np.unique(panel.iso3):
        own = panel.iso3 == iso3
        found = fit(panel, (~own).astype(np.float64))
        chance[own], quiet[own] = found(panel, False)[own], found(panel, True)[own]
        base[own] = panel.onset[~own].mean()
    return _told(panel, chance, quiet, base)


def _others(panel: CrisisPanel, fit: Fitter, vix: Mapping[int, float]) -> dict[str, Any]:
    """In-sample ranking under other choices."""
    harder = crisis_panel(vix, threshold=0.25)
    dollars = crisis_panel(vix, others=0.0)
    covered = _rows(panel, np.isfinite(panel.short_term))
    indebted = replace(
        covered, seen=np.concatenate([covered.seen, covered.short_term[:, None]], axis=1)
    )
    cases = {
        "depreciation_of_25_percent": (harder, 1.0),
        "against_the_dollar": (dollars, 1.0),
        "priors_twice_as_wide": (panel, 2.0),
        "priors_half_as_wide": (panel, 0.5),
        "short_term_debt_known": (covered, 1.0),
        "short_term_debt_added": (indebted, 1.0),
    }
    found = {}
    for name, (case, width) in cases.items():
        chance = fit(case, np.ones(case.onset.size), width=width)
        found[name] = {
            "country_years": int(case.onset.size),
            "crises": int(case.onset.sum()),
            "auroc": round(auroc(case.onset, chance(case, False)), 3),
            "auroc_countries_only": round(auroc(case.onset, chance(case, True)), 3),
        }
    return found


def _distress(panel: CrisisPanel, quiet: Array) -> dict[str, Any]:
    """Whether chances of a currency crisis also rank defaults, which they were not fitted to."""
    starts = table("sovereign_distress_starts")
    begun = set(zip(starts["iso3"], starts["date"].dt.year, strict=True))
    covered = np.isin(panel.iso3, starts["iso3"].unique())
    flag = np.array([float(each in begun) for each in zip(panel.iso3, panel.year, strict=True)])
    return {
        "country_years": int(covered.sum()),
        "starts": int(flag[covered].sum()),
        "auroc_countries_only": round(auroc(flag[covered], quiet[covered]), 3),
    }


def against_flags() -> dict[str, int]:
    """Hold computed crisis years against the flags of economic historians."""
    flags = table("currency_crises_annual")
    flags = flags.set_index(["iso3", flags["date"].dt.year.rename("year")])["currency_crisis"]
    least = parameters()["crisis_threshold"].p50 * PCT
    own = crashes(emerging_panel()["fx_end_lc_per_usd"], least)
    both = own.to_frame("own").join(flags, how="inner").dropna()
    years = both.index.get_level_values("year")
    found = {}
    for name, pick in (("to_2010", years <= 2010), ("from_2011", years > 2010)):
        found[f"{name}_compared"] = int(pick.sum())
        found[f"{name}_equal"] = int((both["own"] == both["currency_crisis"])[pick].sum())
    return found


def _rows(panel: CrisisPanel, keep: NDArray[np.bool_]) -> CrisisPanel:
    return CrisisPanel(**{name: values[keep] for name, values in vars(panel).items()})
