"""Scores with and without each mechanism."""

import math
from typing import Any

import pytest

from selloff.bridge import NOBODY
from selloff.evidence import load_bank, load_mechanisms
from selloff.scenario import Episode, Reactions, episode_names, load_episode
from selloff.studies.backtest.mechanisms import score_mechanisms
from selloff.studies.backtest.record import AGENTS, USUAL, left_open, on_record
from selloff.studies.backtest.replay import replay

DRAWS = 64
DASH = load_episode("dash-for-cash-2020")


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    told: list[tuple[int, int]] = []
    episodes = [load_episode("yen-2022-09"), DASH]
    result = score_mechanisms(
        episodes, n_draws=DRAWS, progress=lambda done, n: told.append((done, n))
    )
    assert told == [(at + 1, len(told)) for at in range(len(told))]
    assert len(told) >= 2 * len(episodes)
    return result


def test_what_is_on_record_is_not_done_twice() -> None:
    assert on_record(DASH) == {"followers", "levered_funds", "fed_purchases"}
    chosen = left_open(DASH)
    off = {name for name in USUAL if not getattr(chosen, name)}
    assert off == on_record(DASH)
    assert not chosen.ecb
    assert on_record(load_episode("yen-2022-09")) == {"mof"}
    assert on_record(load_episode("boj-band-2022-12")) == {"boj"}
    assert on_record(load_episode("gilts-2022-09")) == set()


def test_programmes_announced_long_before_are_no_answer_to_a_dislocation() -> None:
    assert "fed_purchases" not in on_record(load_episode("qe2-2010-11"))


def test_every_mechanism_with_agents_has_episodes_to_be_tried_on() -> None:
    told = [on_record(load_episode(name)) for name in episode_names()]
    assert set(AGENTS) == set().union(*told)


@pytest.mark.slow
def test_arms_differ_by_one_mechanism(found: dict[str, Any]) -> None:
    assert list(found["arms"]) == ["nobody", "everybody", *USUAL]
    scores = {name: arm["all"]["against_walk"] for name, arm in found["arms"].items()}
    # The haven moves the yen of the dash; what is on record is off in every arm.
    assert scores["haven"] != scores["everybody"]
    # Yields abroad hardly rise, and who sells fast is struck in a draw or two at most.
    for name in ("boj", "retaliation"):
        assert scores[name] == pytest.approx(scores["everybody"], rel=0.01)
    assert scores["nobody"] != scores["everybody"]


@pytest.mark.slow
def test_a_rule_stands_in_for_its_agents(found: dict[str, Any]) -> None:
    rows = {(row["mechanism"], row["episode"]): row for row in found["agents"]}
    assert set(rows) == {
        *((name, DASH.name) for name in ("followers", "levered_funds", "fed_purchases")),
        ("mof", "yen-2022-09"),
    }
    funds = rows["levered_funds", DASH.name]
    assert funds["on_record_usd_bn"] == 154.0
    low, mid, high = funds["by_rule_usd_bn"]
    assert 10.0 < low < mid < high
    errors = [funds[f"error_{name}"] for name in ("without", "with", "as_recorded")]
    assert all(math.isfinite(error) and error >= 0.0 for error in errors)
    assert len(set(errors)) == 3
    assert rows["mof", "yen-2022-09"]["by_rule_usd_bn"] == [0.0, 0.0, 0.0]


@pytest.mark.slow
def test_nobody_answers_in_the_usual_replay() -> None:
    """The shipped backtest plays the record alone."""
    played = replay(DASH, bank=load_bank(), n_draws=DRAWS)
    assert all((abs(amount) < 1e-9).all() for amount in played.answers.values())
    quiet = replay(DASH, bank=load_bank(), n_draws=DRAWS, reactions=NOBODY)
    assert (quiet.effects["us_10y_bp"] == played.effects["us_10y_bp"]).all()


@pytest.mark.slow
def test_a_shock_moves_nothing_where_nobody_answers() -> None:
    bare = DASH.model_copy(update={"shocks": ()})
    with_it, without = (replay(each, n_draws=DRAWS) for each in (DASH, bare))
    assert (with_it.effects["usdjpy_pct"] == without.effects["usdjpy_pct"]).all()
    answered = replay(DASH, n_draws=DRAWS, reactions=Reactions())
    assert (answered.effects["usdjpy_pct"] > with_it.effects["usdjpy_pct"] + 0.5).all()


def test_an_episode_s_shock_is_checked_like_a_scenario_s() -> None:
    raw = DASH.model_dump(mode="json") | {"shocks": [{"kind": "panic", "size": 1.0}]}
    with pytest.raises(ValueError, match="squeeze"):
        Episode.model_validate(raw)


def test_the_shipped_scores_are_of_the_shipped_bank_and_episodes() -> None:
    shipped = load_mechanisms()
    assert list(shipped["arms"])[:2] == ["nobody", "everybody"]
    assert set(shipped["arms"]) == {"nobody", "everybody", *USUAL}
    assert shipped["arms"]["everybody"]["all"]["episodes"] == len(episode_names())
    assert shipped["certificate"]["draws"] == load_bank().n_draws
    trials = {(row["mechanism"], row["episode"]) for row in shipped["agents"]}
    wanted = {(m, n) for n in episode_names() for m in on_record(load_episode(n))}
    assert trials == wanted
