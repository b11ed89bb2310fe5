"""`selloff sensitivity`: what it refuses, and what it prints."""

import json
import shutil
from pathlib import Path

import pytest

from papers import promised
from selloff.apps.cli._app import answer
from selloff.studies.measuring import Numbers
from selloff.studies.sensitivity import design, indices, study
from selloff.studies.sensitivity.points import Points


def answered(asked: Points) -> Numbers:
    """A metric that is one parameter."""
    return dict.fromkeys(study.METRICS, asked.values()["dealer_capacity"])


def test_wrong_names_are_refused_before_anything_runs(capfd: pytest.CaptureFixture[str]) -> None:
    words = ["sensitivity", "japan-dump", "--metric", "us_10y_peek_bp", "--metric", "nothing"]
    assert answer(words) == 2
    said = capfd.readouterr().err
    assert "2 problems" in said
    assert "Did you mean 'us_10y_peak_bp'?" in said
    assert "--metric: got 'nothing'" in said


def test_without_its_library_it_says_what_to_install(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(indices, "import_module", missing)
    assert answer(["sensitivity", "japan-dump"]) == 2
    assert "pip install 'selloff[bayes]'" in capfd.readouterr().err


def test_it_prints_and_writes_what_it_found(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(design, "answer_points", answered)
    words = ["sensitivity", "japan-dump", "--draws", "32", "--out", str(tmp_path / "a")]
    assert answer([*words, "--resume", str(tmp_path / "kept")]) == 0
    said = capfd.readouterr().out
    assert "dealer_capacity matters most" in " ".join(said.split())
    assert max(map(len, said.splitlines())) <= 100
    names = {"sensitivity.json", "sensitivity.html", "sensitivity.csv"}
    assert {each.name for each in (tmp_path / "a").iterdir()} == names
    assert list((tmp_path / "kept").iterdir())
    shutil.rmtree(tmp_path / "a")
    assert answer([*words, "--resume", str(tmp_path / "kept"), "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert promised("sensitivity") <= set(told)
    assert told["of"]["us_10y_peak_bp"]["effects"][0]["name"] == "dealer_capacity"
