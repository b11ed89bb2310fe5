"""What commands of studies share: where files go, and how an answer is told."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from selloff.apps.cli._console import say_json, say_written
from selloff.apps.cli._places import check_writable
from selloff.apps.cli._progress import Kept, nothing_kept


class Study(Protocol):
    """The answer of a study."""

    def summary(self) -> dict[str, Any]:
        """Give everything as plain values."""
        ...


def folder_of(out: Path | None, name: str) -> Path:
    """Name the folder of the files: the one asked for, or the usual one of that name."""
    folder = out or Path("out", name)
    check_writable(folder)
    return folder


def kept_in(resume: Path | None) -> Kept:
    """Say what is left of a study that is stopped before its end."""

    def said() -> str:
        if resume is None or not any(resume.glob("*.npz")):
            return nothing_kept()
        return f"answers so far are in {resume}, and --resume goes on from them"

    return said


def tell(
    found: Study, files: Sequence[Path], show: Callable[[Any], None], *, is_json: bool
) -> None:
    """Print all of an answer as JSON, or what a screen has room for."""
    if is_json:
        say_json(found.summary() | {"files": [str(each) for each in files]})
        return
    show(found)
    say_written(files)
