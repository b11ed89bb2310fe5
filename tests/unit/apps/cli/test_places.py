"""The place for the result is looked at before the run, and left as it was."""

import os
import shutil
import tempfile
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from selloff.apps.cli._app import command_line
from selloff.apps.cli._places import bytes_per_draw, check_room, new_file, new_folder
from selloff.vocab.errors import OutputError

Usage = namedtuple("Usage", "total used free")
BAD_PLACES = {
    "": "an empty name",
    "x" * 300: "a name too long",
    f"new/{'x' * 300}/deep": "a name too long",
    "/".join(["deep"] * 1000): "a name too long",
    "file/below": "a file in the way",
    "file/far/below": "a file in the way",
    "link/below": "a file in the way",
    "/proc/new": "cannot be written to",
    "~nobody-of-that-name/x": "Write the name without ~",
}
BAD_FILES = BAD_PLACES | {".": "a folder", "link": "a broken link", "/dev/null": "a device"}
BAD_FOLDERS = BAD_PLACES | {"file": "a file in the way", "link": "a file in the way"}


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("mine", encoding="utf-8")
    Path("link").symlink_to(tmp_path / "nowhere")
    Path("r.nc").write_bytes(b"")
    return tmp_path


def test_a_good_place_is_left_untouched(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(place))
    before = set(place.iterdir())
    assert new_folder("a/b") == Path("a/b")
    assert new_folder(".") == Path()
    assert new_file("a/page.html") == Path("a/page.html")
    assert new_file("file") == Path("file")
    assert new_file("~/page.html") == place / "page.html"
    check_room(place / "a", draws=10, horizon_years=1)
    assert set(place.iterdir()) == before


@pytest.mark.parametrize(("name", "words"), BAD_FILES.items())
def test_a_file_that_cannot_be_written_is_refused(name: str, words: str) -> None:
    with pytest.raises(OutputError, match=words):
        new_file(name)


@pytest.mark.parametrize(("name", "words"), BAD_FOLDERS.items())
def test_a_folder_that_cannot_be_written_is_refused(name: str, words: str) -> None:
    with pytest.raises(OutputError, match=words):
        new_folder(name)


def writers() -> list[tuple[str, str]]:
    """Every command and option that names a place to write to."""
    found = command_line().commands.items()
    return [
        (name, f"--{one.name}")
        for name, each in found
        for one in each.params
        if one.name in ("out", "html", "resume")
    ]


def test_these_commands_write() -> None:
    both = ("optimal", "reverse", "sensitivity", "sweep")
    found = writers()
    assert [name for name, flag in found if flag == "--resume"] == sorted((*both, "run"))
    assert [name for name, flag in found if flag == "--html"] == ["monitor"]
    assert [name for name, flag in found if flag == "--out"] == sorted(
        (
            *("backtest", "calibrate", "compare", "export", "factcheck"),
            *("report", "run", "snapshot", *both),
        )
    )


@pytest.mark.parametrize(("command", "flag"), writers())
@pytest.mark.parametrize("name", ["", "x" * 300, "file/below", "/proc/new"])
def test_every_command_finds_it_before_the_work(
    selloff_: Any, session: Any, command: str, flag: str, name: str
) -> None:
    given = {"run": ["no-sale"], "compare": ["no-sale", "no-sale"], "backtest": ["all"]}
    given |= {"export": ["r.nc"], "report": ["r.nc"], "monitor": ["japan"]}
    given |= {"sensitivity": ["japan-dump"], "sweep": ["japan-dump"]}
    given |= {"optimal": ["japan"], "reverse": ["us_10y_peak_bp >= 100"]}
    before = sorted(os.listdir())
    answer = selloff_(command, *given.get(command, []), flag, name)
    assert (answer.exit_code, answer.stdout) == (3, "")
    assert answer.stderr.startswith(f"selloff: {flag}")
    assert not session.asked
    assert sorted(os.listdir()) == before


@pytest.mark.parametrize("command", [["run", "no-sale"], ["compare", "no-sale", "no-sale"]])
def test_the_place_of_nobodys_choice_is_looked_at_too(
    selloff_: Any, session: Any, command: list[str]
) -> None:
    Path("out").write_text("in the way", encoding="utf-8")
    assert selloff_(*command).exit_code == 3
    assert not session.asked


def test_a_read_only_folder_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(**_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryFile", denied)
    with pytest.raises(OutputError, match=r"cannot be written to \(read-only file system\)"):
        new_folder("a")


def test_a_disk_too_small_is_refused_with_both_sizes(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 0, 30_000_000))
    check_room(place, draws=10, horizon_years=1)
    with pytest.raises(OutputError, match="30 MB free on that disk"):
        check_room(place, draws=10_000, horizon_years=10)


def test_the_room_asked_for_grows_with_the_horizon() -> None:
    one, ten, fifty = (bytes_per_draw(years) for years in (1, 10, 50))
    assert one < ten < fifty
    assert bytes_per_draw(0.25) == one
    assert (ten - one) * 40 == pytest.approx((fifty - ten) * 9)
