"""Exchange rates and the broad dollar."""

from typing import Final

from selloff.feeds.contract import Feed
from selloff.feeds.sources._fred import fred_feed

FEED: Final[Feed] = fred_feed(
    "fred_h10",
    title="Exchange rates and the broad dollar",
    publisher="Federal Reserve, H.10",
)
