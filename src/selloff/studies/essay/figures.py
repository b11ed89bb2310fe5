"""What the claims ask of the data: books, debt and events as known at the vintage."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

import pandas as pd

from selloff.data import Vintage, table
from selloff.scenario import load_episode
from selloff.studies.carry import carry
from selloff.vocab import country_books

_NO_COUNTRIES: Final = ("row", "oil", "car", "blx")
"""Places of the books that stand for several countries."""
_TRILLION: Final = 1e3


def _lead(world: Vintage) -> float:
    """Book of Japan over the next largest of a foreign country."""
    books = world.books_by_name()
    others = [
        face
        for name, face in books.items()
        if country_books(name) and name not in ("jpn", *_NO_COUNTRIES)
    ]
    return books["jpn"] / max(others)


def _hedged_pickup(world: Vintage) -> float:
    (ten,) = (each for each in carry(world) if each.tenor == "10Y")
    return ten.hedged_pickup_pct


FIGURES: Final[Mapping[str, tuple[str, Callable[[Vintage], float]]]] = {
    "japan_book_usd_bn": ("USD bn", lambda world: world.book("jpn")),
    "japan_official_usd_bn": ("USD bn", lambda world: world.book("jpn_official")),
    "japan_lead_ratio": ("ratio", _lead),
    "hedged_pickup_10y_pct": ("percent", _hedged_pickup),
}
"""Units and definitions of figures of a vintage."""


def _total_debt(on: date) -> pd.Series:
    """Total public debt, quarter-ends and later months as far as they were known."""
    quarters = table("debt_quarterly").set_index("date")["total_debt_usd_mn"] / 1e6
    months = table("total_public_debt_monthly").set_index("date")["total_debt_usd_bn"] / _TRILLION
    joined = pd.concat([quarters, months]).dropna()
    return joined[~joined.index.duplicated(keep="last")].sort_index().loc[: pd.Timestamp(on)]


SERIES: Final[Mapping[str, tuple[str, Callable[[date], pd.Series]]]] = {
    "total_debt_usd_tn": ("USD tn", _total_debt)
}
"""Units and histories of figures that a claim may have read at another date."""


def on_record(names: Sequence[str], on: date) -> list[str]:
    """List the episodes that had begun by a day."""
    starts = sorted(str(load_episode(name).start) for name in names)
    return [start for start in starts if start <= on.isoformat()]
