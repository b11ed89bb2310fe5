"""What every parser needs: text from bytes, numbers from text, and refusals in plain words."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.contract import COLUMNS
from selloff.vocab import MONTHS_PER_YEAR
from selloff.vocab.errors import FeedError, Problem, shown

MISSING: Final = frozenset({"", ".", "..", "-", "--", "*", "n.a.", "n/a", "na", "null", "nd"})
"""Ways in which publishers say that there is no number."""
_NUMBER: Final = re.compile(
    r"[+-]?(\d+|\d{1,3}(,\d{3})+|(?=\.\d))(\.\d*)?(e[+-]?\d\d?)?", re.A | re.I
)
_PAGE: Final = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*<!doctype html|<(?!\?xml))", re.I)
_BOM: Final = b"\xef\xbb\xbf"
LAYOUT: Final = "The layout has changed: report it; until it is mended the last vintage serves."
AGAIN: Final = "The file is not whole: fetch it again."
WRONG: Final = (
    "The numbers contradict each other: wait for the publisher to mend them, and report it."
)

Row = tuple[str, date, float]


def refuse(where: str, given: object, allowed: str, remedy: str = LAYOUT) -> FeedError:
    """Make the error of a file that is not what it was."""
    told = "nothing" if given == "" else shown(given, quote="")
    return FeedError([Problem(where=where, given=told, allowed=allowed, remedy=remedy)])


def text_of(content: bytes, encoding: str = "utf-8") -> str:
    """Read bytes as text without its byte order mark; refuse a page, a wrong charset, nothing."""
    try:
        text = content.removeprefix(_BOM).decode(encoding)
    except UnicodeDecodeError as error:
        given = f"a byte that is not {encoding} at {error.start}"
        raise refuse("encoding", given, f"text in {encoding}") from None
    refuse_page(content)
    if not text.strip():
        raise refuse("content", "nothing", "a table of numbers", AGAIN)
    return text


def refuse_page(content: bytes) -> None:
    """Refuse a web page where a table should be: code 200 is not success."""
    if _PAGE.match(content):
        remedy = "The host answers with an error page: try again later."
        raise refuse("content", "a web page", "a table of numbers", remedy)


def lines_of(text: str) -> list[str]:
    """Split text into lines, whatever ends them; no other sign does."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def number(text: str, where: str) -> float:
    """Read a number; each way to say that there is none gives NaN, anything else is refused."""
    word = text.strip()
    if word.lower() in MISSING:
        return math.nan
    if not _NUMBER.fullmatch(word):
        raise refuse(where, word, "a number, or a sign that there is none")
    return float(word.replace(",", ""))


def day(text: str, where: str) -> date:
    """Read a day written as 2026-11-27."""
    return _day(text.strip(), text, where)


def month_end(text: str, where: str) -> date:
    """Read the last day of a month written as 2026-11."""
    return end_of_month(_day(f"{text.strip()}-01", text, where))


def end_of_month(any_day: date) -> date:
    """Give the last day of a month."""
    count = any_day.year * MONTHS_PER_YEAR + any_day.month
    year, month = divmod(count, MONTHS_PER_YEAR)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, 1) - timedelta(days=1)


def readings(rows: Iterable[Row], unit: str, published: date | None = None) -> pd.DataFrame:
    """Make the table of a parser; none, an infinite number, or two of a period are refused."""
    frame = pd.DataFrame(list(rows), columns=["series", "period", "value"])
    if frame["value"].notna().sum() == 0:
        raise refuse("content", "no number", "at least one")
    if frame["value"].abs().max() == math.inf:
        raise refuse("content", "an infinite number", "finite numbers")
    frame = frame.astype({"series": str, "value": float})
    frame["period"] = frame["period"].to_numpy("datetime64[s]")
    twice = frame[frame.duplicated(["series", "period"])]
    if len(twice):
        row = twice.iloc[0]
        raise refuse(f"{row['series']} {row['period']:%Y-%m-%d}", "two numbers", "one a period")
    when = pd.Series(pd.NaT if published is None else pd.Timestamp(published), frame.index)
    frame = frame.assign(unit=unit, published=when.astype("datetime64[s]"))
    return frame.sort_values(["series", "period"], ignore_index=True)[list(COLUMNS)]


def check_equal(one: pd.Series, other: pd.Series, what: str, *, within: float, unit: str) -> None:
    """Refuse two columns that an identity makes equal and that differ, or never meet."""
    gap = (one - other).abs()
    if gap.isna().all():
        raise refuse(f"identity, {what}", "no period with both", "at least one")
    if gap.max() > within:
        worst = gap.idxmax()
        given = f"{one[worst]:,.10g} and {other[worst]:,.10g} on {worst:%Y-%m-%d}"
        raise refuse(f"identity, {what}", given, f"equal within {within:g} {unit}", WRONG)


def nothing(_: bytes) -> pd.DataFrame:
    """Read a file that holds no numbers and only leads to others."""
    return pd.DataFrame(columns=list(COLUMNS))


def join(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put tables of several files together; where two speak of one period, the later file rules."""
    told = [frame for frame in frames if len(frame)]
    if not told:
        raise refuse("content", "no number", "at least one")
    whole = pd.concat(told, ignore_index=True).drop_duplicates(["series", "period"], keep="last")
    return whole.sort_values(["series", "period"], ignore_index=True)


def _day(iso: str, text: str, where: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", iso, re.ASCII):
            return date.fromisoformat(iso)
    except ValueError:
        pass
    raise refuse(where, text.strip(), "a date such as 2026-11-27, or a month such as 2026-11")
