"""`selloff monitor`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from selloff.apps.cli._console import (
    number,
    plain_table,
    say,
    say_json,
    say_table,
    say_wrapped,
    say_written,
)
from selloff.apps.cli._options import AsJson, LatestVintage, as_day
from selloff.apps.cli._places import given_by, new_file

_HASH: Final = 12
"""Digits of the hash of all tables that are shown [count]."""
_TRACKS: Final = {
    "published": "as published",
    "adjusted": "less interventions",
    "long_term": "notes and bonds",
}


def monitor(
    holder: Annotated[str | None, typer.Argument(help="One holder; all without.")] = None,
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
    vintage: LatestVintage = None,
    json: AsJson = False,
) -> None:
    """Say whether a holder is selling quietly, from public data."""
    from selloff import data
    from selloff.studies import monitor as study

    snapshot = data.snapshot_of(vintage) if vintage else data.PACKAGED
    day = as_day(as_of) if as_of else study.last_release(snapshot)
    if replay:
        _show_replays(json)
        return
    names = [study.holder(holder).name] if holder else list(study.holders())
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
        _show_one(rows[0], study.months_table(found[0], months), reserves)
    else:
        _show_all(day, rows)
    _show_signs(beside)
    if power:
        _show_power(seen, rows[0]["label"])
    say_written([html] if html else [])


def _write(page: dict[str, Any], file: Path) -> None:
    from selloff.report import monitor_page
    from selloff.vocab import write_file

    write_file(file, monitor_page(page))


def _show_all(day: date, rows: Sequence[dict[str, Any]]) -> None:
    say(f"Who sells Treasuries, as known on {day.isoformat()}", "")
    table = plain_table(
        ["", "Flag", "TIC to", "No sale", "Quiet", "Fast", "Three months, USD bn", "5% to 95%"],
        left=3,
    )
    for row in rows:
        chance, flow = row["chance"]["adjusted"], row["three_months"]["adjusted"]
        table.add_row(
            row["label"],
            row["flag"],
            row["last_month_published"],
            *(f"{chance[name]['p50']:.0%}" for name in ("none", "quiet", "fast")),
            number(flow["p50"], 0),
            f"{number(flow['p05'], 0)} to {number(flow['p95'], 0)}",
        )
    say_table(table)
    for row in rows:
        for reason in row["reasons"]:
            say_wrapped(f"{row['label']}: {reason}.", rest="  ")


def _show_one(
    row: dict[str, Any], months: Sequence[dict[str, Any]], reserves: dict[str, Any]
) -> None:
    from selloff.report import reserves_question

    say(f"{row['label']}, as known on {row['as_of']}: {row['flag']}", "")
    for reason in row["reasons"]:
        say_wrapped(f"- {reason}", rest="  ")
    table = plain_table(["Chance now", "No sale", "Quiet", "Fast", "Three months, USD bn"])
    for name, chance in row["chance"].items():
        flow = row["three_months"][name]
        table.add_row(
            _TRACKS[name],
            *(_chance(chance[regime]) for regime in ("none", "quiet", "fast")),
            f"{number(flow['p50'], 0)} ({number(flow['p05'], 0)} to {number(flow['p95'], 0)})",
        )
    say_table(table)
    say()
    _show_split(row)
    if said := reserves_question(reserves["open_question"], reserves["answered_question"]):
        say_wrapped(said)
        say()
    table = plain_table(
        ["USD bn", "Events", "Net", "Notes, bonds", "MoF sold", "Treasuries", "Quiet", "Fast"],
        left=2,
    )
    for each in months:
        table.add_row(
            each["month"],
            each["events"],
            *(
                number(each[name], 1)
                for name in (
                    "net_usd_bn",
                    "long_term_usd_bn",
                    "intervention_usd_bn",
                    "funded_usd_bn",
                )
            ),
            *(f"{each[f'adjusted_{name}']:.0%}" for name in ("quiet", "fast")),
        )
    say_table(table)
    stale = [each for each in row["data"] if each["is_stale"]]
    if stale:
        told = "; ".join(f"{each['name']}, out {each['out']}" for each in stale)
        say("")
        say_wrapped(f"Stale, so ranges are wider: {told}.")
    due = ", ".join(f"{name} {day}" for name, day in row["next_releases"].items())
    say()
    say_wrapped(f"Next: {due}.")


def _show_split(row: dict[str, Any]) -> None:
    split, share = row["published_three_months"], row["explained_by_intervention_frac"]
    parts = f"{split['net_usd_bn']:+.0f} bought or sold"
    if split["bills_usd_bn"] is not None:
        bills, notes = split["bills_usd_bn"], split["notes_and_bonds_usd_bn"]
        parts += f" ({bills:+.0f} bills, {notes:+.0f} notes and bonds)"
    say_wrapped(
        f"{split['first']} to {split['last']}: {split['change_usd_bn']:+.0f} USD bn = {parts} "
        f"and {split['price_and_rest_usd_bn']:+.0f} price and the rest."
    )
    if share is not None and split["interventions_usd_bn"]:
        say_wrapped(f"Interventions explain {_chance(share)} of what was sold.")
    if row["moved_most_by"]:
        say_wrapped(f"Beside TIC, what moves the chances most: {row['moved_most_by']}.")
    say()


def _chance(values: dict[str, float]) -> str:
    return f"{values['p50']:.0%} ({values['p05']:.0%} to {values['p95']:.0%})"


def _show_signs(beside: Sequence[dict[str, Any]]) -> None:
    say("", "Signs that are watched and not counted:")
    for each in beside:
        word = "like an unwind" if each["is_raised"] else "not like an unwind"
        now, limit = number(each["value"], 1), number(each["limit"], 1)
        say_wrapped(
            f"- {each['name']}: {now}, {word} (from {limit} {each['unit']}); {each['as_of']}.",
            rest="  ",
        )


def _show_power(delays: Sequence[Any], label: str) -> None:
    say("", f"What TIC on {label} could show, at one false alarm in a hundred months", "")
    table = plain_table(["Steady sale, USD bn a year", "Months until it shows", "5% to 95%"])
    for each in delays:
        low, middle, high = each.months
        table.add_row(
            f"{each.usd_bn_a_year:.0f}", number(middle, 0), f"{low:.0f} to {number(high, 0)}"
        )
    say_table(table)


def _delays(delays: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {"usd_bn_a_year": each.usd_bn_a_year}
        | dict(zip(("p05", "p50", "p95"), each.months, strict=True))
        for each in delays
    ]


def _show_replays(is_json: bool) -> None:
    from selloff.studies.monitor import events, replay

    found = [replay(event) for event in events().values()]
    if is_json:
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
        return
    say("Chance of a sale on the day, by what was out then; values as revised since", "")
    table = plain_table(["", "On", "Published", "Less interventions", "Right?"])
    for each in found:
        table.add_row(
            each.event.event,
            each.event.day.isoformat(),
            *(f"{each.selling[name]:.0%}" for name in ("published", "adjusted")),
            ", ".join("yes" if is_right else "no" for is_right in each.is_right.values()),
        )
    say_table(table)
