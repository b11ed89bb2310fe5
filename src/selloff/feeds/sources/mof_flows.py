"""Japan's weekly trade in securities with abroad, of banks, insurers and funds (not the state).

Header seen in four readers of the live file; of its body only period labels were seen.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import TOKYO, weekday_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import adds_up, matrix, unbroken, within
from selloff.feeds.reading import Row, check_equal, number, readings, text_of
from selloff.feeds.sources._mof_weeks import MEASURES, SIDES, columns_of, updated, weeks_of
from selloff.feeds.tables import cells_of, plain, published_on, row_with

_URL: Final = (
    "https://www.mof.go.jp/policy/international_policy/reference/"
    "itn_transactions_in_securities/week.csv"
)
_UNIT: Final = "JPY 100 mn"
_SIGN_CHANGED: Final = pd.Timestamp(2014, 1, 1)
_ROUNDING: Final = 1.0
_MOST: Final = 5_000_000.0


def _parse(content: bytes) -> pd.DataFrame:
    table = cells_of(text_of(content, "cp932"))
    columns = columns_of(table)
    first = row_with(table, *MEASURES) + 1
    weeks = list(weeks_of(table, first))
    frame = readings(_rows(weeks, columns), _UNIT)
    last = max(end for _, end, _ in weeks)
    return published_on(frame, {last: updated(table, last)})


def _rows(weeks: list[tuple[int, date, list[str]]], columns: list[str]) -> Iterator[Row]:
    for line, end, row in weeks:
        for name, text in zip(columns, row[1:], strict=True):
            yield name, end, number(plain(text), f"line {line}, {name}")


def _check(frame: pd.DataFrame) -> None:
    within(frame, -_MOST, _MOST)
    unbroken(frame["period"], timedelta(days=7), "weeks")
    book = matrix(frame)
    for side in SIDES:
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
