"""The model held against episodes of the past, beside forecasts it has to beat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from selloff.bridge import NOBODY
from selloff.data import not_known, observed
from selloff.evidence import Z95, Bank, load_bank, load_meta, load_scores
from selloff.pipeline import Pool
from selloff.scenario import Episode, Reactions
from selloff.studies.backtest.events import Window, is_near, window_of
from selloff.studies.backtest.findings import findings
from selloff.studies.backtest.learning import learned_weights, log_likelihood, what_was_learned
from selloff.studies.backtest.left_out import weights_without
from selloff.studies.backtest.record import left_open
from selloff.studies.backtest.replay import Replay, replay
from selloff.studies.backtest.scores import crps, median_error, weighted_quantiles
from selloff.studies.backtest.trials import Trial, effect_tests
from selloff.studies.backtest.verdicts import Forecast, verdict
from selloff.studies.measuring import Progress, counted
from selloff.studies.samples import LEVELS, effective_size
from selloff.vocab import EPISODE_VARIABLES

Array = NDArray[np.float64]
_UPPER: Final = 0.9


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
    def surprise(self) -> "Surprise":
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


@dataclass(frozen=True)
class Surprise:
    """How far an episode was from the effect of its flows."""

    window: Window
    days: int
    sizes: Mapping[str, float]
    """By variable, in standard deviations of ordinary noise."""


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


def noise_scales(told: Sequence[Surprise], window: Window, days: int) -> dict[str, float]:
    """Find the same by variable, from other events than that of a window."""
    others = [each for each in told if not is_near(each.window, window)]
    return {
        name: noise_scale([(s.sizes[name], s.days) for s in others if name in s.sizes], days)
        for name in EPISODE_VARIABLES
    }


def shipped_surprises() -> list[Surprise]:
    """Read how far the shipped episodes were from the effect of their flows."""
    return [
        Surprise(window_of(case), case["days"], case["surprises"])
        for case in load_scores()["episodes"]
    ]


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


def run_backtest(
    episodes: Sequence[Episode],
    *,
    bank: Bank | None = None,
    n_draws: int = 512,
    seed: int = 0,
    progress: Progress | None = None,
    pool: Pool | None = None,
) -> dict[str, Any]:
    """Play and score many episodes, each with what the others say of noise and parameters."""
    bank, meta = bank or load_bank(), load_meta()
    played = partial(play, bank=bank, n_draws=n_draws, seed=seed)
    cases = list(counted(pool, played, episodes, progress))
    told = [case.surprise for case in cases]
    hows = [
        Weighing(
            weights_without(case.window, bank, meta),
            noise_scales(told, case.window, case.played.days),
        )
        for case in cases
    ]
    logs = [
        log_likelihood(case.played, case.happened, bank, scales=how.scales)
        for case, how in zip(cases, hows, strict=True)
    ]
    by_window = [(case.window, log) for case, log in zip(cases, logs, strict=True)]
    everything, power = learned_weights(logs)
    tests = effect_tests([_trial(*each) for each in zip(cases, hows, strict=True)])
    return {
        "episodes": [
            describe_case(case, how) | _learned(case, how, by_window)
            for case, how in zip(cases, hows, strict=True)
        ],
        "learned": what_was_learned(bank, everything),
        "learned_power": round(power, 4),
        "tests": tests,
        "findings": findings(tests),
    }


def _learned(
    case: Case, how: Weighing, by_window: Sequence[tuple[Window, Array]]
) -> dict[str, Any]:
    """Score a case by what all but its own event have taught."""
    others = [log for window, log in by_window if not is_near(window, case.window)]
    learned, power = learned_weights(others)
    return {
        "learned_rows": score_case(case, Weighing(learned, how.scales)),
        "learned_power": round(power, 4),
    }


def _trial(case: Case, how: Weighing) -> Trial:
    return Trial(
        window=case.window,
        effects=case.played.effects,
        rivals=case.played.rivals,
        noise={name: scale * case.played.noise[name] for name, scale in how.scales.items()},
        weights=how.of_draws(case),
        happened=case.happened,
    )


def weigh(case: Case, bank: Bank) -> Weighing:
    """Score an episode without its event: noise is as large as in other shipped ones."""
    scales = noise_scales(shipped_surprises(), case.window, case.played.days)
    return Weighing(weights_without(case.window, bank, load_meta()), scales)


def score_alone(
    episode: Episode, *, bank: Bank | None = None, n_draws: int = 512, seed: int = 0
) -> dict[str, Any]:
    """Play and score one episode; with shocks, once more with everybody's answers by rule."""
    bank = bank or load_bank()
    case = play(episode, bank=bank, n_draws=n_draws, seed=seed)
    found = describe_case(case, weigh(case, bank))
    if not episode.shocks:
        return found
    who = left_open(episode)
    answered = play(episode, bank=bank, n_draws=n_draws, seed=seed, reactions=who)
    return found | {"answered_rows": score_case(answered, weigh(answered, bank))}


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
