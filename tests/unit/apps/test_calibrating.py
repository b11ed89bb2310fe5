"""`calibrate` hands its options to the study."""

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import selloff


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A study that is done at once, so that nothing is solved here."""
    asked: list[dict[str, Any]] = []
    fake = ModuleType("selloff.studies")

    def rebuild_bank(**options: Any) -> SimpleNamespace:
        asked.append(options)
        return SimpleNamespace(n_draws=options["n_draws"])

    fake.rebuild_bank = rebuild_bank  # type: ignore[attr-defined]
    fake.describe = lambda bank, tell: tell(f"{bank.n_draws} draws reached")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "selloff.studies", fake)
    monkeypatch.setattr(selloff, "studies", fake, raising=False)
    sys.modules.pop("selloff.apps._calibrating", None)
    yield asked
    sys.modules.pop("selloff.apps._calibrating", None)


def test_options_are_handed_over(selloff_: Any, study: list[dict[str, Any]]) -> None:
    answer = selloff_(
        "calibrate", "--draws", "8", "--proposals", "64", "--seed", "3", "--out", "bank"
    )
    assert answer.exit_code == 0
    assert study == [{"folder": Path("bank"), "n_draws": 8, "n_proposals": 64, "seed": 3}]
    assert answer.stdout == (
        "8 parameter draws from 64 proposals written to bank\n8 draws reached\n"
    )


def test_a_folder_that_cannot_be_written_to_is_found_first(
    selloff_: Any, study: list[dict[str, Any]]
) -> None:
    Path("taken").write_text("", encoding="utf-8")
    assert selloff_("calibrate", "--out", "taken").exit_code == 2
    assert study == []
