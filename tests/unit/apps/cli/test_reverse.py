"""`reverse` reads an event, prints the sale that brings it about, and writes what is asked for."""

import json
from pathlib import Path
from typing import Any

import pytest

from measured import METRIC, Formula
from papers import promised
from selloff.studies import measuring

EVENT = f"{METRIC} >= 50"
FEW = ("--draws", "101")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "Measurer", Formula)


def test_the_answer_and_the_sales_that_were_tried(selloff_: Any, tmp_path: Path) -> None:
    answer = selloff_("reverse", EVENT, *FEW)
    assert (answer.exit_code, answer.stderr) == (0, "")
    lines = answer.stdout.splitlines()
    assert lines[0] == "US 10-year yield, highest: at least 50 bp"
    assert lines[2].startswith("Smallest sale by Japan that brings it about: 50")
    assert "fresh ones" in answer.stdout
    assert sum("as fast as the market takes it" in line for line in lines[6:]) == 12
    assert max(map(len, lines)) <= 100
    assert list(tmp_path.iterdir()) == []


def test_nothing_found_is_an_answer(selloff_: Any) -> None:
    answer = selloff_("reverse", f"{METRIC} >= 9999", *FEW)
    assert answer.exit_code == 0
    assert "Nothing found" in answer.stdout


def test_json_and_files(selloff_: Any) -> None:
    arguments = ("--find", "fastest", "--amount", "1000", "--chance", "75", "--json", "--out", "x")
    found = json.loads(selloff_("reverse", EVENT, *FEW, *arguments).stdout)
    assert found["answer"]["chance"]["frac"] >= 0.75 == found["wanted_frac"]
    assert found["answer"]["sale_usd_bn"] == 1000.0
    assert found["seeds"] == [0, 1]
    assert promised("reverse") <= set(found)
    assert all(Path(each).is_file() for each in found["files"])


def test_a_seller_by_another_name_and_what_becomes_of_the_dollars(selloff_: Any) -> None:
    found = json.loads(selloff_("reverse", EVENT, *FEW, "--seller", "China", "--json").stdout)
    assert found["seller"] == "chn"
    assert found["answer"]["sale_usd_bn"] == pytest.approx(500.0, rel=0.02)


def test_years_are_the_pace(selloff_: Any) -> None:
    text = selloff_("reverse", f"{METRIC} >= 30", *FEW, "--years", "1").stdout
    assert "over 1 year." in " ".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("us_10y_pek_bp >= 1",), "Did you mean 'us_10y_peak_bp'?"),
        ((EVENT, "--find", "smalest"), "Did you mean 'smallest'?"),
        ((EVENT, "--amount", "3"), "--amount: got a value"),
        ((EVENT, "--find", "fastest", "--years", "3"), "--years: got a value"),
        ((EVENT, "--find", "fastest", "--amount", "9999"), "--amount: got 9999"),
        ((EVENT, "--seller", "jpn_oficial"), "--seller: got 'jpn_oficial'"),
        ((EVENT, "--seller", "fed"), "--seller: got 'fed'"),
        ((EVENT, "--years", "-5"), "--years: got -5"),
        ((EVENT, "--like", "calm"), "--like: got 'calm'"),
        ((EVENT, "--like", "no-sale"), "--like: got 0 sellers"),
        ((EVENT, "--find", "likeliest", "--seller", "gbr"), "Japan or China"),
    ],
)
def test_bad_input_ends_with_code_two(
    selloff_: Any, arguments: tuple[str, ...], words: str
) -> None:
    answer = selloff_("reverse", *arguments, *FEW)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert words in answer.stderr
    assert len(answer.stderr.splitlines()) == 2
