"""`selloff monitor`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from selloff.apps.cli import _monitor as screen
from selloff.apps.cli._console import say_json, say_written
from selloff.apps.cli._options import AsJson, FetchedTables, as_day, tables_of
from selloff.apps.cli._places import given_by, new_file

_HASH: Final = 12
"""Digits of the hash of all tables that are shown [count]."""


def monitor(
    holder: Annotated[
        str | None, typer.Argument(metavar="HOLDER", help="One holder; all without.")
    ] = None,
    *,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Only what was out on this day.", show_default="last release"),
    ] = None,
    months: Annotated[int, typer.Option("--months", min=1, help="Months shown.")] = 12,
    power: Annotated[bool, typer.Option("--power", help="Show what could be seen at all.")] = False,
    replay: Annotated[bool, typer.Option("--replay", help="Show it on past events.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write it as one page.",
            parser=given_by("--html", new_file),
        ),
    ] = None,
    vintage: FetchedTables = None,
    json: AsJson = False,
) -> None:
    """Say whether a holder is selling quietly, from public data."""
    from selloff.studies import monitor as study

    names = [study.holder(holder).name] if holder else list(study.holders())
    snapshot = tables_of(vintage)
    day = as_day(as_of) if as_of else study.last_release(snapshot)
    if replay:
        _replay(names, is_json=json)
        return
    found = [study.nowcast(name, day, snapshot) for name in names]
    rows = [study.summarise(each) for each in found]
    beside = [each.plain for each in study.signs(day, snapshot)]
    reserves = {
        "open_question": study.open_question(found[0]),
        "answered_question": study.answered_question(found[0]),
    }
    seen = study.delays(study.usual(found[0])[1]) if power or json or html else ()
    if html:
        page = {
            "as_of": day.isoformat(),
            "holders": rows,
            "history": study.history(found[0]),
            **reserves,
            "delays": _delays(seen),
            "signs": beside,
            "data": f"{snapshot.name or 'as packaged'}, {snapshot.digest[:_HASH]}",
        }
        _write(page, html)
    if json:
        keep = {"months": [study.months_table(each, months) for each in found]} if holder else {}
        say_json(
            {
                "as_of": day.isoformat(),
                "holders": rows,
                **keep,
                **reserves,
                "signs": beside,
                "delays": _delays(seen),
            }
        )
        return
    if holder:
        screen.show_one(rows[0], study.months_table(found[0], months), reserves)
    else:
        screen.show_all(day, rows)
    screen.show_signs(beside)
    if power:
        screen.show_power(seen, rows[0]["label"])
    say_written([html] if html else [])


def _write(page: dict[str, Any], file: Path) -> None:
    from selloff.report import monitor_page
    from selloff.vocab import write_file

    write_file(file, monitor_page(page))


def _delays(delays: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {"usd_bn_a_year": each.usd_bn_a_year}
        | dict(zip(("p05", "p50", "p95"), each.months, strict=True))
        for each in delays
    ]


def _replay(names: Sequence[str], *, is_json: bool) -> None:
    from selloff.studies import monitor as study

    asked = (event for event in study.events().values() if event.holder in names)
    found = [study.replay(event) for event in asked]
    if not is_json:
        screen.show_replays(found)
        return
    say_json(
        [
            {
                "name": each.event.name,
                "as_of": each.event.day.isoformat(),
                "event": each.event.event,
                "selling": each.selling,
                "is_right": each.is_right,
            }
            for each in found
        ]
    )
