"""Who is long and short in Treasury and yen futures, each Tuesday.

A row of the live answer was seen in a test; of the spreads and small traders only the names.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from urllib.parse import quote

import pandas as pd

from selloff.feeds.answers import figure, opened, records, word
from selloff.feeds.calendars import weekday_after
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import has, matrix, within
from selloff.feeds.reading import Row, check_equal, readings, refuse
from selloff.feeds.tables import written_day

_URL: Final = "https://publicreporting.cftc.gov/resource/gpe5-46if.json"
_CONTRACTS: Final = {
    "042601": "2y",
    "044601": "5y",
    "043602": "10y",
    "043607": "10y_ultra",
    "020601": "30y",
    "020604": "30y_ultra",
    "097741": "yen",
}
_SIDES: Final = {
    "dealer_positions_long_all": "dealers.long",
    "dealer_positions_short_all": "dealers.short",
    "asset_mgr_positions_long": "asset_managers.long",
    "asset_mgr_positions_short": "asset_managers.short",
    "lev_money_positions_long": "leveraged.long",
    "lev_money_positions_short": "leveraged.short",
    "other_rept_positions_long": "others.long",
    "other_rept_positions_short": "others.short",
    "nonrept_positions_long_all": "small.long",
    "nonrept_positions_short_all": "small.short",
    "open_interest_all": "open_interest",
}
_WHO: Final = ("dealers", "asset_managers", "leveraged", "others", "small")
_FIELDS: Final = ("report_date_as_yyyy_mm_dd", "cftc_contract_market_code", *_SIDES)
_LIMIT: Final = 50_000
_ROUNDING: Final = 5.0


def _parse(content: bytes) -> pd.DataFrame:
    return readings(_rows(content), "contracts")


def _rows(content: bytes) -> Iterator[Row]:
    rows = records(opened(content), _FIELDS)
    if len(rows) >= _LIMIT:
        raise refuse("content", f"{len(rows)} records", f"fewer than the limit of {_LIMIT}")
    for at, row in enumerate(rows):
        code = word(row["cftc_contract_market_code"], f"{at}")
        if code not in _CONTRACTS:
            raise refuse(f"{at}, contract", code, ", ".join(_CONTRACTS))
        text = word(row["report_date_as_yyyy_mm_dd"], f"{at}")
        when = written_day(text, "%Y-%m-%dT%H:%M:%S.%f", f"{at}")
        for field, name in _SIDES.items():
            yield f"cftc.tff.{_CONTRACTS[code]}.{name}", when, figure(row[field], f"{at}.{field}")


def _check(frame: pd.DataFrame) -> None:
    """Hold that each long has a short; spreads count on both sides and cancel."""
    has(frame, "cftc.tff.10y.leveraged.short")
    within(frame, 0, 5e7)
    book = matrix(frame)
    for contract in _CONTRACTS.values():
        at = f"cftc.tff.{contract}"
        if f"{at}.open_interest" in book:
            long, short = (
                book[[f"{at}.{who}.{side}" for who in _WHO]].sum(axis=1, min_count=5)
                for side in ("long", "short")
            )
            what = f"{at}, longs = shorts"
            check_equal(long, short, what, within=_ROUNDING, unit="contracts")


def _documents(_: date) -> tuple[Document, ...]:
    codes = ",".join(f"'{code}'" for code in _CONTRACTS)
    where = quote(f"cftc_contract_market_code in ({codes})")
    url = f"{_URL}?$select={','.join(_FIELDS)}&$where={where}&$limit={_LIMIT}"
    return (Document(name="cftc_tff.json", url=url, parse=_parse),)


FEED = Feed(
    id="cftc_tff",
    title="Traders in Financial Futures, futures only",
    publisher="US Commodity Futures Trading Commission",
    licence="US public domain",
    cadence=timedelta(days=7),
    documents=_documents,
    check=_check,
    known=weekday_after(4, "15:30"),
)
