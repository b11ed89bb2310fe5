"""The commands that show the world as it is before anybody sells."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np

from selloff import data
from selloff.apps.cli._console import plain_table, say, say_json, say_table
from selloff.vocab.axes import BUCKETS
from selloff.vocab.holders import holders

_MARKS: Final = {"data": "", "derived": "*", "assumption": "?"}
_BOOK_FIGURES: Final = ("face", "holder_total", "outstanding")
_LARGEST: Final = 25
_CLOSE_USD_BN: Final = 1e-6

_Marks = dict[tuple[str | None, str | None], str]
"""Mark by holder and bucket; no holder is the total, no bucket the whole book."""


def show_vintages(*, is_json: bool) -> None:
    """List the dates for which there are books."""
    found = data.vintages()
    if is_json:
        say_json(
            [
                {"id": each.id, "date": each.date.isoformat(), "is_default": each.is_default}
                for each in found
            ]
        )
        return
    for year, months in groupby(found, key=lambda each: each.date.year):
        say(f"{year}  {' '.join(each.id.removeprefix(f'{year}-') for each in months)}")
    say("")
    for each in found:
        if each.is_default:
            say(f"Default: {each.id}, the books of {each.date.isoformat()}")


def show_world(vintage: str | None, *, is_json: bool, is_detailed: bool) -> None:
    """Print who holds what, and how it is known."""
    world = data.vintage(vintage or data.DEFAULT_VINTAGE)
    if is_json:
        say_json(_as_plain(world))
        return
    marks = _standings(world)
    say(f"US Treasuries held on {world.date.isoformat()} (vintage {world.id}), face in USD bn")
    say("by remaining maturity. No mark: data; * derived from data; ? assumption; ~ a mix.")
    say("")
    _show_books(world, marks, limit=None if is_detailed else _LARGEST)
    gap = float(np.abs(world.books.sum(axis=0) - world.outstanding).max())
    verdict = "Books add up to outstanding" if gap <= _CLOSE_USD_BN else "BOOKS DO NOT ADD UP"
    say("")
    say(f"{verdict}: largest difference {gap:.1e} USD bn.")
    if is_detailed:
        _show_figures([*world.figures, *data.economy_figures(world)])
    else:
        say("`selloff world --detail` lists every holder and the source of every figure.")


def _show_books(world: data.Vintage, marks: _Marks, *, limit: int | None) -> None:
    names = holders()
    table = plain_table(["Holder", "Id", *BUCKETS, "Total"], left=2)
    order = sorted(range(len(world.holders)), key=lambda row: -world.books[row].sum())
    shown = order if limit is None else order[:limit]
    for row in shown:
        holder = world.holders[row]
        cells = [
            _cell(face, marks.get((holder, bucket), marks.get((holder, None), "")))
            for bucket, face in zip(BUCKETS, world.books[row], strict=True)
        ]
        total = _cell(world.books[row].sum(), marks.get((holder, None), ""))
        name = names[holder].name if holder in names else holder
        table.add_row(name, holder, *cells, total)
    rest = order[len(shown) :]
    if rest:
        books = world.books[rest].sum(axis=0)
        cells = [_cell(each, "~") for each in (*books, books.sum())]
        table.add_row(f"{len(rest)} smaller holders", "", *cells)
    table.add_section()
    totals = [
        _cell(face, marks.get((None, bucket), ""))
        for bucket, face in zip(BUCKETS, world.outstanding, strict=True)
    ]
    table.add_row("Outstanding", "", *totals, _cell(world.outstanding.sum(), ""))
    say_table(table)


def _cell(face: float, mark: str) -> str:
    return f"{face:,.1f}{mark or ' '}"


def _standings(world: data.Vintage) -> _Marks:
    """Find the mark of each holder and bucket; the weakest standing wins."""
    weakness = list(_MARKS)
    found: _Marks = {}
    for each in world.figures:
        if each.name not in _BOOK_FIGURES:
            continue
        key = (each.holder, each.bucket)
        before = found.get(key, weakness[0])
        found[key] = max(before, each.standing, key=weakness.index)
    return {key: _MARKS[standing] for key, standing in found.items()}


def _show_figures(figures: Sequence[data.Figure]) -> None:
    say("")
    say("Every figure and where it comes from:")
    table = plain_table(
        ["Figure", "Holder", "Bucket", "Standing", "As of", "Source", "Note", "Value", "Unit"],
        left=7,
    )
    for each in figures:
        table.add_row(
            each.name,
            each.holder or "",
            each.bucket or "",
            each.standing,
            str(each.as_of),
            each.source,
            each.note,
            f"{each.value:,.3f}" if np.isfinite(each.value) else "none",
            each.unit,
        )
    say_table(table)


def _as_plain(world: data.Vintage) -> dict[str, Any]:
    return {
        "vintage": world.id,
        "date": world.date.isoformat(),
        "unit": "USD bn face",
        "buckets": list(BUCKETS),
        "books": {
            holder: [float(face) for face in book]
            for holder, book in zip(world.holders, world.books, strict=True)
        },
        "outstanding": [float(face) for face in world.outstanding],
        "figures": [_plain_figure(each) for each in world.figures],
        "economy": [_plain_figure(each) for each in data.economy_figures(world)],
    }


def _plain_figure(figure: data.Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "holder": figure.holder,
        "bucket": figure.bucket,
        "value": float(figure.value),
        "unit": figure.unit,
        "standing": figure.standing,
        "source": figure.source,
        "as_of": str(figure.as_of),
        "note": figure.note,
    }
