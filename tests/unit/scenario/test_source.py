"""Files are looked at before they are read, and what is no scenario file is refused."""

import os
from pathlib import Path

import pytest

from selloff.scenario.loading import FORM, preset_names
from selloff.scenario.source import MAX_BYTES, text_of
from selloff.vocab.errors import Problem, ScenarioError


def refused(source: str | Path) -> Problem:
    with pytest.raises(ScenarioError) as caught:
        text_of(source, FORM)
    (told,) = caught.value.problems
    return told


def test_a_misspelt_preset_is_offered_its_near_miss() -> None:
    told = refused("japan-dmp")
    assert told.given == "'japan-dmp'"
    assert ", ".join(preset_names()) in told.allowed
    assert told.remedy == "Did you mean 'japan-dump'?"


def test_a_preset_wins_over_a_file_of_the_same_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("no-sale").write_text("mine", encoding="utf-8")
    assert "Nobody sells" in text_of("no-sale", FORM)[1]
    assert text_of("./no-sale", FORM)[1] == "mine"


def test_a_missing_file_is_offered_its_near_miss(tmp_path: Path) -> None:
    (tmp_path / "dump.yaml").write_text("", encoding="utf-8")
    told = refused(tmp_path / "dmp.yaml")
    assert told.given == "a file that does not exist"
    assert told.remedy == "Did you mean 'dump.yaml'?"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).given == "a folder"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refused(tmp_path / "pipe.yaml").given == "a pipe or a device"


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    file = tmp_path / "huge.yaml"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    told = refused(file)
    assert told.given == "50,000,000 bytes"
    assert f"{MAX_BYTES:,} bytes" in told.allowed


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\xff", b"a: 1\n\xff\xfe", b"\x80"])
def test_binary_files_are_refused_with_a_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "binary.yaml"
    file.write_bytes(content)
    told = refused(file)
    assert told.where.startswith(f"{file}:")
    assert "not UTF-8" in told.given


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1")
    assert text_of(tmp_path / "a.yaml", FORM)[1] == "a: 1"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret.yaml"
    file.write_text("", encoding="utf-8")
    file.chmod(0)
    assert "permission denied" in refused(file).given


def test_an_unreadable_file_is_told_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "secret.yaml"
    file.write_text("", encoding="utf-8")
    monkeypatch.setattr(Path, "open", denied)
    assert refused(file).given == "a file that cannot be read (permission denied)"


@pytest.mark.parametrize("source", ["", "x" * 5000, "x" * 5000 + ".yaml", "a\0b", "a\0b.yaml"])
def test_odd_names_are_refused_calmly(source: str) -> None:
    assert refused(source).remedy
