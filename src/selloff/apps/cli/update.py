"""`selloff update`."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selloff.apps.cli import _update as screen
from selloff.apps.cli._console import remark, say_json
from selloff.apps.cli._options import AsJson
from selloff.vocab.errors import InputError, Problem

if TYPE_CHECKING:
    from selloff.feeds import Feed


def update(
    *,
    source: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE", help="Only this source; may be repeated."),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--from", metavar="FOLDER", help="Read files from a folder, not the network."),
    ] = None,
    fetched_on: Annotated[
        str | None,
        typer.Option(
            metavar="DATE", help="Day on which those files were fetched.", show_default="today"
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what is new and write nothing.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Fetch fresh public data and keep it as a new vintage."""
    from selloff import feeds as room
    from selloff.vocab.files import alone_in, user_data_folder

    chosen = room.feeds(tuple(source or ()))
    moment = _moment(fetched_on, folder)
    with nullcontext() if dry_run else alone_in(user_data_folder()):
        archive = room.NoArchive() if dry_run else room.RawFolder(user_data_folder() / "raw")
        place = room.Downloads(folder) if folder else room.Network(archive=archive, moment=moment)
        report = room.update(
            chosen,
            room.Harvester(place=place, archive=archive, moment=moment),
            is_trial=dry_run,
            tell=lambda feed: None if folder or json else remark(f"Asking for {feed.title}"),
        )
    if not report.passed and not report.failed:
        raise _nothing_there(folder, chosen, moment.date())
    if json:
        say_json(screen.as_json(report))
    else:
        screen.show(report)
        if not folder:
            screen.show_keyless(chosen, report)


def _moment(day: str | None, folder: Path | None) -> datetime:
    """Tell when the files were fetched: now, or at the end of the day that is named."""
    now = datetime.now(UTC).replace(microsecond=0)
    if day is None:
        return now
    try:
        named = datetime.combine(date.fromisoformat(day), time(23, 59, 59), UTC)
    except ValueError:
        named = None
    if named is None or named.date() > now.date() or folder is None:
        problem = Problem(
            where="fetched_on",
            given=f"'{day}'",
            allowed="a day such as 2026-09-18, not after today, together with --from",
            remedy="Write the day on which the files of the folder were fetched.",
        )
        raise InputError([problem])
    return min(named, now)


def _nothing_there(folder: Path | None, chosen: "Sequence[Feed]", day: date) -> InputError:
    """Say why no source was read: no file of it in the folder, or no key for its host."""
    if folder is None:
        keys = ", ".join(each.key for each in chosen)
        problem = Problem(
            where="source",
            given=f"{', '.join(each.id for each in chosen)}, without a key",
            allowed="sources that can be asked",
            remedy=f"Put the key of the host into the environment, as {keys}.",
        )
        return InputError([problem])
    names = [each.name for feed in chosen for each in feed.documents(day)]
    problem = Problem(
        where="folder",
        given=f"{folder}, {'with no file of a source' if folder.is_dir() else 'no folder'}",
        allowed=f"files such as {', '.join(names[:4])}",
        remedy="docs/feeds.md lists the names; --source says which sources are meant.",
    )
    return InputError([problem])
