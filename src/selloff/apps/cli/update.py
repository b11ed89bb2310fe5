"""`selloff update`."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selloff.apps.cli._console import plain_table, remark, say, say_json, say_table, say_wrapped
from selloff.apps.cli._options import AsJson
from selloff.vocab.errors import InputError, Problem

if TYPE_CHECKING:
    from selloff.feeds import News, UpdateReport


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
    if folder and not report.passed and not report.failed:
        raise _nothing_there(
            folder, [each.name for feed in chosen for each in feed.documents(moment.date())]
        )
    if json:
        say_json(_as_json(report))
    else:
        _show(report)


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


def _nothing_there(folder: Path, names: list[str]) -> InputError:
    allowed = f"files such as {', '.join(names[:4])}"
    remedy = "docs/feeds.md lists the names; --source says which sources are meant."
    where = "folder"
    given = f"{folder}, with no file of a source" if folder.is_dir() else f"{folder}, no folder"
    return InputError([Problem(where=where, given=given, allowed=allowed, remedy=remedy)])


def _show(report: "UpdateReport") -> None:
    heads = ["Source", "Last number", "Out on", "New periods", "Largest revision", "New", "Revised"]
    table = plain_table(heads, left=5)
    for each in report.passed:
        table.add_row(
            each.harvest.feed.id,
            f"{each.harvest.last}",
            f"{each.harvest.out}",
            _span(each),
            _in_words(each),
            f"{each.n_new:,}",
            f"{each.n_revised:,}",
        )
    for name in report.failed:
        table.add_row(name, "failed", *["-"] * (len(heads) - 2))
    say_table(table)
    say()
    for problems in report.failed.values():
        for problem in problems:
            say_wrapped(f"{problem}", rest="  ")
    if report.failed:
        total = len(report.passed) + len(report.failed)
        say_wrapped(
            f"{len(report.failed)} of {total} sources failed; their numbers stay as they were."
        )
    say_wrapped(_ending(report))


def _span(news: "News") -> str:
    if news.first_new == news.last_new:
        return f"{news.first_new or 'none'}"
    return f"{news.first_new} to {news.last_new}"


def _in_words(news: "News") -> str:
    one = news.largest
    if one is None:
        return "none"
    return f"{one.series} {one.period}: {one.before:,.6g} to {one.after:,.6g}"


def _ending(report: "UpdateReport") -> str:
    done = report.written
    if done.folder:
        return f"Use it with --vintage {done.vintage}. It lies in {done.folder}."
    if done.n_kept:
        return f"{done.n_kept:,} numbers kept in the store; no table changes, so no new vintage."
    if report.has_news:
        return "A trial: nothing was written."
    return "Nothing is new."


def _as_json(report: "UpdateReport") -> dict[str, Any]:
    return {
        "vintage": report.written.vintage or None,
        "folder": str(report.written.folder) if report.written.folder else None,
        "kept": report.written.n_kept,
        "sources": [_one(each) for each in report.passed],
        "failed": {name: [str(each) for each in found] for name, found in report.failed.items()},
        "absent": list(report.absent),
    }


def _one(news: "News") -> dict[str, Any]:
    one = news.largest
    return {
        "source": news.harvest.feed.id,
        "last": f"{news.harvest.last}",
        "out": f"{news.harvest.out}",
        "new": news.n_new,
        "revised": news.n_revised,
        "first_new": f"{news.first_new}" if news.first_new else None,
        "last_new": f"{news.last_new}" if news.last_new else None,
        "largest_revision": one
        and {
            "series": one.series,
            "period": f"{one.period}",
            "before": one.before,
            "after": one.after,
        },
    }
