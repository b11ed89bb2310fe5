"""Does each mechanism earn its place? The backtest with and without it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

from selloff.bridge import NOBODY
from selloff.evidence import Bank, load_bank
from selloff.pipeline import Pool
from selloff.scenario import Episode, Flow, Reactions
from selloff.studies.backtest.aggregates import aggregate
from selloff.studies.backtest.cases import Case, play, score_case
from selloff.studies.backtest.record import AGENTS, USUAL, left_open, on_record
from selloff.studies.backtest.scoring import weigh
from selloff.studies.measuring import Progress, counted
from selloff.studies.samples import LEVELS

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
    pool: Pool | None = None,
) -> dict[str, Any]:
    """Score all episodes before and after, with and without each mechanism."""
    how = PlaySetting(bank or load_bank(), n_draws, seed)
    arms: dict[str, Callable[[Episode], Reactions]] = {
        "nobody": lambda _: NOBODY,
        "everybody": left_open,
    }
    arms |= {name: _all_but(name) for name in USUAL}
    chosen = [{arm: who(each) for arm, who in arms.items()} for each in episodes]
    # What is on record is off in every arm; it need not be played again.
    asked = {
        (at, who.model_dump_json()): (episodes[at], who)
        for at, by_arm in enumerate(chosen)
        for who in by_arm.values()
    }
    described = counted(pool, partial(_described, how), asked.values(), progress)
    played = dict(zip(asked, described, strict=True))
    cases = {
        arm: [played[at, by_arm[arm].model_dump_json()] for at, by_arm in enumerate(chosen)]
        for arm in arms
    }
    trials = [(name, each) for name in AGENTS for each in episodes if name in on_record(each)]
    return {
        "arms": {arm: _summary(its) for arm, its in cases.items()},
        "agents": list(counted(pool, partial(_trial, how), trials, None)),
    }


def _all_but(name: str) -> Callable[[Episode], Reactions]:
    def chosen(episode: Episode) -> Reactions:
        return left_open(episode).model_copy(update={name: False})

    return chosen


def _play(episode: Episode, how: PlaySetting, reactions: Reactions) -> Case:
    return play(episode, bank=how.bank, n_draws=how.n_draws, seed=how.seed, reactions=reactions)


def _described(how: PlaySetting, asked: tuple[Episode, Reactions]) -> dict[str, Any]:
    episode, reactions = asked
    case = _play(episode, how, reactions)
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


def _trial(how: PlaySetting, asked: tuple[str, Episode]) -> dict[str, Any]:
    """One episode without a mechanism's agents, with the rule in their place, and as recorded."""
    name, episode = asked
    its = [flow for flow in episode.flows if AGENTS[name](flow)]
    rest = tuple(flow for flow in episode.flows if flow not in its)
    without = episode.model_copy(update={"flows": rest})
    rule = _play(without, how, NOBODY.model_copy(update={name: True}))
    return {
        "mechanism": name,
        "episode": episode.name,
        "on_record_usd_bn": round(sum(_amount(flow) for flow in its), 1),
        "by_rule_usd_bn": np.quantile(rule.played.answers[name], LEVELS).round(1).tolist(),
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
