"""Public sources of data: fetched, checked, parsed. The only room that touches the network."""

from typing import TYPE_CHECKING

from selloff.vocab.late import open_late

if TYPE_CHECKING:
    from selloff.feeds.contract import Document, Feed
    from selloff.feeds.fetching import Downloads, Network
    from selloff.feeds.harvesting import Harvester
    from selloff.feeds.news import News, Revision
    from selloff.feeds.raw import NoArchive, RawFolder
    from selloff.feeds.registry import feeds, needs
    from selloff.feeds.updating import Report, update

__all__ = [
    "Document",
    "Downloads",
    "Feed",
    "Harvester",
    "Network",
    "News",
    "NoArchive",
    "RawFolder",
    "Report",
    "Revision",
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
    "Report": "updating",
    "Revision": "news",
    "feeds": "registry",
    "needs": "registry",
    "update": "updating",
}
__getattr__ = open_late(__name__, _FILES)
