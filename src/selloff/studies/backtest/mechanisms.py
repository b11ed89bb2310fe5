"""Does each mechanism earn its place? The backtest with and without it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from selloff.bridge import NOBODY
from selloff.evidence import Bank, load_bank
from selloff.scenario import Episode, Flow, Reactions
from selloff.studies.backtest.aggregates import aggregate
from selloff.studies.backtest.record import AGENTS, USUAL, left_open, on_record
from selloff.studies.backtest.scoring import Case, play, score_case, weigh

Progress = Callable[[int, int], None]
_ACTS: Final = 1.0
"""Amount from which a rule counts as having acted [USD bn]."""


@dataclass(frozen=True)
class PlaySetting:
    """How episodes are played once more."""

    bank: Bank
    n_draws: int
    seed: int


def score_mechanisms(
    episodes: Sequence[Episode],
    *,
    bank: Bank | None = None,
    n_draws: int = 512,
    seed: int = 0,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Score all episodes before and after, with and without each mechanism."""
    how = PlaySetting(bank or load_bank(), n_draws, seed)
    arms: dict[str, Callable[[Episode], Reactions]] = {
        "nobody": lambda _: NOBODY,
        "everybody": left_open,
    }
    arms |= {name: _all_but(name) for name in USUAL}
    by_arm: dict[str, list[dict[str, Any]]] = {arm: [] for arm in arms}
    for done, episode in enumerate(episodes, start=1):
        played: dict[str, dict[str, Any]] = {}
        for arm, chosen in arms.items():
            who = chosen(episode)
            # What is on record is off in every arm; it need not be played again.
            key = who.model_dump_json()
            if key not in played:
                played[key] = _described(_play(episode, how, who), how)
            by_arm[arm].append(played[key])
        if progress is not None:
            progress(done, len(episodes))
    found = {arm: _summary(cases) for arm, cases in by_arm.items()}
    return {
        "arms": found,
        "agents": [
            _trial(name, episode, how)
            for name in AGENTS
            for episode in episodes
            if name in on_record(episode)
        ],
    }


def _all_but(name: str) -> Callable[[Episode], Reactions]:
    def chosen(episode: Episode) -> Reactions:
        return left_open(episode).model_copy(update={name: False})

    return chosen


def _play(episode: Episode, how: PlaySetting, reactions: Reactions) -> Case:
    return play(episode, bank=how.bank, n_draws=how.n_draws, seed=how.seed, reactions=reactions)


def _described(case: Case, how: PlaySetting) -> dict[str, Any]:
    answers = {name: np.median(np.abs(x)) for name, x in case.played.answers.items()}
    acted = {name: round(float(x), 1) for name, x in answers.items() if x > _ACTS}
    return {
        "name": case.episode.name,
        "start": case.episode.start.isoformat(),
        "end": case.episode.end.isoformat(),
        "flows": list(case.episode.flows),
        "rows": _scored(case, how),
        "acted": {name: x for name, x in acted.items() if name not in on_record(case.episode)},
    }


def _scored(case: Case, how: PlaySetting) -> list[dict[str, Any]]:
    return score_case(case, weigh(case, how.bank))


def _summary(cases: list[dict[str, Any]]) -> dict[str, Any]:
    scores = aggregate(cases)
    kept = {name: scores[name] for name in ("all", "with_flows")}
    return kept | {"acted_in": {each["name"]: each["acted"] for each in cases if each["acted"]}}


def _trial(name: str, episode: Episode, how: PlaySetting) -> dict[str, Any]:
    """One episode without a mechanism's agents, with the rule in their place, and as recorded."""
    its = [flow for flow in episode.flows if AGENTS[name](flow)]
    rest = tuple(flow for flow in episode.flows if flow not in its)
    without = episode.model_copy(update={"flows": rest})
    rule = _play(without, how, NOBODY.model_copy(update={name: True}))
    return {
        "mechanism": name,
        "episode": episode.name,
        "on_record_usd_bn": round(sum(_amount(flow) for flow in its), 1),
        "by_rule_usd_bn": [
            round(float(x), 1) for x in np.percentile(rule.played.answers[name], [5, 50, 95])
        ],
        "error_without": _error(_play(without, how, NOBODY), how),
        "error_with": _error(rule, how),
        "error_as_recorded": _error(_play(episode, how, NOBODY), how),
    }


def _amount(flow: Flow) -> float:
    return float(flow.sale_usd_bn or flow.purchase_usd_bn or flow.currency_usd_bn or 0.0)


def _error(case: Case, how: PlaySetting) -> float:
    """Score over that of a random walk, variables alike."""
    rows = [row for row in _scored(case, how) if row["crps"] is not None]
    return round(float(np.mean([row["crps"] / row["crps_walk"] for row in rows])), 3)
