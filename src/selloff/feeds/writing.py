"""A new vintage of the user's: whole or not at all, in a folder of its own."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pandas as pd

from selloff import data
from selloff.data import PROVENANCE, Provenance, Snapshot
from selloff.feeds.cells import with_cells, written
from selloff.feeds.news import News, observations
from selloff.vocab import write_set
from selloff.vocab.errors import OutputError

RECORD: Final = "update.json"


def base_of(day: date) -> Snapshot:
    """Give the last of the user's vintages up to a day, or the tables of the package."""
    names = [name for name in data.user_vintages() if name.partition(".")[0] <= f"{day}"]
    return data.snapshot_of(names[-1]) if names else data.PACKAGED


@dataclass(frozen=True, kw_only=True)
class Written:
    """What an update left behind."""

    vintage: str = ""
    """Its name, or nothing where no table has changed."""
    folder: Path | None = None
    n_kept: int = 0
    """Numbers that the store did not hold [count]."""


def write_vintage(news: Sequence[News], base: Snapshot, moment: datetime) -> Written:
    """Write tables, provenance and observations; whatever goes wrong, none of them stays.

    Where no cell of a table is new, the observations alone are kept, and there is no folder.
    """
    name = _free_name(moment.date())
    told = pd.concat([observations(each, name) for each in news], ignore_index=True)
    folder = _placed(name, news, base, moment) if any(each.is_mapped for each in news) else None
    try:
        n_kept = data.keep(data.fresh(told, fetched=moment))
    except BaseException:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return Written(vintage=name if folder else "", folder=folder, n_kept=n_kept)


def _placed(name: str, news: Sequence[News], base: Snapshot, moment: datetime) -> Path:
    """Write a folder beside the others, and give it its name once it is whole."""
    folder = data.vintages_folder()
    hidden, final = folder / f".{name}", folder / name
    shutil.rmtree(hidden, ignore_errors=True)
    tables = _tables(news, base)
    contents: dict[str, str | bytes] = {
        **{f"{each}.csv": content for each, content in tables.items()},
        PROVENANCE: _provenance(tables, news, base, moment),
        RECORD: _record(name, news, moment),
    }
    try:
        write_set(hidden, contents.items())
        hidden.rename(final)
    except OSError as error:
        shutil.rmtree(hidden, ignore_errors=True)
        raise OutputError(f"{final}: cannot be written ({error.strerror}).") from error
    try:
        _check(name, tables)
    except BaseException:
        shutil.rmtree(final, ignore_errors=True)
        raise
    return final


def _free_name(day: date) -> str:
    """Name a vintage by its day; a second one of the day gets a number."""
    names = data.user_vintages()
    tries = (f"{day}", *(f"{day}.{n}" for n in range(2, len(names) + 3)))
    return next(name for name in tries if name not in names)


def _tables(news: Sequence[News], base: Snapshot) -> dict[str, bytes]:
    """Write the tables that differ from those of the package."""
    changed: dict[str, pd.DataFrame] = {}
    for each in news:
        for table, cells in each.cells.items():
            changed[table] = with_cells(changed.get(table, base.read(table)), cells)
    packaged = {row.table: row.sha256 for row in data.provenance()}
    content = {table: written(frame) for table, frame in changed.items()}
    for row in base.sources():
        if row.table not in content and row.sha256 != packaged[row.table]:
            content[row.table] = written(base.read(row.table))
    return {
        table: content[table]
        for table in sorted(content)
        if hashlib.sha256(content[table]).hexdigest() != packaged[table]
    }


def _provenance(
    tables: Mapping[str, bytes], news: Sequence[News], base: Snapshot, moment: datetime
) -> str:
    rows = {row.table: row for row in base.sources()}
    text = io.StringIO()
    writer = csv.DictWriter(text, [each.name for each in fields(Provenance)], lineterminator="\n")
    writer.writeheader()
    for table, content in tables.items():
        by = [each for each in news if table in each.cells]
        writer.writerow(_row(rows[table], content, by, moment))
    return text.getvalue()


def _row(
    before: Provenance, content: bytes, by: Sequence[News], moment: datetime
) -> dict[str, object]:
    days = pd.read_csv(io.BytesIO(content), usecols=["date"])["date"]
    row = asdict(before) | {
        "first_date": days.min(),
        "last_date": days.max(),
        "rows": len(days),
        "redistributable": "yes" if before.redistributable else "no",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if by:
        whose = "; ".join(f"{each.harvest.feed.publisher} ({_hosts(each)})" for each in by)
        row["obtained_from"] = f"{whose}, fetched on {moment.date()}; older rows as before"
        row["checks"] = "identities of the source, when it was read"
    return row


def _hosts(news: News) -> str:
    return ", ".join(sorted({urlsplit(each.url).netloc for each in news.harvest.prints}))


def _record(name: str, news: Sequence[News], moment: datetime) -> str:
    """Say which files a vintage was made of."""
    sources = {each.harvest.feed.id: [asdict(one) for one in each.harvest.prints] for each in news}
    return json.dumps(
        {"id": name, "fetched": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "sources": sources}, indent=1
    )


def _check(name: str, tables: Mapping[str, bytes]) -> None:
    """Read what was written, and build the books of its last month."""
    made = data.snapshot_of(name)
    for table in tables:
        made.read(table)
    data.vintage(name)
