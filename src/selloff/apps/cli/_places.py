"""Files and folders the user names; whether they can be used is asked before the work starts."""

import math
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR, CURRENCIES, TENORS
from selloff.vocab.errors import OutputError
from selloff.vocab.variables import variables

_MONTHS_PER_YEAR: Final = 12
_GROUPS_AT_MOST: Final = 16
_BYTES_PER_NUMBER: Final = 8
_REPORT_BYTES: Final = 20_000_000
_STREAMED_BYTES: Final = 6_000
"""What a draw leaves in a batch until the run has ended, at most."""
_LONGEST_NAME: Final = 255
_LONGEST_PLACE: Final = 4095
_SPARE: Final = 60
"""What names of files inside a folder, or of unfinished files, can add [bytes]."""


def saved_result(text: str) -> Path:
    """Read the name of a saved result."""
    file = _place("RESULT", text)
    if not file.is_file():
        kind = "a folder" if file.is_dir() else "no file"
        raise OutputError(
            f"RESULT {text}: got {kind}; allowed: a saved result (.nc). "
            "`selloff run` writes one and prints its name."
        )
    return file


def new_file(text: str, flag: str = "--out") -> Path:
    """Read the name of a file to write."""
    file = _place(flag, text)
    check_writable(file.parent, asked=file, what="a file", flag=flag)
    if file.is_dir():
        raise _refused(file, "a folder", "Name a file inside it.", what="a file", flag=flag)
    if os.path.lexists(file) and not file.is_file():
        given = "a pipe, a device or a broken link"
        raise _refused(file, given, what="a file", flag=flag)
    return file


def new_folder(text: str, flag: str = "--out") -> Path:
    """Read the name of a folder to write to."""
    folder = _place(flag, text)
    check_writable(folder, flag=flag)
    return folder


def given_by(flag: str, read: Callable[[str, str], Path]) -> Callable[[str], Path]:
    """Read a name so that messages speak of the option it came by."""

    def place(text: str) -> Path:
        return read(text, flag)

    return place


def check_writable(
    folder: Path, *, asked: Path | None = None, what: str = "a folder", flag: str = "--out"
) -> Path:
    """Refuse a folder that cannot be made or written to; return what there is of it."""
    import tempfile

    asked = asked or folder
    place = asked.absolute()
    longest = max(len(os.fsencode(part)) for part in place.parts)
    if longest > _LONGEST_NAME - _SPARE or len(os.fsencode(place)) > _LONGEST_PLACE - _SPARE:
        raise _refused(asked, "a name too long for a file", "Shorten it.", what=what, flag=flag)
    ground = _nearest(folder)
    if not ground.is_dir():
        raise _refused(asked, f"a file in the way, {ground}", what=what, flag=flag)
    try:
        with tempfile.TemporaryFile(dir=ground):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        given = f"{ground}, which cannot be written to ({reason})"
        raise _refused(asked, given, what=what, flag=flag) from None
    return ground


def check_room(folder: Path, *, draws: int, horizon_years: float, runs: int = 1) -> None:
    """Refuse a folder on a disk too small for every variable at every step, uncompressed."""
    _check_free(folder, runs * (_REPORT_BYTES + draws * bytes_per_draw(horizon_years)))


def check_stream_room(folder: Path, *, draws: int, keeps: bool, horizon_years: float) -> None:
    """Refuse a folder on a disk too small for the batches of a streamed run, and kept draws."""
    kept = bytes_per_draw(horizon_years) if keeps else 0
    _check_free(folder, _REPORT_BYTES + draws * (_STREAMED_BYTES + kept))


def _check_free(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(check_writable(folder)).free
    if free < needed:
        raise OutputError(
            f"--out {folder}: {free / 1e6:,.0f} MB free on that disk, up to {needed / 1e6:,.0f} MB "
            "needed. Free some space, choose another folder or run fewer --draws."
        )


def bytes_per_draw(horizon_years: float) -> int:
    """Bound the size of one draw of a saved result."""
    months = max(0.0, horizon_years - 1) * _MONTHS_PER_YEAR
    sizes = {
        "step": BUSINESS_DAYS_PER_YEAR + 1 + math.ceil(months),
        "tenor": len(TENORS),
        "currency": len(CURRENCIES),
        "group": _GROUPS_AT_MOST,
    }
    numbers = sum(
        math.prod(sizes.get(dim, 1) for dim in each.dims)
        for each in variables().values()
        if "draw" in each.dims and "step" in each.dims
    )
    return numbers * _BYTES_PER_NUMBER


def _place(where: str, text: str) -> Path:
    if not text:
        raise OutputError(f"{where}: got an empty name; allowed: the name of a file. Write it.")
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise OutputError(f"{where} {text}: {error}. Write the name without ~.") from None


def _nearest(folder: Path) -> Path:
    """Find the folder itself, or what exists of the way to it."""
    place = folder.absolute()
    while not os.path.lexists(place) and place != place.parent:
        place = place.parent
    return place


def _refused(
    place: Path, given: str, remedy: str = "Choose another.", *, what: str, flag: str = "--out"
) -> OutputError:
    return OutputError(
        f"{flag} {place}: got {given}; allowed: {what} that can be written to, or made. {remedy}"
    )
