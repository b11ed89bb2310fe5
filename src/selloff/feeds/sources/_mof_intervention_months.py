"""Totals of Japan's interventions, month by month: a list of pages, and the amount of each.

Words of the pages seen in three readers.
"""

import re
from datetime import timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import TOKYO, business_days_after
from selloff.feeds.contract import Document
from selloff.feeds.pages import page_of, words_of
from selloff.feeds.reading import nothing, readings, refuse
from selloff.feeds.tables import ERA_DAY, era_day, plain

ROOT: Final = "https://www.mof.go.jp/policy/international_policy/reference/feio/"
UNIT: Final = "JPY 100 mn"
SERIES: Final = "mof.intervention"
WINDOW: Final = f"{SERIES}.window "
"""With the first day of the window; the period is its last."""
_TITLE: Final = "外国為替平衡操作"
_WINDOW: Final = rf"({ERA_DAY})\s*[~〜～-]\s*({ERA_DAY})"
_AMOUNT: Final = re.compile(
    _WINDOW + r"[^0-9]{0,80}?における外国為替平衡操作額[^0-9]{0,40}([0-9,兆億 ]+)円", re.ASCII
)
_LINK: Final = re.compile(r'href="(?:[^"]*/)?(20\d{6})\.html"', re.ASCII)
_YEN: Final = re.compile(r"(?:(\d+)兆)?(?:(\d+)億)?(0)?", re.ASCII)
_PAGES: Final = 6
_ENCODINGS: Final = ("utf-8", "cp932")


def months() -> Document:
    """Name the list of months, which leads to its latest pages."""
    return Document(
        name="mof_intervention_months.html",
        url=f"{ROOT}data/monthly/index.html",
        parse=_months,
        leads_to=_pages,
        is_page=True,
        cadence=timedelta(days=31),
        known=business_days_after(2, "19:00", TOKYO),
    )


def _months(content: bytes) -> pd.DataFrame:
    """Check the list of monthly pages; it holds no amount."""
    if not _LINK.search(_source(content)):
        raise refuse("links", "none", "pages such as 20260828.html")
    return nothing(content)


def _source(content: bytes) -> str:
    page_of(content, _TITLE, encodings=_ENCODINGS)
    return content.decode("utf-8", "replace")


def _pages(content: bytes) -> tuple[Document, ...]:
    stamps = sorted(set(_LINK.findall(_source(content))))[-_PAGES:]
    return tuple(
        Document(
            name=f"mof_intervention_{stamp}.html",
            url=f"{ROOT}data/monthly/{stamp}.html",
            parse=_month,
            is_page=True,
        )
        for stamp in stamps
    )


def _month(content: bytes) -> pd.DataFrame:
    """Read the total of one window."""
    words = plain(words_of(page_of(content, _TITLE, encodings=_ENCODINGS)))
    found = _AMOUNT.search(words)
    if not found:
        raise refuse("amount", words[:60], "first day ～ last dayにおける外国為替平衡操作額 … 円")
    start, end = era_day(found[1], "window"), era_day(found[2], "window")
    length = (end - start).days + 1
    if not 0 < length < 100:
        raise refuse("window", f"{start} to {end}", "about a month")
    return readings([(f"{WINDOW}{start}", end, _yen(found[3]))], UNIT)


def _yen(text: str) -> float:
    """Read 15兆3,993億 as 100 million yen."""
    found = _YEN.fullmatch(text.replace(",", "").replace(" ", ""))
    if not found or not any(found.groups()):
        raise refuse("amount", text, "an amount such as 15兆3,993億円, or 0円")
    return float(int(found[1] or 0) * 10_000 + int(found[2] or 0))
