"""Which sale brings an event about: the smallest, the slowest or the likeliest."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.reverse.asking import FreeSale, Tried, one_seller
    from selloff.studies.reverse.bounds import Bound, read_bounds
    from selloff.studies.reverse.drawing import COLUMNS
    from selloff.studies.reverse.study import Reversal, reverse

__all__ = [
    "COLUMNS",
    "Bound",
    "FreeSale",
    "Reversal",
    "Tried",
    "one_seller",
    "read_bounds",
    "reverse",
]

_FILES = {
    "COLUMNS": "drawing",
    "Tried": "asking",
    "Bound": "bounds",
    "Reversal": "study",
    "FreeSale": "asking",
    "one_seller": "asking",
    "read_bounds": "bounds",
    "reverse": "study",
}
__getattr__ = studies.open_late(__name__, _FILES)
