"""An episode, played again and held against what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from selloff.bridge import NOBODY
from selloff.data import not_known, observed
from selloff.evidence import Bank
from selloff.scenario import Episode, Reactions
from selloff.studies.backtest.events import Window
from selloff.studies.backtest.noise import Surprise
from selloff.studies.backtest.replay import Replay, replay
from selloff.studies.backtest.scores import crps, median_error, weighted_quantiles
from selloff.studies.backtest.verdicts import Forecast, verdict
from selloff.studies.samples import LEVELS, effective_size

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Case:
    """An episode, played again, and what happened."""

    episode: Episode
    played: Replay
    happened: Mapping[str, float]

    @property
    def window(self) -> Window:
        """Day of the last close before, and last day."""
        return self.episode.start, self.episode.end

    @property
    def surprise(self) -> Surprise:
        """What happened less the effect of the flows, in standard deviations of the noise."""
        sizes = {
            name: float(
                (self.happened[name] - np.median(self.played.effects[name]))
                / np.std(self.played.noise[name])
            )
            for name in self.episode.judged
            if np.isfinite(self.happened[name])
        }
        return Surprise(self.window, self.played.days, sizes)


@dataclass(frozen=True, eq=False)
class Weighing:
    """How an episode is scored: by which draws, and with how much noise."""

    weights: Array
    """Of the bank's rows, summing to one [fraction]."""
    scales: Mapping[str, float]
    """How much larger noise is in other episodes than on other days, by variable [ratio]."""

    def of_draws(self, case: Case) -> Array:
        """Weigh the draws of a case, by the rows they have."""
        weights = self.weights[case.played.rows]
        return np.asarray(weights / weights.sum())


def play(
    episode: Episode,
    *,
    bank: Bank,
    n_draws: int,
    seed: int,
    reactions: Reactions = NOBODY,
) -> Case:
    """Play an episode and look up what happened."""
    known = observed(episode.start, episode.end) | dict(episode.observed)
    happened = {name: known.get(name, float("nan")) for name in episode.judged}
    played = replay(episode, bank=bank, n_draws=n_draws, seed=seed, reactions=reactions)
    return Case(episode, played, happened)


def score_case(case: Case, how: Weighing) -> list[dict[str, Any]]:
    """Score every variable of a case."""
    weights = how.of_draws(case)
    return [_score(case, name, weights, how.scales[name]) for name in case.episode.judged]


def _score(case: Case, name: str, weights: Array, scale: float) -> dict[str, Any]:
    happened, effect = case.happened[name], case.played.effects[name]
    noise = scale * case.played.noise[name]
    equal = np.full(noise.size, 1.0 / noise.size)
    ranges = {
        "effect": weighted_quantiles(effect, weights, LEVELS),
        "model": weighted_quantiles(effect + noise, weights, LEVELS),
        "ordinary": weighted_quantiles(effect + case.played.noise[name], weights, LEVELS),
    }
    is_known = bool(np.isfinite(happened))
    claim = Forecast.of(
        name,
        float(ranges["effect"][1]),
        tuple(ranges["model"]),
        happened,
        error=median_error(effect, weights),
    )
    rivals = {
        f"crps_{rival}": _or_none(crps(noise + said[name], equal, happened), is_known)
        for rival, said in case.played.rivals.items()
    }
    return {
        "variable": name,
        "effect": _rounded(ranges["effect"]),
        "model": _rounded(ranges["model"]),
        "observed": round(happened, 2) if is_known else None,
        "inside": claim.is_inside if is_known else None,
        "inside_ordinary": bool(ranges["ordinary"][0] <= happened <= ranges["ordinary"][2])
        if is_known
        else None,
        "sign_hit": claim.sign_hit if is_known else None,
        "crps": _or_none(crps(effect + noise, weights, happened), is_known),
        "verdict": verdict(claim),
    } | rivals


def describe_case(case: Case, how: Weighing) -> dict[str, Any]:
    """Say what was played and how it scored."""
    return {
        "name": case.episode.name,
        "title": case.episode.title,
        "start": case.episode.start.isoformat(),
        "end": case.episode.end.isoformat(),
        "vintage": case.episode.vintage_id,
        "days": case.played.days,
        "net_face_usd_bn": round(case.played.face_usd_bn, 1),
        "net_equivalents_usd_bn": round(case.played.equivalents_usd_bn, 1),
        "flows": [_flow(each) for each in case.episode.model_dump(mode="json")["flows"]],
        "other_news": list(case.episode.other_news),
        "draws_that_count": round(effective_size(how.weights), 1),
        "noise_scales": {name: round(scale, 3) for name, scale in how.scales.items()},
        "surprises": {name: round(z, 3) for name, z in case.surprise.sizes.items()},
        "not_known": not_known(case.happened),
        "rows": score_case(case, how),
    }


def _flow(flow: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in flow.items() if value not in (None, "")}


def _rounded(values: Array) -> list[float]:
    return [round(float(x), 2) for x in values]


def _or_none(value: float, is_known: bool) -> float | None:
    return round(value, 4) if is_known else None
