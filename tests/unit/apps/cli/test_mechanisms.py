"""`backtest mechanisms` prints scores with and without each mechanism."""

import json
from pathlib import Path
from typing import Any

import pytest

from selloff.apps import backtesting
from selloff.evidence import load_mechanisms


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The scores that ship, in place of minutes of playing."""
    asked: list[dict[str, Any]] = []

    def instant(source: str, **how: Any) -> dict[str, Any]:
        asked.append({"source": source, **how})
        return dict(load_mechanisms())

    monkeypatch.setattr(backtesting, "mechanisms", instant)
    return asked


def test_every_mechanism_has_its_line(selloff_: Any, shipped: list[dict[str, Any]]) -> None:
    answer = selloff_("backtest", "mechanisms", "--draws", "7", "--seed", "3")
    assert answer.exit_code == 0
    (asked,) = shipped
    assert (asked["source"], asked["draws"], asked["seed"]) == ("all", 7, 3)
    lines = answer.stdout.splitlines()
    arms = load_mechanisms()["arms"]
    base = arms["everybody"]["all"]["against_walk"]
    for name in list(arms)[2:]:
        (line,) = (each for each in lines if each.startswith(f"everybody but {name} "))
        assert line.endswith(f"{base - arms[name]['all']['against_walk']:+.4f}")
    funds = [each for each in lines if each.startswith("levered_funds ")]
    trials = [each for each in load_mechanisms()["agents"] if each["mechanism"] == "levered_funds"]
    assert len(funds) == len(trials) >= 2


def test_it_is_written_and_printed_as_json(selloff_: Any, shipped: list[dict[str, Any]]) -> None:
    answer = selloff_(
        "backtest", "mechanisms", "dash-for-cash-2020", "--json", "--out", "found.json"
    )
    assert shipped[0]["source"] == "dash-for-cash-2020"
    wanted = json.loads(json.dumps(load_mechanisms()))
    assert json.loads(answer.stdout) == wanted
    assert json.loads(Path("found.json").read_text(encoding="utf-8")) == wanted
