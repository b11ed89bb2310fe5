"""`calibrate` hands its options to the studies, each in its turn."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from selloff.apps import backtesting
from selloff.studies import calibration


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Studies that are done at once, so that nothing is solved here."""
    found: list[Any] = []

    def rebuild_bank(**options: Any) -> SimpleNamespace:
        found.append(("bank", options))
        rounds = {"candidates_by_round": [40, 24]}
        return SimpleNamespace(n_draws=options["n_draws"], certificate=rounds)

    monkeypatch.setattr(calibration, "rebuild_bank", rebuild_bank)
    monkeypatch.setattr(
        calibration, "describe", lambda bank, say: say(f"{bank.n_draws} draws reached")
    )
    monkeypatch.setattr(calibration, "rebuild_meta", lambda: found.append("meta"))
    monkeypatch.setattr(calibration, "rebuild_moves", lambda **_: found.append("moves"))
    monkeypatch.setattr(calibration, "rebuild_two_country", lambda **_: found.append("two"))
    monkeypatch.setattr(backtesting, "backtest", lambda what, **_: backtesting.Backtest({}))
    monkeypatch.setattr(backtesting, "mechanisms", lambda **_: {})
    monkeypatch.setattr(
        backtesting.Backtest, "save", lambda _, file: found.append(("saved", file.name))
    )
    return found


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
    assert names == ["meta", "bank", "two", "moves", "saved", "saved"]
    assert done[-2:] == [("saved", "backtest.json"), ("saved", "mechanisms.json")]


def test_a_folder_that_cannot_be_written_to_is_found_first(selloff_: Any, done: list[Any]) -> None:
    Path("taken").write_text("", encoding="utf-8")
    assert selloff_("calibrate", "--out", "taken").exit_code == 3
    assert done == []


def test_what_an_installation_lacks_is_said(
    selloff_: Any, done: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking() -> None:
        raise ModuleNotFoundError("No module named 'numpyro'", name="numpyro")

    monkeypatch.delattr(calibration, "rebuild_meta")
    monkeypatch.setattr(calibration, "__getattr__", lambda _: lacking())
    answer = selloff_("calibrate", "--draws", "8")
    assert answer.exit_code == 2
    assert "an installation without numpyro" in answer.stderr
    assert done == []
