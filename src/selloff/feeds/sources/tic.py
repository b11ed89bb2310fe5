"""Treasury International Capital: who abroad holds Treasuries, and who bought and sold them."""

from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds import calendars
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import matrix
from selloff.feeds.reading import check_equal
from selloff.feeds.sources import _mfhhis01 as history
from selloff.feeds.sources import _slt_table3 as table3
from selloff.feeds.sources import _slt_table5 as table5

_FOLDER: Final = "https://ticdata.treasury.gov/resource-center/data-chart-center/tic/Documents/"
_MONTH: Final = timedelta(days=31)
_YEAR: Final = timedelta(days=366)
_BILLION: Final = 1e3
_ROUNDING: Final = 0.5
"""How far Table 3 may be from Table 5 [USD bn]."""


def _documents(_: date) -> tuple[Document, ...]:
    parsers = {
        "slt_table3.txt": (table3.parse_table3, _MONTH),
        "slt_table5.txt": (table5.parse_table5, _MONTH),
        "mfhhis01.txt": (history.parse_history, _YEAR),
    }
    return tuple(
        Document(name=name, url=f"{_FOLDER}{name}", parse=parse, cadence=cadence)
        for name, (parse, cadence) in parsers.items()
    )


def check(found: pd.DataFrame) -> None:
    """Hold every table against itself, and Table 3 against Table 5."""
    is_history = found["series"].str.startswith(history.PREFIX)
    is_short = found["series"].str.startswith(table5.PREFIX)
    for part, hold in (
        (found[is_history], history.check_history),
        (found[is_short], table5.check_table5),
        (found[~is_history & ~is_short], table3.check_table3),
    ):
        if len(part):
            hold(part)
    _check_the_two(found)


def _check_the_two(found: pd.DataFrame) -> None:
    wide = matrix(found)
    for name in (*table3.CODES, "China, Mainland", "United Kingdom"):
        long, short = f"for_treas_pos {name}", f"{table5.PREFIX}{name}"
        if long in wide and short in wide:
            what = f"{name} in Table 3 and Table 5"
            check_equal(
                wide[long] / _BILLION, wide[short], what, within=_ROUNDING, unit=table5.UNIT
            )


FEED: Final = Feed(
    id="tic",
    title="Treasury International Capital: Tables 3 and 5, and the history of major holders",
    publisher="US Treasury, TIC",
    licence="US public domain",
    cadence=_MONTH,
    documents=_documents,
    check=check,
    known=calendars.month_day(18, "16:00", months=2),
)
