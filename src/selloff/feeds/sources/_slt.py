"""What the text files of TIC share: names of rows that sum up others, and notes at the end."""

from collections.abc import Iterator, Sequence
from typing import Final

from selloff.feeds.reading import AGAIN, refuse

OFFICIAL: Final = "Of Which: Foreign Official"
TOTAL: Final = "Grand Total"
_END: Final = "Notes"


def rows_above_notes(lines: Sequence[str], begin: int) -> Iterator[tuple[str, list[str]]]:
    """Give the rows of cells from a line on, each with its place, up to the notes below them."""
    for place, line in enumerate(lines[begin:], begin + 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if cells[0].startswith(_END):
            return
        if any(cells):
            yield f"line {place}", cells
    raise refuse("content", "rows to the last line", "notes below them", AGAIN)
