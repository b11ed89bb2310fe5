"""`update` reads files or hosts, says what is new, and how it failed."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from selloff.feeds import fetching
from selloff.feeds.reading import refuse
from selloff.vocab import alone_in

FILES = Path(__file__).parents[2] / "feeds" / "files"
DAY = ("--fetched-on", "2026-09-04")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    place = tmp_path / "downloads"
    place.mkdir()
    text = (FILES / "WMTSECL1.csv").read_text()
    (place / "WMTSECL1.csv").write_text(text.replace("2026-08-19,2586171", "2026-08-19,2586000"))
    return place


def test_an_update_says_what_is_new_and_where_it_is(selloff_: Any, folder: Path) -> None:
    found = selloff_("update", "--from", str(folder), *DAY)
    assert (found.exit_code, found.stderr) == (0, "")
    assert "fed_custody_weekly.usd_bn 2026-08-19: 2,586.171 to 2,586" in found.stdout
    assert "--vintage 2026-09-04" in found.stdout
    assert (folder.parent / "home" / "selloff" / "raw" / "index.json").is_file()
    again = selloff_("update", "--from", str(folder), *DAY)
    assert "Nothing is new." in again.stdout


def test_a_trial_writes_nothing(selloff_: Any, folder: Path) -> None:
    found = selloff_("update", "--from", str(folder), *DAY, "--dry-run", "--json")
    (one,) = json.loads(found.stdout)["sources"]
    assert one["source"] == "fred_h41"
    assert one["revised"] == 1
    assert one["largest_revision"]["after"] == 2586.0
    assert json.loads(found.stdout)["vintage"] is None
    assert not (folder.parent / "home").exists()


def test_a_failure_beside_success_is_shown_and_counted(selloff_: Any, folder: Path) -> None:
    (folder / "slt_table5.txt").write_text("<html>")
    found = selloff_("update", "--from", str(folder), *DAY)
    assert found.exit_code == 0
    assert "tic slt_table5.txt: content: got a web page" in found.stdout
    assert "1 of 2 sources failed; their numbers stay as they were." in found.stdout
    assert "--vintage 2026-09-04" in found.stdout


def test_a_source_whose_key_is_missing_is_not_taken_for_one_without_news(
    selloff_: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder.is_dir()
    monkeypatch.delenv("FRED_API_KEY", raising=False)
    found = selloff_("update", "--source", "alfred")
    assert found.exit_code == 2
    assert "alfred, without a key" in found.stderr
    assert "FRED_API_KEY" in found.stderr


def test_two_at_once_do_not_mix(selloff_: Any, folder: Path) -> None:
    home = folder.parent / "home" / "selloff"
    with alone_in(home):
        found = selloff_("update", "--from", str(folder), *DAY)
        assert (found.exit_code, found.stdout) == (3, "")
        assert "another update is at work there. Wait until it has ended" in found.stderr
        assert not list(home.iterdir())
        assert selloff_("update", "--from", str(folder), *DAY, "--dry-run").exit_code == 0
    assert selloff_("update", "--from", str(folder), *DAY).exit_code == 0


def test_a_damaged_index_says_what_to_do(selloff_: Any, folder: Path) -> None:
    raw = folder.parent / "home" / "selloff" / "raw"
    raw.mkdir(parents=True)
    (raw / "index.json").write_text('{"a": 3')
    found = selloff_("update", "--from", str(folder), *DAY)
    assert found.exit_code == 3
    assert "is not an index of raw files. Move it away" in found.stderr


def test_a_failure_alone_is_exit_code_six(selloff_: Any, folder: Path) -> None:
    found = selloff_("update", "--from", str(folder), "--fetched-on", "2026-11-26")
    assert (found.exit_code, found.stdout) == (6, "")
    assert "last number: got 2026-09-02, out since 2026-09-03" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--source", "tix"), "--source: got 'tix'; allowed: tic, "),
        (("--from", "."), "with no file of a source"),
        (("--from", "nowhere"), "no folder"),
        ((*DAY,), "--fetched-on: got '2026-09-04'"),
        (("--from", ".", "--fetched-on", "yesterday"), "--fetched-on: got 'yesterday'"),
        (("--from", ".", "--fetched-on", "2999-01-01"), "not after today"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    selloff_: Any, folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    shutil.rmtree(folder)
    found = selloff_("update", *arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert words in found.stderr


def test_without_a_network_every_source_says_so(
    selloff_: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(url: str, *_: object) -> None:
        raise refuse(f"host {url.split('/')[2]}", "no connection", "a host that answers", "Wait.")

    monkeypatch.setattr(fetching, "ask", fail)
    found = selloff_("update", "--source", "tic", "--source", "fred_h41")
    assert (found.exit_code, found.stdout) == (6, "")
    assert "Asking for Treasury International Capital" in found.stderr
    assert "2 problems" in found.stderr
    assert "fred_h41 WMTSECL1.csv: host fred.stlouisfed.org: got no connection" in found.stderr
    assert not (folder.parent / "home").exists()
