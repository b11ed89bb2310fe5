"""The Fed's Treasuries line by line: how much runs off when.

Fields seen in code that reads them.
"""

from collections import defaultdict
from datetime import date
from typing import Final

import pandas as pd

from selloff.feeds.answers import figure, opened, part, records, word
from selloff.feeds.contract import Document
from selloff.feeds.reading import day, nothing, readings, refuse

_ROOT: Final = "https://markets.newyorkfed.org/api/soma"
_FIELDS: Final = ("asOfDate", "cusip", "maturityDate", "parValue")
_DAYS_OF_YEAR: Final = 365.25
_BUCKETS: Final = {
    "to_15_days": 15,
    "16_to_90_days": 90,
    "91_days_to_1_year": 365,
    "1_to_5_years": 5 * _DAYS_OF_YEAR,
    "5_to_10_years": 10 * _DAYS_OF_YEAR,
    "over_10_years": float("inf"),
}
"""Last day of each, counted from the day of the report."""
LINES: Final = "nyfed.soma.lines."


def dates() -> Document:
    """Name the list of reports, which leads to the latest one."""
    return Document(
        name="soma_dates.json",
        url=f"{_ROOT}/asofdates/list.json",
        parse=_parse_dates,
        leads_to=lambda content: (_holdings(max(_dates(content))),),
    )


def _parse_dates(content: bytes) -> pd.DataFrame:
    _dates(content)
    return nothing(content)


def _dates(content: bytes) -> list[date]:
    found = part(opened(content), "soma", "asOfDates")
    if not isinstance(found, list) or not found:
        raise refuse("soma.asOfDates", found, "a list of days")
    return [day(word(each, "soma.asOfDates"), "soma.asOfDates") for each in found]


def _holdings(when: date) -> Document:
    url = f"{_ROOT}/tsy/get/asof/{when}.json"
    return Document(name=f"soma_holdings_{when}.json", url=url, parse=parse_holdings)


def parse_holdings(content: bytes) -> pd.DataFrame:
    """Add up the lines by the time they have left, and their mean life."""
    sums: dict[str, float] = dict.fromkeys(_BUCKETS, 0.0)
    years: dict[date, float] = defaultdict(float)
    for at, row in enumerate(records(opened(content), _FIELDS, "soma", "holdings")):
        where = f"soma.holdings.{at}"
        when, matures = (
            day(word(row[name], where), where) for name in ("asOfDate", "maturityDate")
        )
        left, face = (matures - when).days, figure(row["parValue"], f"{where}.parValue")
        if left < 0 or not face >= 0:
            raise refuse(where, f"{face:g} until {matures}", f"an amount that lives on {when}")
        sums[next(name for name, last in _BUCKETS.items() if left <= last)] += face
        years[when] += face * left / _DAYS_OF_YEAR
    if len(years) != 1:
        raise refuse("asOfDate", f"{len(years)} days", "one")
    ((when, life),) = years.items()
    total = sum(sums.values())
    if not total:
        raise refuse("parValue", "nothing held", "amounts")
    money = readings([(LINES + name, when, value) for name, value in sums.items()], "USD")
    mean = readings([("nyfed.soma.mean_life", when, life / total)], "years")
    return pd.concat([money, mean], ignore_index=True)
