"""What the numbers of a source must obey: sums, ranges, a chain without a gap."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import pandas as pd

from selloff.feeds.reading import WRONG, check_equal, refuse
from selloff.vocab import MONTHS_PER_YEAR

UNIT: Final = "Has the unit changed? Report it; until it is mended the last vintage serves."


def matrix(frame: pd.DataFrame) -> pd.DataFrame:
    """Lay the readings out: a row a period, a column a series."""
    return frame.pivot(index="period", columns="series", values="value")


def adds_up(
    book: pd.DataFrame,
    total: str,
    parts: Sequence[str],
    *,
    slack: float,
    unit: str,
    signs: str = "",
) -> None:
    """Hold total = sum of parts; a part that is missing counts as nothing, so it is missed.

    `signs` has one + or - a part.
    """
    if total not in book:
        raise refuse("series", ", ".join(map(str, book.columns[:3])), total)
    found = book.reindex(columns=list(parts))
    weights = [-1.0 if sign == "-" else 1.0 for sign in signs or "+" * len(parts)]
    whole = found.mul(weights, axis=1).sum(axis=1)
    asked = book[total].notna() & found.notna().any(axis=1)
    what = f"{total} = sum of its parts"
    check_equal(book[total][asked], whole[asked], what, within=slack, unit=unit)


def at_most(parts: pd.Series, whole: pd.Series, what: str, *, slack: float = 0.0) -> None:
    """Hold that the parts that are told make no more than the whole."""
    over = parts - whole
    if over.max() > slack:
        at = over.idxmax()
        given, most = f"{parts[at]:,.10g}", f"at most {whole[at]:,.10g}"
        raise refuse(f"{what}, {at:%Y-%m-%d}", given, most, WRONG)


def within(frame: pd.DataFrame, low: float, high: float, series: str = "") -> None:
    """Hold that numbers lie where they can: a changed unit falls out."""
    found = frame[frame["series"].str.fullmatch(series)] if series else frame
    wrong = found[(found["value"] < low) | (found["value"] > high)]
    if len(wrong):
        row = wrong.iloc[0]
        where = f"{row['series']} {row['period']:%Y-%m-%d}"
        raise refuse(where, f"{row['value']:g} {row['unit']}", f"{low:g} to {high:g}", UNIT)


def has(frame: pd.DataFrame, *series: str) -> None:
    """Hold that series are there."""
    missing = [name for name in series if name not in set(frame["series"])]
    if missing:
        raise refuse("series", f"no {missing[0]}", "it to be there")


def unbroken(periods: pd.Series, step: timedelta, what: str) -> None:
    """Hold that periods follow each other without a gap."""
    days = periods.drop_duplicates().sort_values()
    gaps = days[days.diff().dropna().ne(step).reindex(days.index, fill_value=False)]
    if len(gaps):
        raise refuse(f"{what} before {gaps.iloc[0]:%Y-%m-%d}", "a gap", "no gap", WRONG)


def unbroken_months(periods: pd.Series, what: str, months: int = 1) -> None:
    """Hold that months, or quarters, follow each other without a gap."""
    days = periods.drop_duplicates().sort_values()
    counts = days.dt.year * MONTHS_PER_YEAR + days.dt.month
    gaps = days[counts.diff().fillna(months).ne(months)]
    if len(gaps):
        raise refuse(f"{what} before {gaps.iloc[0]:%Y-%m}", "a gap", "no gap", WRONG)
