"""Federal debt, interest, receipts, GDP and core prices."""

from typing import Final

from selloff.feeds.contract import Feed
from selloff.feeds.sources._fred import fred_feed

FEED: Final[Feed] = fred_feed(
    "fred_economy",
    title="Federal debt, interest, receipts, GDP and core prices",
    publisher="US Treasury and Bureau of Economic Analysis",
)
