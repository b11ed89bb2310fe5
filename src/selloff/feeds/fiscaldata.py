"""FiscalData of the US Treasury: pages of records in which every value is a text."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import pandas as pd

from selloff.feeds.answers import Record, count, figure, opened, part, records, word
from selloff.feeds.contract import Document
from selloff.feeds.reading import AGAIN, Row, day, refuse

_ROOT: Final = "https://api.fiscaldata.treasury.gov/services/api/fiscal_service/"
_PAGE_SIZE: Final = 10_000
_MOST_PAGES: Final = 50
MILLIONS: Final = "$1,000,000"

PUBLISHER: Final = "US Treasury, FiscalData"
LICENCE: Final = "US public domain"


@dataclass(frozen=True)
class Endpoint:
    """One table of FiscalData: its path, its fields, its parser and its filters."""

    name: str
    path: str
    fields: tuple[str, ...]
    parse: Callable[[bytes], pd.DataFrame]
    filters: str = ""

    def document(self, page: int = 1) -> Document:
        """Name one page, which leads to the next ones."""
        keep = f"&filter={quote(self.filters, safe=':,()')}" if self.filters else ""
        return Document(
            name=f"{self.name}_{page}.json",
            url=f"{_ROOT}{self.path}?fields={','.join(self.fields)}{keep}&sort={self.fields[0]}"
            f"&page[size]={_PAGE_SIZE}&page[number]={page}",
            parse=self.parse,
            leads_to=self._next_pages if page == 1 else lambda _: (),
        )

    def _next_pages(self, content: bytes) -> tuple[Document, ...]:
        pages = count(part(opened(content), "meta", "total-pages"), "meta.total-pages")
        if pages > _MOST_PAGES:
            raise refuse("meta.total-pages", pages, f"at most {_MOST_PAGES}")
        return tuple(self.document(page) for page in range(2, pages + 1))


def rows_of(
    content: bytes, fields: tuple[str, ...], units: Mapping[str, str] | None = None
) -> list[Record]:
    """Take the records of a page that is whole, in the units it always had."""
    answer = opened(content)
    rows = records(answer, fields, "data")
    meta = part(answer, "meta")
    given, whole = (count(part(meta, name), name) for name in ("count", "total-count"))
    pages = count(part(meta, "total-pages"), "meta.total-pages")
    expected = whole if pages == 1 else given
    if len(rows) != given or len(rows) != expected:
        raise refuse("data", f"{len(rows)} records", f"{expected}", AGAIN)
    for name, unit in (units or {}).items():
        found = part(meta, "dataFormats", name)
        if found != unit:
            raise refuse(f"unit of {name}", found, unit)
    return rows


def numbers(
    rows: list[Record], name: Callable[[Record], str], value: str, when: str = "record_date"
) -> Iterator[Row]:
    """Read one value of each record under a name made from its other fields."""
    for at, row in enumerate(rows):
        where = f"data.{at}"
        yield name(row), day(word(row[when], where), where), figure(row[value], where)


def slug(text: str) -> str:
    """Write a title as part of a series name."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
