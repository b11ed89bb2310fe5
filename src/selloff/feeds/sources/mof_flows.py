"""Japan's weekly trade in securities with abroad, of banks, insurers and funds (not the state).

Header seen in four readers of the live file; of its body only period labels were seen.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import TOKYO, weekday_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import adds_up, matrix, unbroken, within
from selloff.feeds.reading import WRONG, Row, check_equal, number, readings, refuse, text_of
from selloff.feeds.tables import (
    MONTHS,
    Table,
    cells_of,
    made_day,
    month_number,
    plain,
    published_on,
    row_with,
)

_URL: Final = (
    "https://www.mof.go.jp/policy/international_policy/reference/"
    "itn_transactions_in_securities/week.csv"
)
_TITLE: Final = (
    "International Transactions in Securities"
    " (Weekly; based on reports from designated major investors)"
)
_UNIT: Final = "JPY 100 mn"
_WIDTH: Final = 23
_SIDES: Final = {
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
_MEASURES: Final = ("Acquisition", "Disposition", "Net")
_WEEK: Final = re.compile(
    r"(\d{4})[.年](\d{1,2})[.月](\d{1,2})日?\s*[~〜]\s*(?:(\d{4})[.年])?(\d{1,2})[.月](\d{1,2})日?",
    re.ASCII,
)
"""As 2026.6.28~7.4, or with the words for year, month and day; both were seen."""
_UPDATE: Final = re.compile(r"Final Update\s+([A-Z][a-z]+)\s+(\d{1,2})\s*,\s*(\d{4})", re.ASCII)
_SIGN: Final = "net acquisition with a plus sign"
_SIGN_CHANGED: Final = pd.Timestamp(2014, 1, 1)
_ROUNDING: Final = 1.0
_MOST: Final = 5_000_000.0


def _parse(content: bytes) -> pd.DataFrame:
    table = cells_of(text_of(content, "cp932"))
    columns = _columns(table)
    first = row_with(table, "Acquisition", "Disposition", "Net") + 1
    weeks = list(_weeks(table, first))
    frame = readings(_rows(weeks, columns), _UNIT)
    last = max(end for _, end, _ in weeks)
    return published_on(frame, {last: _updated(table, last)})


def _columns(table: Table) -> list[str]:
    """Name the columns, each of which must stand under the words it always stood under."""
    if _TITLE not in table[1 if len(table) > 1 else 0]:
        raise refuse("line 2, title", ", ".join(table[1][:1]) if len(table) > 1 else "", _TITLE)
    row_with(table, "Unit: 100 million Yen")
    sides = table[row_with(table, *_SIDES.values())]
    groups = table[row_with(table, "Subtotal", "Total")]
    measures = table[row_with(table, *_MEASURES)]
    names: list[str] = []
    for side, title in _SIDES.items():
        _stand(sides, len(names) + 1, title)
        for group, label, width in _GROUPS:
            _stand(groups, len(names) + 1, label)
            for measure in _MEASURES[-width:]:
                _stand(measures, len(names) + 1, measure)
                names.append(f"mof.flows.{side}.{group}.{measure.lower()}")
    return names


def _stand(row: list[str], at: int, label: str) -> None:
    found = row[at] if at < len(row) else "nothing"
    if found != label:
        raise refuse(f"header, column {at + 1}", found, label)


def _weeks(table: Table, first: int) -> Iterator[tuple[int, date, list[str]]]:
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


def _rows(weeks: list[tuple[int, date, list[str]]], columns: list[str]) -> Iterator[Row]:
    for line, end, row in weeks:
        for name, text in zip(columns, row[1:], strict=True):
            yield name, end, number(plain(text), f"line {line}, {name}")


def _updated(table: Table, last: date) -> date:
    for text in table[1]:
        found = _UPDATE.fullmatch(text)
        if found:
            day = made_day(int(found[3]), month_number(found[1], "update"), int(found[2]), "update")
            if day <= last:
                raise refuse("line 2, update", text, f"a day after {last}", WRONG)
            return day
    raise refuse("line 2, update", "nothing", f"Final Update {MONTHS[8]}ember 9, 2026")


def _check(frame: pd.DataFrame) -> None:
    within(frame, -_MOST, _MOST)
    unbroken(frame["period"], timedelta(days=7), "weeks")
    book = matrix(frame)
    for side in _SIDES:
        at = f"mof.flows.{side}"
        for group in ("equity", "long", "short"):
            bought, sold = book[f"{at}.{group}.acquisition"], book[f"{at}.{group}.disposition"]
            net = book[f"{at}.{group}.net"]
            sign = _plus_is_purchase(bought - sold, net)
            what = f"{at}.{group}, bought less sold = net"
            check_equal(sign * (bought - sold), net, what, within=_ROUNDING, unit=_UNIT)
        long = [f"{at}.equity.net", f"{at}.long.net"]
        adds_up(book, f"{at}.equity_long.net", long, slack=_ROUNDING, unit=_UNIT)
        total = [f"{at}.equity_long.net", f"{at}.short.net"]
        adds_up(book, f"{at}.total.net", total, slack=_ROUNDING, unit=_UNIT)


def _plus_is_purchase(bought: pd.Series, net: pd.Series) -> pd.Series:
    """Give the sign of each week; until 2014 a purchase may be written with a minus."""
    sign = pd.Series(1.0, net.index)
    early = (net.index < _SIGN_CHANGED) & ((bought + net).abs() <= _ROUNDING)
    return sign.mask(early, -1.0)


def _documents(_: date) -> tuple[Document, ...]:
    return (Document(name="week.csv", url=_URL, parse=_parse),)


FEED = Feed(
    id="mof_flows",
    title="International transactions in securities, weekly",
    publisher="Ministry of Finance, Japan",
    licence="Public Data License 1.0",
    cadence=timedelta(days=7),
    documents=_documents,
    check=_check,
    known=weekday_after(3, "08:50", TOKYO),
)
