"""Who can sell, by name and with what they hold."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from selloff.apps._loading import books_at
from selloff.scenario import seller_ids
from selloff.vocab import ASSET_LABELS, BUSINESS_DAYS_PER_YEAR, holders, span
from selloff.vocab.holders import name_of

_MONTHS_KEPT: Final = 16


@lru_cache(maxsize=_MONTHS_KEPT)
def sellers_at(month: str | None) -> dict[str, float]:
    """List who can sell at a date, and what each holds [USD bn]."""
    books = books_at(month)
    held = {who: float(sum(_by_bucket(books.get(who)).values())) for who in seller_ids()}
    is_dealer = {one.id for one in holders().values() if one.group == "dealers"}
    return {who: one for who, one in held.items() if one > 0.0 and who not in is_dealer}


def held_by(who: str, month: str | None) -> float:
    """Look up what a seller holds [USD bn]."""
    return sellers_at(month).get(who, 0.0)


def title_of(scenario: Mapping[str, Any]) -> str:
    """Write the title of a question that the controls ask."""
    seller = scenario["sellers"][0]
    amount = "all it has" if seller.get("sale_frac") == 1.0 else _dollars(seller)
    years = seller["pace"].get("years")
    pace = "at once" if years is None else f"over {_time(years)}"
    into = " and ".join(ASSET_LABELS[one] for one in seller["proceeds"])
    return f"{name_of(str(seller['holder']))[:60]} sells {amount} {pace}, into {into}"[:120]


def _dollars(seller: Mapping[str, Any]) -> str:
    amount = seller.get("sale_usd_bn", 0.0)
    return f"${amount:,.0f}bn" if amount else "nothing"


def _time(years: float) -> str:
    days = round(years * BUSINESS_DAYS_PER_YEAR)
    return f"{days} business days" if years < 1.0 else span(round(years, 2))


def _by_bucket(book: Any) -> Mapping[str, float]:
    return book if isinstance(book, Mapping) else {}
