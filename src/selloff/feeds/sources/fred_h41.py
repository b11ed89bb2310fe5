"""The Fed's balance sheet: custody for foreigners, repo, reserves, maturities."""

from typing import Final

from selloff.feeds.contract import Feed
from selloff.feeds.sources._fred import fred_feed

FEED: Final[Feed] = fred_feed(
    "fred_h41",
    title="The Fed's balance sheet: custody for foreigners, repo, reserves, maturities",
    publisher="Federal Reserve, H.4.1",
)
