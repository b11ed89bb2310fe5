"""Results that ship beside the bank."""

from pathlib import Path

import pytest

from selloff.evidence import load_factcheck, load_mechanisms, store
from selloff.evidence.stored import BANK_FOLDER, stored


def test_what_is_stored_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selloff.evidence.stored.BANK_FOLDER", tmp_path)
    found = {"b": {"p": 0.5, "verdict": None}, "a": "Île"}
    store(found, tmp_path / "made_up.json")
    assert stored("made_up") == found
    stored.cache_clear()


def test_no_number_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        store({"p": float("nan")}, tmp_path / "claims.json")
    assert not list(tmp_path.iterdir())


def test_arms_that_leave_one_mechanism_out_come_last() -> None:
    arms = list(load_mechanisms()["arms"])
    assert arms[:2] == ["nobody", "everybody"]
    assert sorted(arms) == sorted(stored("mechanisms")["arms"])


@pytest.mark.parametrize("name", ["backtest", "factcheck", "mechanisms", "moves", "two_country"])
def test_what_ships_was_stored_as_it_would_be_now(name: str, tmp_path: Path) -> None:
    again = store(stored(name), tmp_path / "again.json")
    assert again.read_bytes() == (BANK_FOLDER / f"{name}.json").read_bytes()


def test_the_shipped_fact_check_is_whole() -> None:
    found = load_factcheck()
    assert set(found["made"]) == {"vintage", "draws", "seed", "version"}
    assert len(found["claims"]) == 14
