"""Is there a place for the result? Asked before the work starts, not after."""

import math
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR, CURRENCIES, TENORS
from selloff.vocab.errors import InputError, OutputError, Problem
from selloff.vocab.variables import variables

_MONTHS_PER_YEAR: Final = 12
_GROUPS_AT_MOST: Final = 16
_BYTES_PER_NUMBER: Final = 8
_REPORT_BYTES: Final = 20_000_000


def check_folder(folder: Path, *, draws: int, horizon_years: float, runs: int = 1) -> None:
    """Refuse a folder the result could not be written to.

    Source: assumption; room for every variable at every step of every draw, uncompressed.
    """
    ground = _nearest(folder)
    if not ground.is_dir():
        raise _refused(folder, f"a file in the way, {ground}", "Choose another folder.")
    try:
        with tempfile.TemporaryFile(dir=ground):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _refused(
            folder, f"{ground}, which cannot be written to ({reason})", "Choose another folder."
        ) from None
    needed = runs * (_REPORT_BYTES + draws * bytes_per_draw(horizon_years))
    free = shutil.disk_usage(ground).free
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


def _nearest(folder: Path) -> Path:
    """Find the folder itself, or what exists of the way to it."""
    place = folder.absolute()
    while not os.path.lexists(place) and place != place.parent:
        place = place.parent
    return place


def _refused(folder: Path, given: str, remedy: str) -> InputError:
    problem = Problem(
        where=f"--out {folder}",
        given=given,
        allowed="a folder that can be written to, or made",
        remedy=remedy,
    )
    return InputError([problem])
