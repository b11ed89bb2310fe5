"""Japan's government bond curve, day by day: the whole history and the current month.

Both editions were seen: English in UTF-8, Japanese in CP932 with the years of eras.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import TOKYO, business_days_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import within
from selloff.feeds.reading import Row, number, readings, refuse, text_of
from selloff.feeds.tables import Table, cells_of, era_day, plain, row_with, written_day

_ROOT: Final = "https://www.mof.go.jp/english/policy/jgbs/reference/interest_rate/"
_TENORS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40)
_TITLE_JA: Final = "国債金利情報".encode("cp932")
_WHOLE: Final = timedelta(days=31)
"""The file of all days grows once a month."""
_RANGE: Final = (-2.0, 20.0)


def _parse(content: bytes) -> pd.DataFrame:
    """Read either edition; a footer may stand below the days."""
    if content.startswith(_TITLE_JA):
        table = cells_of(text_of(content, "cp932"))
        names = ["基準日", *(f"{tenor}年" for tenor in _TENORS)]
        title, unit = "国債金利情報", "(単位 : %)"
    else:
        table = cells_of(text_of(content))
        names = ["Date", *(f"{tenor}Y" for tenor in _TENORS)]
        title, unit = "Interest Rate", "(Unit : %)"
    row_with(table, title, unit)
    head = row_with(table, *names)
    at = {tenor: table[head].index(name) for tenor, name in zip(_TENORS, names[1:], strict=True)}
    if table[head].index(names[0]) != 0 or len(set(table[head])) != len(table[head]):
        raise refuse("header", ", ".join(table[head]), ", ".join(names))
    return readings(_rows(table, head + 1, at), "percent")


def _rows(table: Table, first: int, at: dict[int, int]) -> Iterator[Row]:
    previous = date.min
    for line, row in enumerate(table[first:], first + 1):
        if not any(row[1:]):  # blank, or a footer
            continue
        day = _day(row[0], f"line {line}")
        if day <= previous:
            raise refuse(f"line {line}", row[0], f"a day after {previous}")
        previous = day
        for tenor, column in at.items():
            text = row[column] if column < len(row) else ""
            if not text:
                raise refuse(f"line {line}", f"{len(row)} cells", "a yield or '-' for each tenor")
            yield f"mof.jgb.{tenor}Y", day, number(text, f"line {line}, {tenor}Y")


def _day(text: str, where: str) -> date:
    era = plain(text)[:1] in ("S", "H", "R")
    return era_day(text, where) if era else written_day(text, "%Y/%m/%d", where)


def _check(frame: pd.DataFrame) -> None:
    within(frame, *_RANGE)


def _documents(_: date) -> tuple[Document, ...]:
    return (
        Document(
            name="jgbcme_all.csv",
            url=f"{_ROOT}historical/jgbcme_all.csv",
            parse=_parse,
            cadence=_WHOLE,
        ),
        Document(name="jgbcme.csv", url=f"{_ROOT}jgbcme.csv", parse=_parse),
    )


FEED = Feed(
    id="mof_jgb",
    title="Interest rates of Japanese government bonds",
    publisher="Ministry of Finance, Japan",
    licence="Public Data License 1.0",
    cadence=timedelta(days=5),
    documents=_documents,
    check=_check,
    known=business_days_after(1, "09:30", TOKYO),
)
