"""Files are whole or not there, whatever happens while they are written."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from selloff.vocab import (
    OutputError,
    alone_in,
    read_json,
    user_cache_folder,
    user_data_folder,
    write_file,
    write_set,
)

OLD = {"a.txt": "old a\n", "deep/b.txt": "old b\n"}
NEW = {"a.txt": "new a\n", "deep/b.txt": "new b\n"}


def found(folder: Path) -> dict[str, str]:
    files = (each for each in sorted(folder.rglob("*")) if each.is_file())
    return {str(each.relative_to(folder)): each.read_text(encoding="utf-8") for each in files}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    write_set(tmp_path, OLD.items())
    return tmp_path


def failing(failure: BaseException) -> Iterator[tuple[str, str]]:
    yield "a.txt", "new a\n"
    raise failure


def python(code: str, *given: str, limit: str = "") -> subprocess.Popen[str]:
    """Run a few lines in a process of their own."""
    command = [sys.executable, "-c", f"from selloff.vocab import *\n{code}", *given]
    shell = ["bash", "-c", f'{limit} exec "$@"', "-"] if limit else []
    return subprocess.Popen(
        [*shell, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_set_takes_the_place_of_the_older_one(old: Path) -> None:
    (old / "mine.txt").write_text("mine")
    files = write_set(old, NEW.items())
    assert files == [old / name for name in NEW]
    assert found(old) == NEW | {"mine.txt": "mine"}
    assert {each.name for each in old.iterdir()} == {"a.txt", "deep", "mine.txt"}


def test_bytes_and_text_of_one_file(tmp_path: Path) -> None:
    assert write_file(tmp_path / "new" / "f", "ä\n").read_bytes() == "ä\n".encode()
    assert write_file(tmp_path / "new" / "f", memoryview(b"\0\r\n")).read_bytes() == b"\0\r\n"


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), ValueError(), SystemExit()])
def test_a_failure_keeps_the_older_set(old: Path, failure: BaseException) -> None:
    with pytest.raises(type(failure)):
        write_set(old, failing(failure))
    assert found(old) == OLD
    with pytest.raises(type(failure)):
        write_set(old / "not" / "there", failing(failure))
    assert {each.name for each in old.iterdir()} == {"a.txt", "deep"}


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "Free some space"), (errno.EIO, "Choose another place")]
)
def test_a_disk_that_fails_is_told(old: Path, number: int, words: str) -> None:
    with pytest.raises(OutputError, match=f"cannot be written .*{words}"):
        write_set(old, failing(OSError(number, os.strerror(number))))
    assert found(old) == OLD


def test_a_folder_or_a_file_in_the_way_is_told_before_anything_moves(old: Path) -> None:
    with pytest.raises(OutputError, match="deep: cannot be written"):
        write_file(old / "deep", "text")
    with pytest.raises(OutputError, match="cannot be written"):
        write_set(old, [("a.txt", "new"), ("deep", "text")])
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(old / "a.txt" / "b.txt", "text")
    assert found(old) == OLD


def test_a_limit_on_the_size_of_files_is_told(old: Path) -> None:
    code = """import sys, pathlib
try:
    write_set(pathlib.Path(sys.argv[1]), [("a.txt", "new"), ("deep/b.txt", "x" * 3_000_000)])
except OutputError as error:
    print(error)
"""
    out, err = python(code, str(old), limit="ulimit -f 1000;").communicate(timeout=60)
    assert out.startswith(f"{old}: cannot be written (File too large). Free some space.")
    assert err == ""
    assert found(old) == OLD
    assert {each.name for each in old.iterdir()} == {"a.txt", "deep"}


def test_a_killed_writer_leaves_nothing_in_the_set_and_the_next_one_cleans_up(old: Path) -> None:
    code = """import sys, pathlib, time
def slow():
    yield "a.txt", "new"
    print("writing", flush=True)
    time.sleep(60)
write_set(pathlib.Path(sys.argv[1]), slow())
"""
    with python(code, str(old)) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        writer.kill()
    assert {name: text for name, text in found(old).items() if "unfinished" not in name} == OLD
    write_set(old, NEW.items())
    assert found(old) == NEW


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C raises, though shells start jobs in the background with it switched off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_while_files_move_waits(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C comes after the first of two has moved: the second still follows."""
    move = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        moved = move(self, target)
        signal.raise_signal(signal.SIGINT)
        return moved

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_set(old, NEW.items())
    assert found(old) == NEW
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_two_writers_do_not_mix(tmp_path: Path) -> None:
    """The second waits until the first, which is half done, is through."""
    begun, free = threading.Event(), threading.Event()
    order: list[str] = []

    def slow() -> Iterator[tuple[str, str]]:
        yield "a.txt", "new a\n"
        begun.set()
        assert free.wait(30)
        yield "deep/b.txt", "new b\n"
        order.append("first")

    def late() -> Iterator[tuple[str, str]]:
        order.append("second")
        yield from OLD.items()

    first = threading.Thread(target=write_set, args=(tmp_path, slow()))
    first.start()
    assert begun.wait(30)
    second = threading.Thread(target=write_set, args=(tmp_path, late()))
    second.start()
    time.sleep(0.1)
    free.set()
    first.join(30)
    second.join(30)
    assert order == ["first", "second"]
    assert found(tmp_path) == OLD


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_json_that_cannot_be_read_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f.json").write_bytes(content)
    with pytest.raises(OutputError, match=r"f\.json: cannot be read"):
        read_json(tmp_path / "f.json")
    with pytest.raises(OutputError, match="No such file"):
        read_json(tmp_path / "none.json")


def test_without_a_home_the_folders_say_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nobody)
    for folder, variable in (
        (user_data_folder, "XDG_DATA_HOME"),
        (user_cache_folder, "XDG_CACHE_HOME"),
    ):
        monkeypatch.delenv(variable, raising=False)
        with pytest.raises(OutputError, match=f"Set HOME, or {variable}"):
            folder()


def test_one_works_alone_in_a_folder_and_leaves_none_that_is_empty(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "home"
    with alone_in(folder):
        with pytest.raises(OutputError, match="another update is at work"), alone_in(folder):
            pass
        write_set(folder / "inside", OLD.items())
    assert found(folder / "inside") == OLD
    with pytest.raises(OSError, match="mine"), alone_in(tmp_path / "new"):
        raise OSError("mine")
    assert not (tmp_path / "new").exists()
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"), alone_in(tmp_path / "file" / "x"):
        pass
