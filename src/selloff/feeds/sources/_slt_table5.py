"""TIC Table 5: the twenty major foreign holders of Treasuries in the last thirteen months."""

import re
from datetime import date
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

UNIT: Final = "USD bn"
BILLS: Final = f"{OFFICIAL} Treasury Bills"
NOTES: Final = f"{OFFICIAL} T-Bonds & Notes"
PREFIX: Final = "slt_table5 "
_ANCHORS: Final = (
    "Table 5: Major Foreign Holders of Treasury Securities",
    "Holdings at end of time period",
    "Billions of dollars",
)
_HEADER: Final = re.compile(r"Country(\t\d{4}-\d\d){12,14}\t*")
_FIRST_LINES: Final = 20


def parse_table5(content: bytes) -> pd.DataFrame:
    """Read slt_table5.txt; series are called `slt_table5 Japan`."""
    lines = lines_of(text_of(content, "cp1252"))
    for place, words in enumerate(_ANCHORS):
        if len(lines) <= place or lines[place].strip() != words:
            given = lines[place].strip() if len(lines) > place else None
            raise refuse(f"line {place + 1}", given, f"'{words}'")
    header = next((n for n, line in enumerate(lines[:_FIRST_LINES]) if _is_header(line)), None)
    if header is None:
        raise refuse("header", None, "'Country' and thirteen months such as 2026-07")
    months = [month_end(cell, "header") for cell in lines[header].split("\t")[1:] if cell.strip()]
    rows: list[Row] = []
    names: list[str] = []
    for where, cells in rows_above_notes(lines, header + 1):
        names.append(cells[0])
        rows += _rows_of(cells, months, where)
    if missing := [each for each in ("Japan", TOTAL, OFFICIAL, BILLS, NOTES) if each not in names]:
        raise refuse("rows", f"none of {missing[0]}", "the holders, the total and the officials")
    return readings(rows, UNIT)


def _is_header(line: str) -> bool:
    return bool(_HEADER.fullmatch(line))


def _rows_of(cells: list[str], months: list[date], where: str) -> list[Row]:
    name, numbers = cells[0], cells[1 : len(months) + 1]
    if not name or not name.isascii() or len(numbers) != len(months):
        raise refuse(where, f"{name} and {len(numbers)} cells", f"a name and {len(months)} numbers")
    if any(cells[len(months) + 1 :]):
        raise refuse(where, f"more than {len(months)} numbers", "one a month")
    return [
        (f"{PREFIX}{name}", month, number(cell, f"{where}, {month:%Y-%m}"))
        for month, cell in zip(months, numbers, strict=True)
    ]


def check_table5(found: pd.DataFrame) -> None:
    """Refuse a Table 5 whose holders do not add up to the total, or whose officials do not."""
    wide = matrix(found)
    wide.columns = wide.columns.str.removeprefix(PREFIX)
    holders = wide.drop(columns=[TOTAL, OFFICIAL, BILLS, NOTES]).sum(axis=1)
    check_equal(holders, wide[TOTAL], "holders and the grand total", within=1.0, unit=UNIT)
    officials = wide[BILLS] + wide[NOTES]
    check_equal(officials, wide[OFFICIAL], "officials' bills and notes", within=0.2, unit=UNIT)
