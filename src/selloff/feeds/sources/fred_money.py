"""Overnight and policy rates, and the overnight reverse repo."""

from typing import Final

from selloff.feeds.contract import Feed
from selloff.feeds.sources._fred import fred_feed

FEED: Final[Feed] = fred_feed(
    "fred_money",
    title="Overnight and policy rates, and the overnight reverse repo",
    publisher="New York Fed and Federal Reserve",
)
