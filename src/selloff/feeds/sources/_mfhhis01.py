"""The history of the major foreign holders of Treasuries: a block a year, newest first."""

import csv
import re
from datetime import date
from typing import Final

import pandas as pd

from selloff.feeds.identities import matrix
from selloff.feeds.reading import (
    AGAIN,
    Row,
    check_equal,
    end_of_month,
    lines_of,
    number,
    readings,
    refuse,
    text_of,
)
from selloff.feeds.tables import MONTHS

UNIT: Final = "USD bn"
PREFIX: Final = "mfhhis01 "
OLD: Final = "mfhhis01 old "
"""A month of a survey stands twice: first by the new survey, then by the old one."""
_ANCHORS: Final = (
    "MAJOR FOREIGN HOLDERS OF TREASURY SECURITIES",
    "(in billions of dollars)",
    "HOLDINGS 1/ AT END OF PERIOD",
)
_YEAR: Final = re.compile(r"(19|20)\d\d", re.ASCII)
_FOOTNOTE: Final = re.compile(r"\s+\d+/$")
_END: Final = "Department of the Treasury/Federal Reserve Board"
_BEGIN: Final = pd.Timestamp(2000, 3, 31)
TOTAL: Final = "Grand Total"
OFFICIAL: Final = "For. Official"
BILLS: Final = "Treasury Bills"
NOTES: Final = "T-Bonds & Notes"


def parse_history(content: bytes) -> pd.DataFrame:
    """Read mfhhis01.txt; series are called `mfhhis01 Japan`, and `mfhhis01 old Japan`."""
    table = [_cells(line) for line in lines_of(text_of(content, "cp1252"))]
    top = ["".join(cells) for cells in table[: len(_ANCHORS)]]
    if top != list(_ANCHORS):
        raise refuse("title", " ".join(top), " ".join(_ANCHORS))
    rows: list[Row] = []
    months: list[tuple[str, date]] = []
    for place, cells in enumerate(table, 1):
        if cells[0] == "Country":
            months = _months(table[place - 2], cells, f"line {place}")
        elif cells[0] and any(cells[1:]):
            rows += _rows_of(cells, months, f"line {place}")
    if not any(cells[0] == _END for cells in table):
        raise refuse("content", "blocks to the last line", f"'{_END}' below them", AGAIN)
    found = readings(rows, UNIT)
    if found["period"].min() > _BEGIN:
        given = f"nothing before {found['period'].min():%Y-%m}"
        raise refuse("content", given, f"months back to {_BEGIN:%Y-%m}", AGAIN)
    return found


def _cells(line: str) -> list[str]:
    try:
        found = next(csv.reader([line], delimiter="\t"), [""])
    except csv.Error as error:
        raise refuse("content", str(error), "cells between tabs") from None
    return [cell.strip() for cell in found] or [""]


def _months(above: list[str], years: list[str], where: str) -> list[tuple[str, date]]:
    """Pair month and year of each column with the beginning of its series' names."""
    found: list[tuple[str, date]] = []
    seen: set[date] = set()
    for name, year in zip(above[1:], years[1:], strict=False):
        if not name and not year:
            break
        if name not in MONTHS or not _YEAR.fullmatch(year):
            raise refuse(f"{where}, header", f"{name} {year}", "a month such as Dec, and a year")
        month = end_of_month(date(int(year), MONTHS.index(name) + 1, 1))
        found.append((OLD if month in seen else PREFIX, month))
        seen.add(month)
    return found


def _rows_of(cells: list[str], months: list[tuple[str, date]], where: str) -> list[Row]:
    name, numbers = _FOOTNOTE.sub("", cells[0]), cells[1 : len(months) + 1]
    if not name.isascii():
        raise refuse(where, name, "a name in plain letters")
    told = [cell for cell in cells[1:] if cell]
    if not months or told != numbers or len(told) != len(months):
        raise refuse(where, f"{name} and {len(told)} numbers", f"{len(months)} side by side")
    return [
        (f"{prefix}{name}", month, number(cell, f"{where}, {month:%Y-%m}"))
        for (prefix, month), cell in zip(months, numbers, strict=True)
    ]


def check_history(found: pd.DataFrame) -> None:
    """Refuse a history whose holders do not add up to the total, or whose officials do not.

    The old series of June 2006 miss their total by 2.5bn as published, so only the first is held.
    """
    first = found[~found["series"].str.startswith(OLD)]
    wide = matrix(first)
    wide.columns = wide.columns.str.removeprefix(PREFIX)
    if missing := {TOTAL, OFFICIAL, BILLS, NOTES} - set(wide.columns):
        raise refuse("rows", f"no {min(missing)}", "the total and the officials")
    sides = {name: wide.pop(name) for name in (TOTAL, OFFICIAL, BILLS, NOTES)}
    for name, side in sides.items():
        if side.isna().any():
            month = f"{side[side.isna()].index[0]:%Y-%m}"
            raise refuse(f"{name} in {month}", None, "a number every month", AGAIN)
    officials = sides[BILLS] + sides[NOTES]
    check_equal(officials, sides[OFFICIAL], "officials' bills and notes", within=0.2, unit=UNIT)
    holders = wide.sum(axis=1)
    check_equal(holders, sides[TOTAL], "holders and the grand total", within=1.0, unit=UNIT)
