"""Web pages: their rows of cells and their words, without scripts."""

import re
from html.parser import HTMLParser
from typing import Final

from selloff.feeds.reading import refuse
from selloff.feeds.tables import Table

_SILENT: Final = ("script", "style", "template")
_BLOCKS: Final = ("p", "br", "div", "li", "tr", "h1", "h2", "h3", "pre", "table", "caption")


class _Page(HTMLParser):
    """Collects the rows of all tables, and the words line by line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Table = []
        self.words: list[str] = []
        self._silent = 0
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in _SILENT
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self._in_cell = True
        self.words.append("\n" if tag in _BLOCKS else " ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in ("td", "th", "tr"):
            self._in_cell = False
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.words.append(data)
        if self._in_cell:
            self.rows[-1][-1] += data


def page_of(content: bytes, *anchors: str, encodings: tuple[str, ...] = ("utf-8",)) -> _Page:
    """Read a page that must hold some words; the first charset that fits is taken."""
    for encoding in encodings:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise refuse("encoding", "bytes in no such charset", " or ".join(encodings))
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except AssertionError:
        raise refuse("content", "a page that cannot be read", "a web page") from None
    words = words_of(page)
    for anchor in anchors:
        if anchor not in words:
            raise refuse("words of the page", words[:60], anchor)
    return page


def words_of(page: _Page) -> str:
    """Give all words of a page, one space apart."""
    return re.sub(r"\s+", " ", "".join(page.words)).strip()


def lines_of_page(page: _Page) -> list[str]:
    """Give the words of a page line by line; the cells of a table's row make one line."""
    text = re.sub(r"[^\S\n]+", " ", "".join(page.words))
    return [line.strip() for line in text.split("\n") if line.strip()]


def rows_of(page: _Page) -> Table:
    """Give the rows of all tables of a page, cells stripped."""
    return [[re.sub(r"\s+", " ", cell).strip() for cell in row] for row in page.rows if row]
