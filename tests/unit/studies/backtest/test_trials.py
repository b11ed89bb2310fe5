"""Tests of the effect, on histories in which it is known."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from selloff.studies.backtest.events import events
from selloff.studies.backtest.findings import findings
from selloff.studies.backtest.trials import N_SIMULATED, Trial, effect_tests
from selloff.vocab import EPISODE_VARIABLES, RIVALS

N = 64
EQUAL = np.full(N, 1.0 / N)
Happened = Callable[[float, float, float], Mapping[str, float]]


def told(
    happened: Happened, *, same_event: bool = False, of_2y: float = 0.0, seed: int = 0
) -> dict[str, dict[str, Any]]:
    """Test 24 episodes with effects of about two noises, by what happened in each."""
    rng = np.random.default_rng(seed)
    trials = []
    for i in range(24):
        start = date(2000, 1, 3) + timedelta(days=0 if same_event else 60 * i)
        effect = float(rng.choice([-2.0, 2.0]) * rng.uniform(0.5, 1.5))
        first = rng.standard_normal(N)
        noise = {name: 0.8 * first + 0.6 * rng.standard_normal(N) for name in EPISODE_VARIABLES}
        effects = {name: np.full(N, effect) + 0.1 * rng.standard_normal(N) for name in noise}
        effects["us_2y_bp"] = of_2y * effects["us_2y_bp"]
        two, luck = float(rng.standard_normal()), float(rng.standard_normal())
        outcome = happened(effect, 0.8 * two + 0.6 * luck, two)
        trials.append(
            Trial(
                window=(start, start + timedelta(days=1)),
                effects=effects,
                rivals={name: dict.fromkeys(EPISODE_VARIABLES, 0.0) for name in RIVALS},
                noise=noise | {"us_2y_bp": first},
                weights=EQUAL,
                happened=dict.fromkeys(EPISODE_VARIABLES, float("nan")) | dict(outcome),
            )
        )
    return {row["group"]: row for row in effect_tests(trials)}


def right(effect: float, luck: float, two: float) -> Mapping[str, float]:
    return {"us_10y_bp": effect + luck, "us_2y_bp": two}


@pytest.fixture(scope="module")
def good() -> dict[str, Any]:
    return told(right)["US 10-year"]


def test_a_right_model_is_told_from_none_and_from_no_rival(good: dict[str, Any]) -> None:
    own = good["effects"]["model"]
    assert own["slope"] == pytest.approx(1.0, abs=3.0 * own["error"])
    assert own["p"] < 0.01
    assert own["p_size"] > 0.05
    assert own["power"] > 0.9
    assert good["uniform"]["p"] > 0.05
    walk = good["scores"]["walk"]
    assert walk["difference"] < 0.0
    assert walk["p"] < 0.05 < 0.8 < walk["power"]
    # Rivals that say nothing have no slope, and none is claimed for them.
    assert good["effects"]["rule"] == {
        "slope": 0.0, "error": 0.0, "p": 1.0, "p_size": 1.0, "power": 0.0
    }  # fmt: skip


def test_moves_without_an_effect_are_told_from_one_of_the_model_s_size() -> None:
    own = told(lambda _, luck, two: {"us_10y_bp": luck, "us_2y_bp": two})["US 10-year"]
    effect = own["effects"]["model"]
    assert effect["p"] > 0.05
    assert effect["p_size"] < 0.01
    assert own["scores"]["walk"]["difference"] > 0.0


def test_half_an_effect_is_said_to_be_less_than_predicted() -> None:
    rows = told(lambda x, luck, two: {"us_10y_bp": 0.5 * x + 0.3 * luck, "us_2y_bp": two})
    row = rows["US 10-year"]
    assert row["effects"]["model"]["p_size"] < 0.05
    assert "less than predicted" in findings([row])[0]


def test_one_event_counts_as_one_however_many_episodes_tell_it() -> None:
    own = told(right, same_event=True)["US 10-year"]
    assert own["events"] == 1
    assert own["effects"]["model"]["p"] == 1.0
    assert own["effects"]["model"]["power"] == 0.0
    assert "cannot tell" in findings([own])[0]


def test_what_came_with_the_2_year_is_taken_out() -> None:
    """The move is in the 2-year, and by its slope of 0.8 in the 10-year: nothing is left."""

    def all_in_front(effect: float, luck: float, two: float) -> Mapping[str, float]:
        first = two + effect / 0.8
        return {"us_10y_bp": 0.8 * first + 0.6 * luck, "us_2y_bp": first}

    rows = told(all_in_front)
    assert rows["US 10-year"]["effects"]["model"]["p"] < 0.05
    left = rows["US 10-year, given the 2-year"]["effects"]["model"]
    assert left["p"] > 0.05
    assert abs(left["slope"]) < 0.5


def test_ranges_too_wide_do_not_fit() -> None:
    row = told(lambda x, luck, two: {"us_10y_bp": x + 0.1 * luck, "us_2y_bp": two})["US 10-year"]
    # Of so many made-up worlds and the one that was, none is as far: still not impossible.
    assert row["uniform"]["p"] == pytest.approx(1.0 / (N_SIMULATED + 1), abs=1e-4)
    assert "do not fit" in findings([row])[0]


def test_near_windows_are_one_event_and_so_is_what_is_near_those() -> None:
    day = date(2020, 3, 9)
    windows = [(day + timedelta(days=d), day + timedelta(days=d + 2)) for d in (0, 40, 6, 12)]
    first, far, second, third = events(windows)
    assert first == second == third != far


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([(-0.1, 0.01)] * 3, "better than the {0}, {1} and {2} (proven)."),
        (
            [(-0.1, 0.01), (0.1, 0.5), (0.1, 0.5)],
            "worse than the {1} and {2} (only against the {0}",
        ),
        ([(-0.1, 0.5), (0.0, 1.0), (0.0, 1.0)], "{0}, that of the {1} and {2} (not proven)."),
    ],
)
def test_a_score_is_called_worse_or_proven_only_where_it_is(
    good: dict[str, Any], scores: list[tuple[float, float]], words: str
) -> None:
    found = {
        rival: {"difference": gap, "p": p, "power": 0.5}
        for rival, (gap, p) in zip(RIVALS, scores, strict=True)
    }
    said, _ = findings([{"group": "US 10-year", **good, "scores": found}])
    assert words.format(*RIVALS.values()) in said
