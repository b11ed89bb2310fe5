"""What the page says, as plain values: pieces of text, and which of them is which number."""

from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup

from selloff.report.section import Cell
from selloff.report.told import Told

Piece = dict[str, Any]
Spoken = str | list[Piece]


def spoken(cell: Cell) -> Spoken:
    """Take a sentence or a cell apart: text alone stays text, numbers become pieces."""
    if isinstance(cell, Told):
        return _pieces(cell.__html__())
    return _pieces(cell) if isinstance(cell, Markup) else cell


def _pieces(text: Markup) -> Spoken:
    reader = _Reader()
    reader.feed(str(text))
    reader.close()
    found = reader.pieces
    return "".join(one["text"] for one in found) if all(len(one) == 1 for one in found) else found


class _Reader(HTMLParser):
    """Reads the few marks that `told.say` and `Told` write."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.marks: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        mark: Piece = {}
        if "data-f" in held:
            mark = {"number": held["data-f"], "kind": held["data-kind"]}
        elif held.get("class") == "beyond":
            mark = {"beyond": held["title"]}
        elif held.get("class") == "range":
            mark = {"range": True}
        elif tag == "strong":
            mark = {"strong": True}
        self.marks.append(mark)

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.marks.pop()

    def handle_data(self, data: str) -> None:
        mark = {key: value for one in self.marks for key, value in one.items()}
        if self.pieces and not mark and len(self.pieces[-1]) == 1:
            self.pieces[-1]["text"] += data
        else:
            self.pieces.append({"text": data, **mark})
