"""What `selloff monitor` shows on the screen."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from selloff.apps.cli._console import number, plain_table, say, say_table, say_wrapped
from selloff.vocab import percents

_TRACKS: Final = {
    "published": "as published",
    "adjusted": "less interventions",
    "long_term": "notes and bonds",
}
_COLUMNS: Final = {
    "net_usd_bn": "Net",
    "long_term_usd_bn": "Notes, bonds",
    "intervention_usd_bn": "MoF sold",
    "funded_usd_bn": "Treasuries",
}


def show_all(day: date, rows: Sequence[dict[str, Any]]) -> None:
    """Show everybody watched, and why a flag is raised."""
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
            *percents([chance[name]["p50"] for name in ("none", "quiet", "fast")]),
            number(flow["p50"], 0),
            f"{number(flow['p05'], 0)} to {number(flow['p95'], 0)}",
        )
    say_table(table)
    for row in rows:
        for reason in row["reasons"]:
            say_wrapped(f"{row['label']}: {reason}.", rest="  ")


def show_one(
    row: dict[str, Any], months: Sequence[dict[str, Any]], reserves: dict[str, Any]
) -> None:
    """Show one holder: chances, the last fall, what is open, months, what comes next."""
    from selloff.report import reserves_question

    say(f"{row['label']}, as known on {row['as_of']}: {row['flag']}", "")
    for reason in row["reasons"]:
        say_wrapped(f"- {reason}", rest="  ")
    if row["reasons"]:
        say()
    _show_chances(row)
    _show_split(row)
    if said := reserves_question(reserves["open_question"], reserves["answered_question"]):
        say_wrapped(said)
        say()
    _show_months(months)
    stale = [each for each in row["data"] if each["is_stale"]]
    if stale:
        told = "; ".join(f"{each['name']}, out {each['out']}" for each in stale)
        say("")
        say_wrapped(f"Stale, so ranges are wider: {told}.")
    due = ", ".join(f"{name} {day}" for name, day in row["next_releases"].items())
    say()
    say_wrapped(f"Next: {due}.")


def _show_chances(row: dict[str, Any]) -> None:
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


def _show_months(months: Sequence[dict[str, Any]]) -> None:
    table = plain_table(["USD bn", "Events", *_COLUMNS.values(), "Quiet", "Fast"], left=2)
    for each in months:
        table.add_row(
            each["month"],
            each["events"],
            *(number(each[name], 1) for name in _COLUMNS),
            *(f"{each[f'adjusted_{name}']:.0%}" for name in ("quiet", "fast")),
        )
    say_table(table)


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


def show_signs(beside: Sequence[dict[str, Any]]) -> None:
    """Show the signs that are not counted."""
    say("", "Signs that are watched and not counted:")
    for each in beside:
        word = "like an unwind" if each["is_raised"] else "not like an unwind"
        now, limit = number(each["value"], 1), number(each["limit"], 1)
        say_wrapped(
            f"- {each['name']}: {now}, {word} (from {limit} {each['unit']}); {each['as_of']}.",
            rest="  ",
        )


def show_power(delays: Sequence[Any], label: str) -> None:
    """Show what could be seen at all."""
    say("", f"What TIC on {label} could show, at one false alarm in a hundred months", "")
    table = plain_table(["Steady sale, USD bn a year", "Months until it shows", "5% to 95%"])
    for each in delays:
        low, middle, high = each.months
        table.add_row(
            f"{each.usd_bn_a_year:.0f}", number(middle, 0), f"{number(low, 0)} to {number(high, 0)}"
        )
    say_table(table)


def show_replays(found: Sequence[Any]) -> None:
    """Show what the monitor would have said of past events."""
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
