"""One source from its files to numbers that have passed every check of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol

import pandas as pd

from selloff.feeds.contract import COLUMNS, Document, Feed
from selloff.feeds.fetching import Fetched
from selloff.feeds.raw import Archive, Print, print_of
from selloff.feeds.reading import join, refuse, refuse_page
from selloff.vocab.errors import FeedError

_STALE: Final = 1.5
"""Cadences without a new number after which a file has stopped."""
_FILES_AT_MOST: Final = 60
"""That one file may lead to, with itself."""
_LAST_SECOND: Final = timedelta(hours=23, minutes=59, seconds=59)
_STOPPED: Final = (
    "The file still downloads but has stopped: what was kept stays. Files of an older day are "
    "read with --from and --fetched-on."
)
_AHEAD: Final = "Its dates are misread, or its files were fetched later than --fetched-on says."


class Place(Protocol):
    """Where documents come from."""

    def offered(self, documents: tuple[Document, ...]) -> tuple[Document, ...]:
        """Pick those that can be asked for."""

    def get(self, document: Document) -> Fetched:
        """Give the bytes of one."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Harvest:
    """The numbers of one source, with the moment at which the public could know each."""

    feed: Feed
    readings: pd.DataFrame
    """Columns of the contract, and `available_at`."""
    prints: tuple[Print, ...]
    last: date
    """The last period with a number."""
    out: date
    """The day on which the public could know it."""
    moment: datetime
    """When it was fetched."""


@dataclass(frozen=True, kw_only=True)
class Harvester:
    """Reads sources from a place, and keeps the raw bytes."""

    place: Place
    archive: Archive
    moment: datetime
    """When the files were fetched."""

    def harvest(self, feed: Feed) -> Harvest | None:
        """Read a source; nothing where no file of it is there, an error where one is wrong."""
        frames: list[pd.DataFrame] = []
        prints: list[Print] = []
        for document in self.place.offered(feed.documents(self.moment.date())):
            with _at(f"{feed.id} {document.name}"):
                frame = join([*self._follow(document, prints)])
                frames.append(self._dated(frame, document, feed))
        if not frames:
            return None
        readings = join(frames)
        with _at(feed.id):
            feed.check(readings[list(COLUMNS)])
        last = readings.loc[readings.loc[readings["value"].notna(), "period"].idxmax()]
        return Harvest(
            feed=feed,
            readings=readings,
            prints=tuple(prints),
            last=last["period"].date(),
            out=last["available_at"].date(),
            moment=self.moment,
        )

    def _follow(self, root: Document, prints: list[Print]) -> Iterator[pd.DataFrame]:
        """Read a document, and those it leads to."""
        waiting = [root]
        for _ in range(_FILES_AT_MOST):
            document = waiting.pop(0)
            fetched = self.place.get(document)
            try:
                if not document.is_page:
                    refuse_page(fetched.content)
                yield document.parse(fetched.content)
                waiting += document.leads_to(fetched.content)
            except FeedError:
                # Without tags: next time the whole file is asked for again.
                self.archive.keep(fetched.content, self.moment, document.url, {})
                raise
            if fetched.is_new:
                self.archive.keep(fetched.content, self.moment, document.url, fetched.headers)
            prints.append(print_of(fetched.content, self.moment, document.url, fetched.headers))
            if not waiting:
                return
        raise refuse("files", f"more than {_FILES_AT_MOST}", "a list that ends")

    def _dated(self, frame: pd.DataFrame, document: Document, feed: Feed) -> pd.DataFrame:
        """Say when the public could know each number; refuse a file that stopped or is ahead."""
        known, cadence = document.known or feed.known, document.cadence or feed.cadence
        last = frame.loc[frame["value"].notna(), "period"].max().date()
        due = known(last)
        if self.moment - due > _STALE * cadence:
            given = f"{last}, out since {due:%Y-%m-%d}"
            raise refuse("last number", given, f"a new one every {cadence.days} days", _STOPPED)
        if due - self.moment > cadence:
            given = f"{last}, out on {due:%Y-%m-%d}"
            raise refuse("last number", given, "none that is not out yet", _AHEAD)
        out = {period: min(known(period.date()), self.moment) for period in set(frame["period"])}
        told = (frame["published"] + _LAST_SECOND).dt.tz_localize(UTC).clip(upper=self.moment)
        return frame.assign(available_at=told.fillna(frame["period"].map(out)))


@contextmanager
def _at(where: str) -> Iterator[None]:
    """Say in what file something is wrong."""
    try:
        yield
    except FeedError as error:
        raise FeedError(
            [replace(each, where=f"{where}: {each.where}") for each in error.problems]
        ) from None
