"""`--cluster` lends workers to a study, and the answer is the same without them."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from measured import Formula
from optimal_toy import Toy
from selloff import pipeline
from selloff.apps import backtesting
from selloff.scenario import Episode, Scenario, load_episode
from selloff.studies import measuring
from selloff.studies.backtest import scoring
from selloff.studies.backtest.cases import Case
from selloff.studies.backtest.replay import Replay
from selloff.studies.measuring import Numbers, Query
from selloff.studies.sensitivity import design, study
from selloff.studies.sensitivity.points import Points
from selloff.vocab import EPISODE_VARIABLES, RIVALS

FEW = ("--draws", "32")
N = 64
OPTIMAL = ("optimal", "japan", *FEW, "--final-draws", "10", "--tries", "3", "--aversion", "1")


class Lent(pipeline.Here):
    """Counts what it is given and knows whether it was given back."""

    def __init__(self, where: str | None) -> None:
        self.where, self.n_done, self.is_open = where, 0, True

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        for each in items:
            assert self.is_open
            self.n_done += 1
            yield function(each)


def by_formula(query: Query) -> Numbers:
    scenario = Scenario.model_validate_json(query.scenario)
    return Formula(draws=query.draws, seed=query.seed)._numbers(scenario)


def by_toy(query: Query) -> Numbers:
    return Toy().answer(query)


def at_points(asked: Points) -> Numbers:
    return dict.fromkeys(study.METRICS, asked.values()["dealer_capacity"])


def played(episode: Episode, *, seed: int, **_: Any) -> Case:
    rng = np.random.default_rng([seed, episode.start.toordinal()])
    replay = Replay(
        rows=np.arange(N),
        effects={name: rng.standard_normal(N) + 5.0 for name in EPISODE_VARIABLES},
        noise={name: 3.0 * rng.standard_normal(N) for name in EPISODE_VARIABLES},
        days=1,
        face_usd_bn=100.0,
        equivalents_usd_bn=60.0,
        rivals={name: dict.fromkeys(EPISODE_VARIABLES, 3.0) for name in RIVALS},
        unsold_usd_bn=np.zeros(N),
        answers={},
    )
    return Case(episode, replay, dict.fromkeys(EPISODE_VARIABLES, 4.0))


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch) -> list[Lent]:
    pools: list[Lent] = []

    @contextmanager
    def pool_for(where: str | None) -> Iterator[Lent]:
        pools.append(Lent(where))
        yield pools[-1]
        pools[-1].is_open = False

    monkeypatch.setattr(pipeline, "pool_for", pool_for)
    monkeypatch.setattr(design, "answer_points", at_points)
    monkeypatch.setattr(scoring, "play", played)
    two = [load_episode(name) for name in ("yen-2022-09", "russia-2018")]
    monkeypatch.setattr(backtesting, "_shipped_episodes", lambda: two)
    return pools


@pytest.mark.parametrize(
    ("words", "answered", "least"),
    [
        (("sweep", "japan-dump", "--over", "sellers.0.sale_frac=0.5,1", *FEW), by_formula, 2),
        (("reverse", "us_10y_peak_bp >= 50", *FEW), by_formula, 4),
        ((*OPTIMAL, "--deterrence"), by_toy, 20),
        pytest.param(("sensitivity", "japan-dump", *FEW), by_formula, 4, marks=pytest.mark.slow),
        (("backtest", "all", *FEW), by_formula, 2),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else "",
)
def test_workers_are_lent_and_given_back_and_say_the_same(
    words: tuple[str, ...],
    answered: Callable[[Query], Numbers],
    least: int,
    lent: list[Lent],
    selloff_: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(measuring, "answer_query", answered)
    alone = selloff_(*words, "--json")
    assert (alone.exit_code, alone.stderr, lent) == (0, "", [])
    found = selloff_(*words, "--json", "--cluster", "tcp://there:8786")
    (pool,) = lent
    assert json.loads(found.stdout) == json.loads(alone.stdout)
    assert pool.where == "tcp://there:8786"
    assert not pool.is_open
    assert pool.n_done >= least
