"""The layout of the ministry's weekly file: its columns, its weeks, the day it came out."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from selloff.feeds.reading import WRONG, refuse
from selloff.feeds.tables import MONTHS, Table, made_day, month_number, plain, row_with

_TITLE: Final = (
    "International Transactions in Securities"
    " (Weekly; based on reports from designated major investors)"
)
_WIDTH: Final = 23
SIDES: Final = {
    "assets": "1. Portfolio Investment Assets",
    "liabilities": "2. Portfolio Investment Liabilities",
}
_GROUPS: Final = (
    ("equity", "Equity and investment fund shares", 3),
    ("long", "Long-term debt securities", 3),
    ("equity_long", "Subtotal", 1),
    ("short", "Short-term debt securities", 3),
    ("total", "Total", 1),
)
MEASURES: Final = ("Acquisition", "Disposition", "Net")
_WEEK: Final = re.compile(
    r"(\d{4})[.年](\d{1,2})[.月](\d{1,2})日?\s*[~〜]\s*(?:(\d{4})[.年])?(\d{1,2})[.月](\d{1,2})日?",
    re.ASCII,
)
"""As 2026.6.28~7.4, or with the words for year, month and day, as a reader's notes have it."""
_UPDATE: Final = re.compile(r"Final Update\s+([A-Z][a-z]+)\s+(\d{1,2})\s*,\s*(\d{4})", re.ASCII)
_SIGN: Final = "net acquisition with a plus sign"


def columns_of(table: Table) -> list[str]:
    """Name the columns, each of which must stand under the words it always stood under."""
    if _TITLE not in table[1 if len(table) > 1 else 0]:
        raise refuse("line 2, title", ", ".join(table[1][:1]) if len(table) > 1 else "", _TITLE)
    row_with(table, "Unit: 100 million Yen")
    sides = table[row_with(table, *SIDES.values())]
    groups = table[row_with(table, "Subtotal", "Total")]
    measures = table[row_with(table, *MEASURES)]
    names: list[str] = []
    for side, title in SIDES.items():
        _stand(sides, len(names) + 1, title)
        for group, label, width in _GROUPS:
            _stand(groups, len(names) + 1, label)
            for measure in MEASURES[-width:]:
                _stand(measures, len(names) + 1, measure)
                names.append(f"mof.flows.{side}.{group}.{measure.lower()}")
    return names


def _stand(row: list[str], at: int, label: str) -> None:
    found = row[at] if at < len(row) else "nothing"
    if found != label:
        raise refuse(f"header, column {at + 1}", found, label)


def weeks_of(table: Table, first: int) -> Iterator[tuple[int, date, list[str]]]:
    """Give the rows of weeks; they end at a blank line, below which stand notes."""
    blank = next((at for at in range(first, len(table)) if not any(table[at])), None)
    notes = table[blank:] if blank is not None else []
    if not any(_SIGN in plain(cell) for row in notes for cell in row):
        raise refuse("notes", "no note on the sign", f"'{_SIGN}' below the weeks", WRONG)
    if any(_WEEK.fullmatch(plain(row[0])) for row in notes if row):
        raise refuse("notes", "a week below the blank line", "weeks without a gap", WRONG)
    for line, row in enumerate(table[first:blank], first + 1):
        if len(row) != _WIDTH:
            raise refuse(f"line {line}", f"{len(row)} columns", f"{_WIDTH} columns")
        yield line, _week_end(row[0], f"line {line}"), row


def _week_end(text: str, where: str) -> date:
    found = _WEEK.fullmatch(plain(text).strip())
    if not found:
        raise refuse(where, text, "a week such as 2026．6．28～7．4")
    start = made_day(int(found[1]), int(found[2]), int(found[3]), where)
    end = made_day(int(found[4] or found[1]), int(found[5]), int(found[6]), where)
    if start.weekday() != 6 or end - start != timedelta(days=6):
        raise refuse(where, text, "a week from Sunday to Saturday")
    return end


def updated(table: Table, last: date) -> date:
    """Read the day on which the file came out, after its last week."""
    for text in table[1]:
        found = _UPDATE.fullmatch(text)
        if found:
            day = made_day(int(found[3]), month_number(found[1], "update"), int(found[2]), "update")
            if day <= last:
                raise refuse("line 2, update", text, f"a day after {last}", WRONG)
            return day
    raise refuse("line 2, update", "nothing", f"Final Update {MONTHS[8]}ember 9, 2026")
