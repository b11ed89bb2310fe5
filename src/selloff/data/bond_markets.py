"""Sizes of the government bond markets abroad, as quoted by those who count them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from selloff.data.japan import Quote
from selloff.vocab.axes import FOREIGN
from selloff.vocab.rows import rows_of


@dataclass(frozen=True)
class BondMarket:
    """Government bonds outstanding of a currency area on a day, as a part of its GDP."""

    currency: str
    outstanding: Quote
    """Fraction of the GDP of the year."""
    reason: str


def bonds_abroad(on: date) -> dict[str, float]:
    """Say how large each market abroad is on a day, as a part of its GDP.

    Straight lines between the days at hand, flat before the first and after the last.
    """
    return {currency: _between(currency, on) for currency in FOREIGN}


@cache
def bond_markets() -> tuple[BondMarket, ...]:
    """List every size at hand."""
    return tuple(_read())


def _between(currency: str, on: date) -> float:
    sizes = [each.outstanding for each in bond_markets() if each.currency == currency]
    days, parts = zip(*sorted((each.date.toordinal(), each.value) for each in sizes), strict=True)
    return float(np.interp(on.toordinal(), days, parts))


def _read() -> Iterator[BondMarket]:
    for row in rows_of("data", "quoted/bond_markets"):
        day, part = date.fromisoformat(row["date"]), float(row["outstanding_gdp_frac"])
        quote = Quote(part, row["source"], day, row["url"])
        yield BondMarket(row["currency"], quote, row["reason"])
