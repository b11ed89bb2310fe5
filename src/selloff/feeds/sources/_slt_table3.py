"""TIC Table 3: holdings and net purchases of Treasuries by country, long-term and bills apart."""

from typing import Final

import pandas as pd

from selloff.feeds.identities import matrix
from selloff.feeds.reading import (
    Row,
    check_equal,
    lines_of,
    month_end,
    number,
    readings,
    refuse,
    text_of,
)
from selloff.feeds.sources._slt import OFFICIAL, TOTAL, rows_above_notes

PRIVATE: Final = "Of Which: Foreign Non-Official"
UNIT: Final = "USD mn"
_TITLE: Final = "Table 3: U.S. Treasury Securities Held by Foreign Residents"
_WORDS_OF_UNIT: Final = "Millions of dollars"
_KEYS: Final = ("country", "country_code", "date")
FIELDS: Final = (
    "for_treas_pos",
    "for_treas_net",
    "for_lt_treas_pos",
    "for_lt_treas_net",
    "for_lt_treas_valchg",
    "for_st_treas_pos",
    "for_st_treas_net",
)
_GROUPS: Final = ("All Countries", "International", "Total", "Memo:")
"""Beginnings of the names of rows that sum up others; they are no countries."""
CODES: Final = {OFFICIAL: "99990", PRIVATE: "99991", TOTAL: "99996", "Japan": "42609"}
"""Rows that must be there, with the Treasury's codes."""
_FIRST_LINES: Final = 40


def parse_table3(content: bytes) -> pd.DataFrame:
    """Read slt_table3.txt; series are called `for_treas_pos Japan`; groups are left out."""
    lines = lines_of(text_of(content, "cp1252"))
    begin = _check_anchors(lines)
    rows: list[Row] = []
    codes: dict[str, str] = {}
    for where, cells in rows_above_notes(lines, begin):
        rows += _rows_of(cells, codes, where)
    for name, code in CODES.items():
        if codes.get(name) != code:
            raise refuse(f"country code of {name}", codes.get(name), code)
    return readings(rows, UNIT)


def _check_anchors(lines: list[str]) -> int:
    """Find the first row of numbers, once title, unit and header are where they were."""
    top = [line.strip() for line in lines[:_FIRST_LINES]]
    if not top[0].startswith(_TITLE):
        raise refuse("title", top[0], f"'{_TITLE}'")
    if _WORDS_OF_UNIT not in top:
        raise refuse("unit", "another line, or none", f"'{_WORDS_OF_UNIT}'")
    header = "\t".join((*_KEYS, *FIELDS))
    if header not in top:
        given = next((line for line in top if line.startswith(_KEYS[0])), None)
        raise refuse("header", given, f"'{header}'")
    return top.index(header) + 1


def _rows_of(cells: list[str], codes: dict[str, str], where: str) -> list[Row]:
    if len(cells) != len(_KEYS) + len(FIELDS):
        allowed = f"{len(_KEYS) + len(FIELDS)} of them"
        raise refuse(f"{where}, cells", len(cells), allowed)
    name, code, month = cells[:3]
    if not name or not name.isascii() or codes.setdefault(name, code) != code:
        raise refuse(f"{where}, country", f"{name} {code}", "a name with one code")
    if name.startswith(_GROUPS):
        return []
    period = month_end(month, f"{where}, date")
    return [
        (f"{field} {name}", period, number(cell, f"{where}, {field}"))
        for field, cell in zip(FIELDS, cells[3:], strict=True)
    ]


def check_table3(found: pd.DataFrame) -> None:
    """Refuse a Table 3 whose parts do not add up, or whose bills moved without being traded."""
    wide = matrix(found)
    parts = wide[f"for_treas_pos {OFFICIAL}"] + wide[f"for_treas_pos {PRIVATE}"]
    total = wide[f"for_treas_pos {TOTAL}"]
    check_equal(parts, total, "official and other holdings", within=1.0, unit=UNIT)
    for name in CODES:
        held = wide[f"for_lt_treas_pos {name}"] + wide[f"for_st_treas_pos {name}"]
        what = f"long-term and short-term of {name}"
        check_equal(held, wide[f"for_treas_pos {name}"], what, within=1.0, unit=UNIT)
    bills, net = wide["for_st_treas_pos Japan"].diff(), wide["for_st_treas_net Japan"]
    check_equal(bills, net, "change and net purchases of Japan's bills", within=2.0, unit=UNIT)
