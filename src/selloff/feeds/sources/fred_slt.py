"""Continuous SLT: Treasuries bought and held by foreigners, back to 1985."""

from typing import Final

from selloff.feeds.contract import Feed
from selloff.feeds.sources._fred import fred_feed

FEED: Final[Feed] = fred_feed(
    "fred_slt",
    title="Continuous SLT: Treasuries bought and held by foreigners, back to 1985",
    publisher="US Treasury, Federal Reserve and New York Fed, SLT",
)
