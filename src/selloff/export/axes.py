"""What a table of the whole result is laid out by."""

from functools import cache
from typing import Final

from selloff.vocab import CLOCKS, variables

_UNSPREAD: Final = ("code", "flag")
"""Units whose numbers have no order."""


@cache
def label_axes() -> tuple[str, ...]:
    """Name the axes whose places are words, in the order of the table of variables."""
    found = dict.fromkeys(dim for each in variables().values() for dim in each.dims)
    return tuple(dim for dim in found if dim not in ("draw", *CLOCKS))


def spreadable() -> list[str]:
    """Name the variables that have quantiles, or no draws: no codes, no checks."""
    return [
        name
        for name, row in variables().items()
        if row.unit not in _UNSPREAD and "identity" not in row.dims
    ]
