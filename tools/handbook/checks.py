"""A built site, checked: nothing it links to is missing, nothing is fetched from elsewhere."""

from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

FETCHED: Final = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("video", "src"),
}
"""What a browser asks for by itself; an `a` waits for its reader."""
NOT_FETCHED: Final = {"canonical", "next", "prev", "alternate"}


@dataclass(frozen=True)
class Found:
    """What a check saw."""

    pages: int
    links: int
    broken: tuple[str, ...]
    foreign: tuple[str, ...]


def check(site: Path) -> Found:
    """Follow every href and src of every page."""
    pages = sorted(site.rglob("*.html"))
    broken, foreign, links = [], [], 0
    for file in pages:
        for tag, attribute, target, is_fetched in _read(file).links:
            links += 1
            parts = urlsplit(target)
            if parts.scheme in ("data", "mailto", "javascript"):
                continue
            if parts.netloc or parts.scheme:
                if is_fetched and (tag, attribute) in FETCHED:
                    foreign.append(f"{file.relative_to(site)}: {target}")
            elif not _is_there(site, file, unquote(parts.path), unquote(parts.fragment)):
                broken.append(f"{file.relative_to(site)}: {target}")
    return Found(len(pages), links, tuple(broken), tuple(foreign))


def _is_there(site: Path, file: Path, path: str, fragment: str) -> bool:
    base = site if path.startswith("/") else file.parent
    place = (base / path.lstrip("/")).resolve() if path else file
    if place.is_dir():
        place /= "index.html"
    if not place.exists():
        return False
    return not fragment or place.suffix != ".html" or fragment in _read(place).names


@cache
def _read(file: Path) -> "_Page":
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    return page


class _Page(HTMLParser):
    """Links and places of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str, str, bool]] = []
        self.names: set[str] = {"__top"}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value for name, value in attrs if value is not None}
        self.names.update(given[name] for name in ("id", "name") if name in given)
        is_fetched = given.get("rel") not in NOT_FETCHED
        for name in ("href", "src"):
            if name in given:
                self.links.append((tag, name, given[name], is_fetched))
