"""Unit factors; only `bridge` and `report` multiply by them."""

from typing import Final

BP: Final = 1e-4
"""One basis point as a decimal."""
PCT: Final = 1e-2
"""One percent as a decimal."""
