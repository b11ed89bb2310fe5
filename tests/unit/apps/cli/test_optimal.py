"""`optimal` prints the frontier, and refuses what cannot be asked."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from optimal_toy import Toy
from papers import promised
from selloff.studies import measuring

FEW = ("optimal", "japan", "--draws", "10", "--final-draws", "10", "--tries", "0")


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is answered by the toy market."""
    monkeypatch.setattr(measuring, "Here", Toy)


@pytest.mark.usefixtures("toy")
def test_table_and_words(selloff_: Any) -> None:
    answer = selloff_(*FEW, "--deterrence")
    assert answer.exit_code == 0
    lines = answer.stdout.splitlines()
    assert lines[0].startswith("Japan sells 1,104 USD bn: ")
    assert max(map(len, lines)) <= 100
    firsts = [line.split()[0] for line in lines if line]
    for name in ("Aversion", "0", "0.25", "0.5", "1", "2", "dump", "decade", "Motive"):
        assert name in firsts
    assert "Where a sale stops to pay on average, by motive" in answer.stdout


@pytest.mark.usefixtures("toy")
def test_json_holds_what_the_table_says(selloff_: Any) -> None:
    answer = selloff_(*FEW, "--aversion", "1", "--max-rise", "0.2", "--json")
    found = json.loads(answer.stdout)
    assert [each["aversion"] for each in found["best"]] == [1.0]
    assert promised("optimal") <= set(found)
    assert found["files"] == []
    assert found["limits_kept"] is False
    assert found["limits"] == ["the 10-year rises at most 0.2 bp in 95% of them"]
    assert found["named"]["dump"]["sale"]["years"] == pytest.approx(1.0 / 252.0)


@pytest.mark.usefixtures("toy")
def test_files_are_named_and_are_there(selloff_: Any, tmp_path: Path) -> None:
    answer = selloff_(*FEW, "--aversion", "1", "--out", "best")
    named = answer.stdout.split("Written:\n")[1].split()
    assert named == ["best/optimal.json", "best/schedules.csv", "best/optimal.html"]
    assert all((tmp_path / each).is_file() for each in named)


@pytest.mark.usefixtures("toy")
def test_a_small_sale_keeps_its_digits(selloff_: Any) -> None:
    text = selloff_(*FEW, "--amount", "3", "--deterrence").stdout
    assert " under 0.15 " in text or " all of it " in text
    assert not re.search(r"\b0 to 0\b", text)


@pytest.mark.parametrize("words", [("nan", "1"), ("1", "nan"), ("-1", "200")])
def test_every_bad_aversion_is_named(selloff_: Any, words: tuple[str, str]) -> None:
    given = [each for word in words for each in ("--aversion", word)]
    answer = selloff_("optimal", "japan", *given)
    assert answer.exit_code == 2
    bad = [word for word in words if word != "1"]
    assert [f"--aversion: got {word};" in answer.stderr for word in bad] == [True] * len(bad)


def test_bad_input_is_refused_with_the_flag_it_came_by(selloff_: Any) -> None:
    answer = selloff_("optimal", "japan", "--max-rise", "-1", "--objective", "variance")
    assert answer.exit_code == 2
    assert "--max-rise: got -1; allowed: 0.1 to 1000" in answer.stderr
    assert "--objective: got 'variance'; allowed: sd, p95" in answer.stderr


@pytest.mark.slow
@pytest.mark.nightly
def test_the_engine_answers_too(selloff_: Any, tmp_path: Any) -> None:
    few = (*FEW, "--aversion", "1", "--resume", str(tmp_path), "--json")
    first, again = selloff_(*few), selloff_(*few)
    assert first.exit_code == 0
    assert first.stdout == again.stdout
    named = json.loads(first.stdout)["named"]
    assert named["dump"]["mean_usd_bn"] > named["decade"]["mean_usd_bn"]
    for one in named.values():
        assert sum(one["parts_usd_bn"].values()) == pytest.approx(one["mean_usd_bn"])
