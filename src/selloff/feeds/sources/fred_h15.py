"""Constant-maturity yields of Treasuries."""

from typing import Final

from selloff.feeds.contract import Feed
from selloff.feeds.sources._fred import fred_feed

FEED: Final[Feed] = fred_feed(
    "fred_h15",
    title="Constant-maturity yields of Treasuries",
    publisher="Federal Reserve, H.15",
)
