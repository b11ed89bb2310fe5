"""`selloff evidence`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._console import number, plain_table, say, say_json, say_table, say_wrapped
from selloff.apps.cli._options import AsJson, chosen

if TYPE_CHECKING:
    from selloff.evidence import PublishedEstimate

_STANDINGS: Final = {
    "verified": "read in the source's own text",
    "secondary": "read in another text that quotes it",
    "computed": "worked out from public data",
    "memory": "FROM MEMORY, not read: weighs little and is never cited as a fact",
}
_HEADS: Final = ("by\nGDP", "by\nstock", "per 1%\nGDP", "per 1%\nstock")
_MEANINGS: Final = {
    "per_100bn_tye_gdp": "per USD 100bn of 10-year equivalents, 2024 dollars by GDP",
    "per_100bn_tye_stock": "per USD 100bn of 10-year equivalents, by stock",
    "per_pct_gdp": "per 1% {area}",
    "per_pct_stock": "per 1% of marketable debt, face",
}
_STUDY_WIDTH: Final = 20
_NARROW: Final = 35
_BROAD: Final = 65


def evidence(
    word: Annotated[
        str | None, typer.Argument(metavar="TOPIC", help="A topic, a study or a row.")
    ] = None,
    *,
    json: AsJson = False,
) -> None:
    """Show published estimates in common units, or one study."""
    from selloff.evidence import TOPICS

    rows = _chosen(word, TOPICS)
    if json:
        say_json([_plain(each) for each in rows])
    elif word is None or word in TOPICS:
        for topic in TOPICS:
            _show_topic(topic, [each for each in rows if each.topic == topic])
        _show_legend(rows)
    else:
        for each in rows:
            _show_steps(each)


def _chosen(word: str | None, topics: Sequence[str]) -> "list[PublishedEstimate]":
    from selloff.evidence import estimates

    every = estimates()
    if word is None:
        return list(every)
    found = [each for each in every if word in (each.topic, each.study, each.id)]
    if not found:
        names = (*topics, *dict.fromkeys(each.study for each in every))
        chosen("evidence", word, names, allowed=f"a topic ({', '.join(topics)}) or a study")
    return found


def _show_topic(topic: str, rows: "Sequence[PublishedEstimate]") -> None:
    from selloff.studies.calibration import convert

    if not rows:
        return
    say(topic.upper())
    numbers = _MEANINGS if any(each.quantity != "none" for each in rows) else {}
    heads = _HEADS if numbers else ()
    table = plain_table(["Study", "Shock and effect", *heads, "Standing"], left=2)
    table.columns[0].max_width = _STUDY_WIDTH
    table.columns[1].max_width = _NARROW if numbers else _BROAD
    for each in rows:
        found = convert(each)
        table.add_row(
            f"{each.authors} {each.year}",
            _in_words(each),
            *(number(getattr(found, field)[1], 2) for field in numbers),
            "MEMORY" if each.standing == "memory" else each.standing,
        )
    say_table(table)
    say()
    for citation in dict.fromkeys(each.citation for each in rows):
        say_wrapped(citation, first="  ", rest="    ")
    say()


def _in_words(each: "PublishedEstimate") -> str:
    when = ", ".join(part for part in (each.maturity, each.horizon) if part)
    return f"{each.shock}: {each.effect}" + (f" ({when})" if when else "")


def _show_steps(each: "PublishedEstimate") -> None:
    from selloff.studies.calibration import convert

    say_wrapped(each.citation, rest="  ")
    lines = {
        "id": f"{each.id} (study {each.study}, topic {each.topic})",
        "shock": each.shock,
        "effect": each.effect,
        "maturity": each.maturity,
        "horizon": each.horizon,
        "sample": each.sample,
        "standing": f"{each.standing}: {_STANDINGS[each.standing]}",
        "read in": each.where_read,
        "informs": ", ".join(each.informs),
        "windows": " ".join(f"{first}/{last}" for first, last in each.windows),
        "note": each.note,
    }
    for label, text in lines.items():
        if text:
            say_wrapped(text, first=f"  {label + ':':10s} ", rest=" " * 13)
    found = convert(each)
    for step in found.steps:
        say_wrapped(step, first="    ", rest="      ")
    for field, label in _MEANINGS.items():
        low, mid, high = (number(value, 2) for value in getattr(found, field))
        if mid != "-":
            unit = "percent" if each.unit == "percent" else "bp"
            area = "of its own GDP" if each.unit == "percent" else "of US GDP, face"
            say(f"    = {mid} ({low} to {high}) {unit} {label.format(area=area)}")
    say()


def _show_legend(rows: "Sequence[PublishedEstimate]") -> None:
    say(
        "by GDP, by stock: bp per USD 100bn of 10-year equivalents in 2024 dollars; for currencies",
        "per 1% GDP is percent per 1% of the area's own GDP. Middle of each range.",
    )
    for standing, words in _STANDINGS.items():
        count = sum(each.standing == standing for each in rows)
        if count:
            say(f"{standing}: {words} ({count} row{'s' * (count > 1)})")
    say("`selloff evidence STUDY` shows each step of a conversion, such as gagnon-2011.")


def _plain(each: "PublishedEstimate") -> dict[str, Any]:
    from selloff.studies.calibration import convert

    found = convert(each)
    numbers = {name: list(getattr(found, name)) for name in _MEANINGS}
    fields = {name: getattr(each, name) for name in each.__dataclass_fields__}
    words = {
        "windows": [[day.isoformat() for day in days] for days in each.windows],
        "citation": each.citation,
        "steps": list(found.steps),
    }
    return fields | words | numbers
