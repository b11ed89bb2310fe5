"""The fact-check on disk."""

from pathlib import Path

import pytest

from selloff.evidence import factcheck
from selloff.evidence.factcheck import (
    SHIPPED,
    has_factcheck,
    load_factcheck,
    read_factcheck,
    save_factcheck,
)
from selloff.vocab.errors import OutputError

FOUND = {"made": {"draws": 2}, "thresholds": {}, "claims": [{"id": "a", "p": 0.5, "verdict": None}]}


def test_what_is_saved_is_read(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "claims.json"
    assert save_factcheck(FOUND, file) == file
    assert read_factcheck(file) == FOUND
    assert [each.name for each in file.parent.iterdir()] == ["claims.json"]


def test_a_missing_file_says_how_to_make_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factcheck, "SHIPPED", tmp_path / "none.json")
    load_factcheck.cache_clear()
    assert not has_factcheck()
    with pytest.raises(OutputError) as caught:
        load_factcheck()
    assert "there is no fact-check: " in str(caught.value)
    assert "Make it with: selloff factcheck --out" in str(caught.value)
    load_factcheck.cache_clear()


@pytest.mark.parametrize("text", ["{", "[]", '{"made": {}}', "\xff"])
def test_a_file_with_something_else_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "odd.json"
    file.write_text(text, encoding="latin-1")
    with pytest.raises(OutputError, match="fact-check"):
        read_factcheck(file)


def test_no_number_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        save_factcheck({"p": float("nan")}, tmp_path / "claims.json")
    assert not list(tmp_path.iterdir())


def test_the_shipped_one_is_whole() -> None:
    assert has_factcheck()
    found = load_factcheck()
    assert SHIPPED.name == "factcheck.json"
    assert set(found["made"]) == {"vintage", "draws", "seed", "version"}
    assert len(found["claims"]) == 14
