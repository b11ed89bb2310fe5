"""The model held against episodes of the past, beside two forecasts it has to beat."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from selloff.bridge import NOBODY
from selloff.data import observed
from selloff.evidence import Z95, Bank, load_bank, load_meta, load_scores, parameters
from selloff.scenario import Episode, Reactions
from selloff.studies.backtest.learning import learned_weights, log_likelihood, what_was_learned
from selloff.studies.backtest.left_out import weights_without
from selloff.studies.backtest.replay import Replay, replay
from selloff.studies.backtest.scores import crps, effective_share, weighted_quantiles
from selloff.studies.backtest.verdicts import Forecast, verdict
from selloff.vocab import EPISODE_VARIABLES

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]
LEVELS: Final = (0.05, 0.5, 0.95)
_UPPER: Final = 0.9
_RULED: Final = ("us_2y_bp", "us_5y_bp", "us_10y_bp", "us_30y_bp", "term_premium_10y_bp")
"""What the flat rule speaks of."""


@dataclass(frozen=True, eq=False)
class Case:
    """An episode, played again, and what happened."""

    episode: Episode
    played: Replay
    happened: Mapping[str, float]

    @property
    def surprises(self) -> dict[str, float]:
        """What happened less the effect of the flows, in standard deviations of the noise."""
        return {
            name: float(
                (self.happened[name] - np.median(self.played.effects[name]))
                / np.std(self.played.noise[name])
            )
            for name in EPISODE_VARIABLES
            if np.isfinite(self.happened[name])
        }


@dataclass(frozen=True, eq=False)
class Weighing:
    """How an episode is scored: by which draws, and with how much noise."""

    weights: Array
    """Of the bank's rows, summing to one [fraction]."""
    scale: float
    """How much larger noise is in other episodes than on other days [ratio]."""


def play(
    episode: Episode,
    *,
    bank: Bank,
    n_draws: int,
    seed: int,
    reactions: Reactions = NOBODY,
) -> Case:
    """Play an episode and look up what happened."""
    happened = observed(episode.start, episode.end) | dict(episode.observed)
    played = replay(episode, bank=bank, n_draws=n_draws, seed=seed, reactions=reactions)
    return Case(episode, played, happened)


def extra_days(surprises: Sequence[tuple[float, int]]) -> float:
    """Find how many days' worth of noise an episode brings with it.

    J such that the 90% point of |surprise| / sqrt(1 + J / days) is 1.645, never below zero: an
    episode is a day somebody remembers.
    """
    if not surprises:
        return 0.0
    size, days = np.abs([z for z, _ in surprises]), np.array([d for _, d in surprises], dtype=float)

    def upper(extra: float) -> float:
        return float(np.quantile(size / np.sqrt(1.0 + extra / days), _UPPER))

    if upper(0.0) <= Z95:
        return 0.0
    most = 1.0
    while upper(most) > Z95:
        most *= 2.0
    return float(brentq(lambda extra: upper(extra) - Z95, 0.0, most, xtol=1e-12))


def noise_scale(surprises: Sequence[tuple[float, int]], days: int) -> float:
    """Find how much larger noise is in an episode than on other days.

    sqrt(1 + J / days)
    """
    return float(np.sqrt(1.0 + extra_days(surprises) / days))


def score_case(case: Case, how: Weighing) -> list[dict[str, Any]]:
    """Score every variable of a case."""
    weights = how.weights[case.played.rows]
    weights = weights / weights.sum()
    return [_score(case, name, weights, how.scale) for name in EPISODE_VARIABLES]


def _score(case: Case, name: str, weights: Array, scale: float) -> dict[str, Any]:
    happened, effect = case.happened[name], case.played.effects[name]
    noise = scale * case.played.noise[name]
    equal = np.full(noise.size, 1.0 / noise.size)
    ranges = {
        "effect": weighted_quantiles(effect, weights, LEVELS),
        "model": weighted_quantiles(effect + noise, weights, LEVELS),
        "ordinary": weighted_quantiles(effect + case.played.noise[name], weights, LEVELS),
    }
    rule = parameters()["flat_rule"].p50 * case.played.face_usd_bn / 100.0
    ruled = noise + (rule if name in _RULED else 0.0)
    is_known = bool(np.isfinite(happened))
    claim = Forecast.of(name, float(ranges["effect"][1]), tuple(ranges["model"]), happened)
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
        "crps_walk": _or_none(crps(noise, equal, happened), is_known),
        "crps_rule": _or_none(crps(ruled, equal, happened), is_known),
        "verdict": verdict(claim),
    }


def run_backtest(
    episodes: Sequence[Episode],
    *,
    bank: Bank | None = None,
    n_draws: int = 512,
    seed: int = 0,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Play and score many episodes, each with what the others say of noise and parameters."""
    bank, meta = bank or load_bank(), load_meta()
    cases = []
    for done, episode in enumerate(episodes, start=1):
        cases.append(play(episode, bank=bank, n_draws=n_draws, seed=seed))
        if progress is not None:
            progress(done, len(episodes))
    logs, scales = [], []
    for i, case in enumerate(cases):
        others = [
            (z, each.played.days)
            for j, each in enumerate(cases)
            if j != i
            for z in each.surprises.values()
        ]
        scales.append(noise_scale(others, case.played.days))
        logs.append(log_likelihood(case.played, case.happened, bank, scale=scales[i]))
    described = []
    for i, case in enumerate(cases):
        left_out = weights_without(case.episode.name, bank, meta)
        learned, power = learned_weights([each for j, each in enumerate(logs) if j != i])
        described.append(
            describe_case(case, Weighing(left_out, scales[i]))
            | {
                "learned_rows": score_case(case, Weighing(learned, scales[i])),
                "learned_power": round(power, 4),
            }
        )
    everything, power = learned_weights(logs)
    return {
        "episodes": described,
        "learned": what_was_learned(bank, everything),
        "learned_power": round(power, 4),
    }


def score_alone(
    episode: Episode, *, bank: Bank | None = None, n_draws: int = 512, seed: int = 0
) -> dict[str, Any]:
    """Play and score one episode; noise is as large as in the shipped episodes, this one apart."""
    bank = bank or load_bank()
    others = [
        (z, each["days"])
        for each in load_scores()["episodes"]
        if each["name"] != episode.name
        for z in each["surprises"].values()
    ]
    weights = weights_without(episode.name, bank, load_meta())
    case = play(episode, bank=bank, n_draws=n_draws, seed=seed)
    return describe_case(case, Weighing(weights, noise_scale(others, case.played.days)))


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
        "draws_that_count": round(effective_share(how.weights), 1),
        "noise_scale": round(how.scale, 3),
        "surprises": {name: round(z, 3) for name, z in case.surprises.items()},
        "rows": score_case(case, how),
    }


def _flow(flow: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in flow.items() if value not in (None, "")}


def _rounded(values: Array) -> list[float]:
    return [round(float(x), 2) for x in values]


def _or_none(value: float, is_known: bool) -> float | None:
    return round(value, 4) if is_known else None
