"""Tables as publishers write them: cells, headers found by their words, dates of Japan."""

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

import pandas as pd

from selloff.feeds.reading import end_of_month, lines_of, refuse

Table = list[list[str]]

ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
"""The year before the first of each era."""
_ERA_YEAR: Final = re.compile(rf"({'|'.join(ERAS)})(元|\d{{1,2}})年?", re.ASCII)
ERA_DAY: Final = r"(?:令和|平成|昭和)(?:元|\d{1,2})年\d{1,2}月\d{1,2}日"
_YEARS: Final = (1900, 2100)
_QUARTER: Final = re.compile(r"(\d{4})[-: ]?Q([1-4])", re.ASCII)
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def plain(text: str) -> str:
    """Write full-width digits, dots and tildes as ordinary ones."""
    return unicodedata.normalize("NFKC", text)


def cells_of(text: str, delimiter: str = ",") -> Table:
    """Cut text into rows of stripped cells."""
    try:
        rows = list(csv.reader(lines_of(text), delimiter=delimiter))
    except csv.Error as error:
        raise refuse("content", str(error), "rows of cells") from None
    return [[cell.strip() for cell in row] for row in rows]


def row_with(table: Table, *words: str) -> int:
    """Find the first row that holds all these cells."""
    for at, row in enumerate(table):
        if all(word in row for word in words):
            return at
    first = next((row for row in table if any(row)), [])
    raise refuse("header", ", ".join(filter(None, first)), f"a row with {', '.join(words)}")


def cell(row: Sequence[str], at: int, where: str) -> str:
    """Take a cell of a row; a row that is too short is refused."""
    if at >= len(row):
        raise refuse(where, f"{len(row)} cells", f"at least {at + 1}")
    return row[at]


def named_rows(table: Table, needed: Sequence[str]) -> list[dict[str, str]]:
    """Read the rows below a header by the names of its columns; blank rows are left out."""
    at = row_with(table, *needed)
    header = table[at]
    twice = [name for name in header if name and header.count(name) > 1]
    if twice:
        raise refuse("header", f"{twice[0]} twice", "each column once")
    last = max(header.index(name) for name in needed)
    rows = []
    for line, row in enumerate(table[at + 1 :], at + 2):
        if any(row):
            cell(row, last, f"line {line}")
            rows.append(dict(zip(header, row, strict=False)))
    return rows


def written_day(text: str, style: str, where: str) -> date:
    """Read a day in the style of `strptime`, between 1900 and 2100."""
    try:
        day = datetime.strptime(text.strip(), style).date()
    except ValueError:
        raise refuse(where, text, f"a day such as {date(2026, 11, 27):{style}}") from None
    return _sane(day, text, where)


def made_day(year: int, month: int, day: int, where: str) -> date:
    """Make a day of its parts."""
    given = f"{year}-{month}-{day}"
    try:
        return _sane(date(year, month, day), given, where)
    except ValueError:
        raise refuse(where, given, "a day of the calendar") from None


def last_day(year: int, month: int, where: str) -> date:
    """Give the last day of a month."""
    return end_of_month(made_day(year, month, 1, where))


def quarter_end(text: str, where: str) -> date:
    """Read the last day of a quarter written as 2026-Q1, 2026:Q1 or 2026 Q1."""
    found = _QUARTER.fullmatch(text.strip())
    if not found:
        raise refuse(where, text, "a quarter such as 2026-Q1")
    return last_day(int(found[1]), 3 * int(found[2]), where)


def month_number(name: str, where: str) -> int:
    """Read a month by the first three letters of its English name, misspelt or not."""
    if name[:3].title() not in MONTHS:
        raise refuse(where, name, "the name of a month")
    return MONTHS.index(name[:3].title()) + 1


def era_year(text: str, where: str) -> int:
    """Read a Japanese year such as 令和8年 or R8."""
    found = _ERA_YEAR.fullmatch(plain(text).strip())
    if not found:
        raise refuse(where, text, "a Japanese year such as 令和8年")
    return ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))


def era_day(text: str, where: str) -> date:
    """Read a Japanese day such as 令和8年8月26日 or R8.8.26."""
    parts = re.split(r"[年月日.]", plain(text).strip())
    if len(parts) < 3 or not all(part.isdecimal() for part in parts[1:3]):
        raise refuse(where, text, "a Japanese day such as 令和8年8月26日")
    return made_day(era_year(parts[0], where), int(parts[1]), int(parts[2]), where)


def published_on(frame: pd.DataFrame, days: Mapping[date, date]) -> pd.DataFrame:
    """Say of some periods on which day their numbers were published."""
    known = pd.to_datetime(frame["period"].dt.date.map(days)).astype("datetime64[s]")
    return frame.assign(published=known.fillna(frame["published"]))


def recent(years: int) -> Callable[[date], tuple[int, ...]]:
    """Give the calendar years to fetch on a day, the oldest first."""
    return lambda day: tuple(range(day.year - years + 1, day.year + 1))


def _sane(day: date, text: str, where: str) -> date:
    if not _YEARS[0] <= day.year < _YEARS[1]:
        raise refuse(where, text, f"a year from {_YEARS[0]} to {_YEARS[1] - 1}")
    return day
