"""What `selloff update` shows: sources, what is new of each, what failed, what was written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from selloff.apps.cli._console import plain_table, say, say_table, say_wrapped

if TYPE_CHECKING:
    from selloff.feeds import Feed, News, UpdateReport


def show(report: "UpdateReport") -> None:
    """Show what each source told, and what was written."""
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
    return f"{one.series} {one.period}: {one.before:,.12g} to {one.after:,.12g}"


def _ending(report: "UpdateReport") -> str:
    done = report.written
    if done.folder:
        return f"Use it with --vintage {done.vintage}. It lies in {done.folder}."
    if done.n_kept:
        return f"{done.n_kept:,} numbers kept in the store; no table changes, so no new vintage."
    if report.has_news:
        return "A trial: nothing was written."
    return "Nothing is new."


def show_keyless(chosen: "Sequence[Feed]", report: "UpdateReport") -> None:
    """Name the sources that were not asked for want of a key."""
    for feed in chosen:
        if feed.id in report.absent:
            say_wrapped(f"{feed.id} was not asked: its key is missing, {feed.key}.")


def as_json(report: "UpdateReport") -> dict[str, Any]:
    """Lay the report out for programs."""
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
