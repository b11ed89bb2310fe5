"""Cells of tables become what the fields of their rows say."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import pytest

from selloff.vocab.rows import read_as, rows_of


@dataclass(frozen=True)
class Sort:
    name: str
    size: float
    count: int
    is_new: bool
    seen: date
    words: tuple[str, ...]
    marks: frozenset[str]
    way: Literal["up", "down"]
    least: float | None
    note: str = "none"


HEADS = ("name", "size", "count", "is_new", "seen", "words", "marks", "way", "least", "note")
CELLS = ("", "1.5", "2", "yes", "2026-07-31", "a b", "x x", "up", "", "")
ROW = dict(zip(HEADS, CELLS, strict=True))


def test_every_kind_of_cell_is_read() -> None:
    (found,) = read_as(Sort, [ROW])
    day = date(2026, 7, 31)
    assert found == Sort("", 1.5, 2, True, day, ("a", "b"), frozenset({"x"}), "up", None)
    assert read_as(Sort, [ROW | {"least": "3", "note": "so"}])[0].least == 3.0


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"size": ""}, "Sort, row 1: size: cannot be ''"),
        ({"count": "many"}, "row 1: count: cannot be 'many'"),
        ({"is_new": "perhaps"}, "is_new: cannot be 'perhaps'"),
        ({"seen": "yesterday"}, "seen: cannot be 'yesterday'"),
        ({"way": "left"}, "way: cannot be 'left'; allowed: up, down"),
        ({"other": "1"}, "Sort, row 1: there is no 'other'"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cell: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_as(Sort, [ROW | cell])


def test_a_table_lies_in_its_room() -> None:
    assert rows_of("vocab", "holders")[0]["id"]
