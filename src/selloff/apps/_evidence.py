"""The commands that show what is known, from whom, and how well."""

import math
from collections.abc import Sequence
from typing import Any, Final

from selloff.apps._console import plain_table, say, say_json, say_table, say_wrapped
from selloff.evidence import TOPICS, PublishedEstimate, estimates
from selloff.studies.calibration import Conversion, convert
from selloff.vocab.errors import InputError, Problem, near_miss

_STANDINGS: Final = {
    "verified": "read in the source's own text",
    "secondary": "read in another text that quotes it",
    "computed": "worked out from public data",
    "memory": "FROM MEMORY, not read: weighs little and is never cited as a fact",
}
_NUMBERS: Final = {
    "by\nGDP": "per_100bn_tye_gdp",
    "by\nstock": "per_100bn_tye_stock",
    "per 1%\nGDP": "per_pct_gdp",
    "per 1%\nstock": "per_pct_stock",
}
_STUDY_WIDTH: Final = 20
_NARROW: Final = 35
_BROAD: Final = 65


def show_evidence(word: str | None, *, is_json: bool) -> None:
    """Print the registry of estimates, a topic of it, or the steps of one study."""
    chosen = _chosen(word)
    if is_json:
        say_json([_plain(each) for each in chosen])
        return
    if word is not None and word not in TOPICS:
        for each in chosen:
            _show_steps(each)
        return
    for topic in TOPICS:
        rows = [each for each in chosen if each.topic == topic]
        if rows:
            _show_topic(topic, rows)
            _show_references(rows)
    _show_legend(chosen)


def _chosen(word: str | None) -> list[PublishedEstimate]:
    every = estimates()
    if word is None:
        return list(every)
    found = [each for each in every if word in (each.topic, each.study, each.id)]
    if not found:
        allowed = (*TOPICS, *dict.fromkeys(each.study for each in every))
        raise InputError(
            [
                Problem(
                    where="evidence",
                    given=f"'{word}'",
                    allowed="a topic (" + ", ".join(TOPICS) + ") or a study",
                    remedy=near_miss(word, allowed),
                )
            ]
        )
    return found


def _show_topic(topic: str, rows: Sequence[PublishedEstimate]) -> None:
    say(topic.upper())
    numbers = _NUMBERS if any(each.quantity != "none" for each in rows) else {}
    table = plain_table(["Study", "Shock and effect", *numbers, "Standing"], left=2)
    table.columns[0].max_width = _STUDY_WIDTH
    table.columns[1].max_width = _NARROW if numbers else _BROAD
    for each in rows:
        found = convert(each)
        table.add_row(
            f"{each.authors} {each.year}",
            _in_words(each),
            *(_middle(getattr(found, field)) for field in numbers.values()),
            "MEMORY" if each.standing == "memory" else each.standing,
        )
    say_table(table)
    say("")


def _in_words(each: PublishedEstimate) -> str:
    when = ", ".join(part for part in (each.maturity, each.horizon) if part)
    return f"{each.shock}: {each.effect}" + (f" ({when})" if when else "")


def _show_references(rows: Sequence[PublishedEstimate]) -> None:
    for citation in dict.fromkeys(each.citation for each in rows):
        say_wrapped(citation, first="  ", rest="    ")
    say("")


def _middle(triple: tuple[float, float, float]) -> str:
    return "-" if math.isnan(triple[1]) else f"{triple[1]:.2f}"


def _show_steps(each: PublishedEstimate) -> None:
    say_wrapped(each.citation, rest="  ")
    told = (
        ("id", f"{each.id} (study {each.study}, topic {each.topic})"),
        ("shock", each.shock),
        ("effect", each.effect),
        ("maturity", each.maturity),
        ("horizon", each.horizon),
        ("sample", each.sample),
        ("standing", f"{each.standing}: {_STANDINGS[each.standing]}"),
        ("read in", each.where_read),
        ("informs", ", ".join(each.informs)),
        ("episode", each.episode),
        ("note", each.note),
    )
    for label, text in told:
        if text:
            say_wrapped(text, first=f"  {label + ':':10s} ", rest=" " * 13)
    found = convert(each)
    for step in found.steps:
        say_wrapped(step, first="    ", rest="      ")
    for label, triple, unit in _units(each, found):
        if not math.isnan(triple[1]):
            low, mid, high = triple
            say(f"    = {mid:.2f} ({low:.2f} to {high:.2f}) {unit} {label}")
    say("")


def _units(
    each: PublishedEstimate, found: Conversion
) -> tuple[tuple[str, tuple[float, float, float], str], ...]:
    unit = "percent" if each.unit == "percent" else "bp"
    area = "of its own GDP" if each.unit == "percent" else "of US GDP, face"
    return (
        (
            "per USD 100bn of 10-year equivalents, 2024 dollars by GDP",
            found.per_100bn_tye_gdp,
            unit,
        ),
        ("per USD 100bn of 10-year equivalents, by stock", found.per_100bn_tye_stock, unit),
        (f"per 1% {area}", found.per_pct_gdp, unit),
        ("per 1% of marketable debt, face", found.per_pct_stock, unit),
    )


def _show_legend(rows: Sequence[PublishedEstimate]) -> None:
    say("by GDP, by stock: bp per USD 100bn of 10-year equivalents in 2024 dollars; for currencies")
    say("per 1% GDP is percent per 1% of the area's own GDP. Middle of each range.")
    for standing, words in _STANDINGS.items():
        count = sum(each.standing == standing for each in rows)
        if count:
            say(f"{standing}: {words} ({count} row{'s' * (count > 1)})")
    say("`selloff evidence STUDY` shows each step of a conversion, such as gagnon-2011.")


def _plain(each: PublishedEstimate) -> dict[str, Any]:
    found = convert(each)
    numbers = {
        name: list(getattr(found, name))
        for name in ("per_100bn_tye_gdp", "per_100bn_tye_stock", "per_pct_gdp", "per_pct_stock")
    }
    fields = {name: getattr(each, name) for name in each.__dataclass_fields__}
    return fields | {"citation": each.citation, "steps": list(found.steps)} | numbers
