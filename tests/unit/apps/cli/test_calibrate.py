"""`calibrate` hands its options to the studies, each in its turn."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from selloff.apps.cli import calibrate as calibrating


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Studies that are done at once, so that nothing is solved here."""
    told: list[Any] = []

    def rebuild_bank(**options: Any) -> SimpleNamespace:
        told.append(("bank", options))
        rounds = {"candidates_by_round": [40, 24]}
        return SimpleNamespace(n_draws=options["n_draws"], certificate=rounds)

    def played(what: str, **options: Any) -> SimpleNamespace:
        told.append(("backtest", what))
        return SimpleNamespace(save=lambda file: told.append(("saved", file.name)))

    monkeypatch.setattr(calibrating, "rebuild_bank", rebuild_bank)
    monkeypatch.setattr(
        calibrating, "describe", lambda bank, tell: tell(f"{bank.n_draws} draws reached")
    )
    monkeypatch.setattr(calibrating, "rebuild_meta", lambda: told.append("meta"))
    monkeypatch.setattr(calibrating, "rebuild_moves", lambda **_: told.append("moves"))
    monkeypatch.setattr(calibrating, "rebuild_two_country", lambda **_: told.append("two"))
    monkeypatch.setattr(calibrating, "backtest", played)
    monkeypatch.setattr(
        calibrating._mechanisms, "rebuild", lambda **options: told.append(("mechanisms", options))
    )
    return told


def test_options_are_handed_over(selloff_: Any, done: list[Any]) -> None:
    answer = selloff_("calibrate", "--draws", "8", "--seed", "3", "--out", "bank")
    assert answer.exit_code == 0
    assert done == [("bank", {"folder": Path("bank"), "n_draws": 8, "seed": 3})]
    assert answer.stdout == (
        "8 parameter draws from 64 candidates written to bank\n8 draws reached\n"
    )


def test_the_package_is_rebuilt_step_by_step(selloff_: Any, done: list[Any]) -> None:
    assert selloff_("calibrate", "--draws", "8").exit_code == 0
    names = [each if isinstance(each, str) else each[0] for each in done]
    assert names == ["meta", "bank", "two", "moves", "backtest", "saved", "mechanisms"]
    assert done[-3:-1] == [("backtest", "all"), ("saved", "backtest.json")]
    assert done[-1][1] == {"draws": 512, "seed": 0}


def test_a_folder_that_cannot_be_written_to_is_found_first(selloff_: Any, done: list[Any]) -> None:
    Path("taken").write_text("", encoding="utf-8")
    assert selloff_("calibrate", "--out", "taken").exit_code == 2
    assert done == []
