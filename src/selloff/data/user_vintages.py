"""Tables the user has fetched: a folder for each vintage, laid over the packaged tables."""

import csv
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NoReturn

import pandas as pd

from selloff.data.tables import PACKAGED, PROVENANCE, Provenance, Snapshot, listed, parsed
from selloff.vocab.errors import OutputError, VintageError, near_miss, shown
from selloff.vocab.files import user_data_folder

_NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}(\.\d+)?")
"""The day of the update; a number after it where there were several."""


def vintages_folder() -> Path:
    """Name the folder in which the user's vintages lie."""
    return user_data_folder() / "vintages"


def user_vintages() -> tuple[str, ...]:
    """List the vintages the user has fetched, the oldest first."""
    try:
        names = [each.name for each in vintages_folder().iterdir() if each.is_dir()]
    except (OSError, OutputError):
        return ()
    return tuple(sorted(filter(_NAME.fullmatch, names), key=_order))


def parts_of(vintage_id: str) -> tuple[str, str]:
    """Take `2026-08@2026-11-27` apart into month and tables; either may be left out."""
    month, at, name = vintage_id.rpartition("@")
    if at or _NAME.fullmatch(vintage_id):
        return month, name
    return vintage_id, ""


def snapshot_of(vintage_id: str) -> Snapshot:
    """Find the tables of a vintage: those of the package, the user's laid over them if named."""
    _, name = parts_of(vintage_id)
    return _fetched(name) if name else PACKAGED


def _fetched(name: str) -> Snapshot:
    folder = vintages_folder() / name
    if not _NAME.fullmatch(name) or not folder.is_dir():
        names = user_vintages()
        allowed = f"fetched so far: {', '.join(names) or 'none'}"
        remedy = near_miss(name, names) if names else "`selloff update` fetches one."
        raise VintageError.of("vintage", given=shown(name), allowed=allowed, remedy=remedy)
    try:
        content = (folder / PROVENANCE).read_bytes()
    except OSError as error:
        _refuse(folder / PROVENANCE, f"no file to read ({error.strerror})", "a list of the tables")
    return _laid_over(folder, content, _stamps(folder))


def _stamps(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Tell a folder whose files have changed since."""
    files = ((each.name, each.stat()) for each in sorted(folder.glob("*.csv")))
    return tuple((name, found.st_mtime_ns, found.st_size) for name, found in files)


@lru_cache(maxsize=16)
def _laid_over(folder: Path, content: bytes, _: tuple[tuple[str, int, int], ...]) -> Snapshot:
    own = {row.table: row for row in _listed(folder, content)}
    _check_files(folder, own)
    sources = tuple(own.get(row.table, row) for row in PACKAGED.sources())

    @cache
    def read(name: str) -> pd.DataFrame:
        return _read(folder, own[name]) if name in own else PACKAGED.read(name)

    return Snapshot(read, lambda: sources, folder.name)


def _listed(folder: Path, content: bytes) -> tuple[Provenance, ...]:
    file = folder / PROVENANCE
    try:
        rows = listed(content.decode("utf-8-sig"))
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        _refuse(file, f"a list that cannot be read ({error})", "the columns of the packaged one")
    known = [row.table for row in PACKAGED.sources()]
    for row in rows:
        if row.table not in known:
            hint = near_miss(row.table, known)
            _refuse(file, f"table {shown(row.table)}", "a table of the package", hint)
    if not rows or len({row.table for row in rows}) < len(rows):
        _refuse(file, "no table, or one of them twice", "each table of the folder once")
    return rows


def _check_files(folder: Path, own: dict[str, Provenance]) -> None:
    """Every table of the list is there as it was written, and no other table is."""
    for name in own:
        _bytes(folder, own[name])
    there = {each.stem for each in folder.glob("*.csv")} - {PROVENANCE.removesuffix(".csv")}
    for name in sorted(there - set(own)):
        _refuse(folder / f"{name}.csv", "a table without provenance", f"tables of {PROVENANCE}")


def _bytes(folder: Path, row: Provenance) -> bytes:
    file = folder / f"{row.table}.csv"
    try:
        content = file.read_bytes()
    except OSError as error:
        _refuse(file, f"no file to read ({error.strerror})", f"the table listed in {PROVENANCE}")
    if hashlib.sha256(content).hexdigest() != row.sha256:
        _refuse(file, "other bytes than were written", f"bytes with the hash in {PROVENANCE}")
    return content


def _read(folder: Path, row: Provenance) -> pd.DataFrame:
    file, packaged = folder / f"{row.table}.csv", PACKAGED.read(row.table)
    try:
        frame = parsed(_bytes(folder, row))
    except ValueError as error:
        _refuse(file, f"a table that cannot be read ({error})", "a table like the packaged one")
    wanted = ", ".join(map(str, packaged.columns))
    if frame.empty or list(frame.columns) != list(packaged.columns):
        _refuse(file, f"{len(frame)} rows of {', '.join(map(str, frame.columns))}", wanted)
    for name in packaged:
        if frame[name].dtype != packaged[name].dtype and frame[name].notna().any():
            _refuse(file, f"column {name} of {frame[name].dtype}", f"{packaged[name].dtype}")
    return frame


def _refuse(file: Path, given: str, allowed: str, hint: str = "") -> NoReturn:
    remedy = f"{hint} Remove {file.parent} and run `selloff update` again.".strip()
    told = f"{given} in {file}"
    raise VintageError.of("vintage", given=told, allowed=allowed, remedy=remedy, is_file=True)


def _order(name: str) -> tuple[str, int]:
    day, _, number = name.partition(".")
    return day, int(number or 1)
