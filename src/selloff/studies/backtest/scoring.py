"""The model held against episodes of the past, beside forecasts it has to beat."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from selloff.evidence import Bank, load_bank, load_meta
from selloff.pipeline import Pool
from selloff.scenario import Episode
from selloff.studies.backtest.cases import Case, Weighing, describe_case, play, score_case
from selloff.studies.backtest.events import Window, is_near
from selloff.studies.backtest.findings import findings
from selloff.studies.backtest.learning import (
    Array,
    learned_weights,
    log_likelihood,
    what_was_learned,
)
from selloff.studies.backtest.left_out import weights_without
from selloff.studies.backtest.noise import noise_scales, shipped_surprises
from selloff.studies.backtest.record import left_open
from selloff.studies.backtest.trials import Trial, effect_tests
from selloff.studies.measuring import Progress, counted


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
