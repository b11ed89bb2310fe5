"""`triggers` prints the event tree and reads what the user sets."""

import json
from typing import Any

import pytest

from selloff.apps.cli.triggers import read_settings
from selloff.evidence import parameters
from selloff.vocab.errors import InputError

FEW = ("triggers", "--draws", "20")


def flat(text: str) -> str:
    """The same words on one line, wherever they were broken."""
    return " ".join(text.split())


@pytest.mark.slow
def test_table_and_words(selloff_: Any) -> None:
    answer = selloff_(*FEW)
    assert answer.exit_code == 0
    text = answer.stdout
    assert text.startswith("What could set a large sale off: books of 2026-07, 20 draws, seed 0\n")
    for part in (
        "no large sale",
        "controlled descent",
        "In 2011 long yields fell",
        "raise term premia",
        "bills and equity",
        "Preset taiwan-conflict",
        "judgement (assumption)",
        "data (computed)",
        "12 of 18 inputs are judgement.",
    ):
        assert part in flat(text)
    for row in parameters().values():
        if row.mechanism == "reaction: triggers":
            assert f"\n{row.name} " in text


def test_a_hundred_columns_are_enough(selloff_: Any) -> None:
    everything = selloff_(*FEW, "--set", "yen_crash=1000", "--set", "background=1000").stdout
    assert max(len(line) for line in everything.splitlines()) <= 100
    assert "100 (100-100)" in everything


@pytest.mark.slow
def test_json_is_what_the_study_says(selloff_: Any) -> None:
    found = json.loads(selloff_(*FEW, "--json").stdout)
    assert (found["draws"], found["seed"], found["vintage"]) == (20, 0, "2026-07")
    assert set(found["paths"]) == {"none", "descent", "dump"}
    whole = sum(each["chance_frac"]["10"]["mean"] for each in found["paths"].values())
    assert whole == pytest.approx(1.0)
    other = json.loads(selloff_(*FEW, "--seed", "3", "--vintage", "2020-06", "--json").stdout)
    assert (other["seed"], other["vintage"]) == (3, "2020-06")


def test_what_is_set_is_used_and_said(selloff_: Any) -> None:
    settings = ("--set", "taiwan_conflict=2.5", "--set", "background=0")
    text = selloff_(*FEW, *settings).stdout
    assert flat(text).count("Its intensity is set by you.") == 2
    assert "judgement (given)" in text
    assert "taiwan_conflict_intensity" not in text
    found = json.loads(selloff_(*FEW, *settings, "--json").stdout)
    spread = found["triggers"]["taiwan_conflict"]["opening_intensity_pct"]
    assert (spread["p05"], spread["p95"]) == pytest.approx((2.5, 2.5))


def test_bad_settings_end_with_code_two(selloff_: Any) -> None:
    for setting, part in (
        ("yen_crash", "--set: got 'yen_crash'"),
        ("yen_crsh=5", "Did you mean 'yen_crash'?"),
        ("yen_crash=-5", "0 to 1000 percent a year"),
        ("yen_crash=nan", "got nan"),
    ):
        answer = selloff_(*FEW, "--set", setting)
        assert (answer.exit_code, answer.stdout) == (2, "")
        assert part in answer.stderr
    assert selloff_(*FEW, "--vintage", "1990-01").exit_code == 2


def test_settings_are_read_all_at_once() -> None:
    assert read_settings(["a=1", "b=2.5"]) == {"a": 1.0, "b": 2.5}
    with pytest.raises(InputError) as caught:
        read_settings(["a", "b=x", "c=1", "c=2"])
    problems = [str(problem) for problem in caught.value.problems]
    assert problems == [
        "--set: got 'a'; allowed: NAME=PCT, each name once, in percent a year. "
        "Write the name, = and a number: yen_crash=5.",
        "--set: got 'b=x'; allowed: NAME=PCT, each name once, in percent a year. "
        "Write the name, = and a number: yen_crash=5.",
        "--set: got 'c=2'; allowed: NAME=PCT, each name once, in percent a year. "
        "c is set twice; keep one of the two.",
    ]
