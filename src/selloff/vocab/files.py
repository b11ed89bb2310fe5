"""Files are written whole or not at all, one alone or several as a set; and JSON is read."""

import csv
import errno
import io
import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib.resources.abc import Traversable
from pathlib import Path
from types import FrameType
from typing import Any, Final

from selloff.vocab.errors import OutputError

if sys.platform != "win32":
    import fcntl

Content = str | bytes | memoryview
_UNFINISHED: Final = ".selloff-unfinished"
"""Folder in which a set waits until all of it is on the disk."""
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def user_data_folder() -> Path:
    """Name the folder of what the user has fetched; it need not exist."""
    asked = Path(os.environ.get("XDG_DATA_HOME", ""))
    if asked.is_absolute():
        return asked / "selloff"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _home("XDG_DATA_HOME")) / "selloff" / "data"
    home = _home("XDG_DATA_HOME")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "selloff"
    return home / ".local" / "share" / "selloff"


def user_cache_folder() -> Path:
    """Name the folder of what can be made again; it need not exist."""
    asked = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (asked if asked.is_absolute() else _home("XDG_CACHE_HOME") / ".cache") / "selloff"


def _home(instead: str) -> Path:
    try:
        return Path.home()
    except RuntimeError:
        remedy = f"Set HOME, or {instead} to a folder for the files of Selloff."
        raise OutputError(f"no home folder is known. {remedy}") from None


def read_json(file: Path | Traversable) -> Any:
    """Read a JSON file."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", "") or error
        raise OutputError(f"{file}: cannot be read ({reason}).") from error


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Write rows out as CSV, the head among them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write_file(file: Path, content: Content) -> Path:
    """Write one file; text is UTF-8."""
    return _write_all(file.parent, [(file.name, content)], asked=file)[0]


def write_set(folder: Path, contents: Iterable[tuple[str, Content]]) -> list[Path]:
    """Write files, named from the folder on, that belong together.

    Whatever fails on the way, the folder holds the older set or the new one; only a process killed
    between two renames, all of which come last, can leave some of each.
    """
    return _write_all(folder, contents, asked=folder)


def _write_all(folder: Path, contents: Iterable[tuple[str, Content]], *, asked: Path) -> list[Path]:
    try:
        with _made(folder), _locked(folder), _staged(folder) as stage:
            names = [_write(stage, name, content) for name, content in contents]
            places = [folder / name for name in names]
            for place in places:
                place.parent.mkdir(parents=True, exist_ok=True)
                if place.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            with _uninterrupted():
                for name, place in zip(names, places, strict=True):
                    (stage / name).replace(place)
            return places
    except OSError as error:
        raise _unwritten(asked, error) from error


def _unwritten(asked: Path, error: OSError) -> OutputError:
    remedy = "Free some space" if error.errno in _NO_ROOM else "Choose another place"
    return OutputError(f"{asked}: cannot be written ({error.strerror or error}). {remedy}.")


def _write(stage: Path, name: str, content: Content) -> str:
    file = stage / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        stream.write(content.encode() if isinstance(content, str) else content)
        stream.flush()
        os.fsync(stream.fileno())
    return name


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder; where nothing came to be in it, take it away again."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one at a time work in a folder; the next one is refused.

    Meanwhile `write_set` writes to folders inside it: for the folder itself it would wait.
    """
    with ExitStack() as held:
        try:
            held.enter_context(_made(folder))
            held.enter_context(_locked(folder, waits=False))
        except BlockingIOError:
            remedy = "Wait until it has ended, then run this again."
            raise OutputError(f"{folder}: another update is at work there. {remedy}") from None
        except OSError as error:
            raise _unwritten(folder, error) from error
        yield


@contextmanager
def _locked(folder: Path, *, waits: bool = True) -> Iterator[None]:
    """Let one at a time into a folder; the next one waits, or is refused."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            raise
        except OSError:
            pass  # some network disks know no locks
        yield
    finally:
        os.close(handle)


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """Lend a fresh folder beside the files; what a killed writer left there goes."""
    stage = folder / _UNFINISHED
    shutil.rmtree(stage, ignore_errors=True)
    try:
        stage.mkdir()
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and requests to end back until all files have moved."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []

    def hold(number: int, _: FrameType | None) -> None:
        held.append(number)

    before = {each: signal.signal(each, hold) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in held:
            signal.raise_signal(number)
