"""Which maturities go first when a holder sells of its own accord."""

from functools import cache
from typing import Final

from selloff.vocab import holders, rows_of

_BILLS_FIRST: Final = "bills_first"
_WAYS: Final = ("pro_rata", _BILLS_FIRST)


def sells_bills_first(holder: str) -> bool:
    """Whether a holder sells bills first and buys them back; by its own row, or that of its group.

    Source: `assumptions/sold_first.csv`.
    """
    rows = sale_habits()
    return rows.get(holder, rows.get(holders()[holder].group)) == _BILLS_FIRST


@cache
def sale_habits() -> dict[str, str]:
    """Read the table: a holder or a group of holders, and the maturities it sells.

    Source: `assumptions/sold_first.csv`.
    """
    rows = rows_of("data", "assumptions/sold_first")
    return {row["who"]: _known(row["buckets"]) for row in rows}


def _known(word: str) -> str:
    if word not in _WAYS:
        raise ValueError(f"sold_first.csv: '{word}'; allowed: {', '.join(_WAYS)}")
    return word
