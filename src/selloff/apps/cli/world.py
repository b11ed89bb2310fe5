"""`selloff world`."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._console import plain_table, say, say_json, say_table
from selloff.apps.cli._options import AsJson, LatestVintage
from selloff.vocab.axes import BUCKETS
from selloff.vocab.codes import codes_of
from selloff.vocab.holders import holders

if TYPE_CHECKING:
    from selloff.data import Figure, Vintage

_MARKS: Final = {"data": "", "derived": "*", "assumption": "?"}
"""From the strongest standing to the weakest."""
_BOOK_FIGURES: Final = ("face", "holder_total", "outstanding")
_LARGEST: Final = 25
_CLOSE_USD_BN: Final = 1e-6

_Marks = dict[tuple[str | None, str | None], str]
"""Mark by holder and bucket; no holder is the total, no bucket the whole book."""


def world(
    *,
    vintage: LatestVintage = None,
    json: AsJson = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="Every holder, and the source of every figure.")
    ] = False,
) -> None:
    """Show who holds what, and what of it is data or assumed."""
    from selloff import data

    found = data.vintage(vintage or data.DEFAULT_VINTAGE)
    economy = data.economy_figures(found) if json or detail else []
    if json:
        say_json(_as_plain(found, economy))
        return
    say(f"US Treasuries held on {found.date.isoformat()} (vintage {found.id}), face in USD bn")
    say("by remaining maturity. No mark: data; * derived from data; ? assumption; ~ a mix.", "")
    _show_books(found, _standings(found), limit=None if detail else _LARGEST)
    gap = float(abs(found.books.sum(axis=0) - found.outstanding).max())
    verdict = "Books add up to outstanding" if gap <= _CLOSE_USD_BN else "BOOKS DO NOT ADD UP"
    say("", f"{verdict}: largest difference {gap:.1e} USD bn.")
    if detail:
        _show_figures([*found.figures, *economy])
    else:
        say("`selloff world --detail` lists every holder and the source of every figure.")


def _show_books(world: "Vintage", marks: _Marks, *, limit: int | None) -> None:
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


def _standings(world: "Vintage") -> _Marks:
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


def _show_figures(figures: Sequence["Figure"]) -> None:
    say("", "Every figure and where it comes from:")
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
            f"{each.value:,.3f}" if math.isfinite(each.value) else "none",
            each.unit,
        )
    say_table(table)


def _as_plain(world: "Vintage", economy: Sequence["Figure"]) -> dict[str, Any]:
    return {
        "vintage": world.id,
        "date": world.date.isoformat(),
        "unit": "USD bn face",
        "buckets": list(BUCKETS),
        "books": {
            holder: [float(face) for face in book]
            for holder, book in zip(world.holders, world.books, strict=True)
        },
        "codes": {
            name: codes_of(each) for name, each in holders().items() if name in world.holders
        },
        "outstanding": [float(face) for face in world.outstanding],
        "figures": [_plain_figure(each) for each in world.figures],
        "economy": [_plain_figure(each) for each in economy],
    }


def _plain_figure(figure: "Figure") -> dict[str, Any]:
    names = ("name", "holder", "bucket", "value", "unit", "standing", "source", "as_of", "note")
    plain = {name: getattr(figure, name) for name in names}
    return plain | {"value": float(figure.value), "as_of": str(figure.as_of)}
