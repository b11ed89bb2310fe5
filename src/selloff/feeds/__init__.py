"""Public sources of data: fetched, checked, parsed. The only room that touches the network."""

from typing import TYPE_CHECKING

from selloff.vocab import late

if TYPE_CHECKING:
    from selloff.feeds.contract import Document, Feed
    from selloff.feeds.fetching import Downloads, Network
    from selloff.feeds.harvesting import Harvester
    from selloff.feeds.news import News, Revision
    from selloff.feeds.raw import NoArchive, RawFolder
    from selloff.feeds.registry import feeds, needs
    from selloff.feeds.updating import UpdateReport, update

__all__ = [
    "Document",
    "Downloads",
    "Feed",
    "Harvester",
    "Network",
    "News",
    "NoArchive",
    "RawFolder",
    "Revision",
    "UpdateReport",
    "feeds",
    "needs",
    "update",
]

_FILES = {
    "Document": "contract",
    "Downloads": "fetching",
    "Feed": "contract",
    "Harvester": "harvesting",
    "Network": "fetching",
    "News": "news",
    "NoArchive": "raw",
    "RawFolder": "raw",
    "Revision": "news",
    "UpdateReport": "updating",
    "feeds": "registry",
    "needs": "registry",
    "update": "updating",
}
__getattr__ = late.open_late(__name__, _FILES)
