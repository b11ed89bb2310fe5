"""Read a page back: its elements, its words, and every number that is linked to its definition."""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser


class Reader(HTMLParser):
    """Collect elements, attributes and visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, _tag) -> None:
        self.inside = ""

    def handle_data(self, data) -> None:
        if self.inside not in ("script", "style"):
            self.words.append(data)


@dataclass(frozen=True)
class Number:
    """One number as a reader meets it."""

    formula: str
    kind: str
    run: str
    middle: str
    ends: str


NUMBER = re.compile(
    r'<a class="n" href="#(?P<place>[^"]*)" data-f="(?P<formula>[^"]*)" data-kind="(?P<kind>\w+)" '
    r'data-run="(?P<run>[^"]*)">(?P<middle>[^<]*)</a>(?: <span class="range">\((?P<ends>[^<]*)\)<)?'
)


def read(page: str) -> tuple[Reader, str]:
    """Read elements and words."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader, re.sub(r"\s+", " ", "".join(reader.words))


def numbers(page: str) -> list[Number]:
    """Read all linked numbers."""
    return [
        Number(
            *(unescape(found[key] or "") for key in ("formula", "kind", "run", "middle", "ends"))
        )
        for found in NUMBER.finditer(page)
    ]


def plain(text: str) -> list[float]:
    """Read the numbers in a text, its signs left out, since words give them."""
    return [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
