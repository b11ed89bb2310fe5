"""Where documents come from: a folder of files, or the network, asked politely."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin, urlsplit

from selloff.feeds.asking import SIZE_LIMIT, Response, ask, too_big
from selloff.feeds.contract import Document
from selloff.feeds.raw import Archive
from selloff.feeds.reading import refuse

PAUSE: Final = 1.2
"""Between two requests to one host [seconds]; the ECB wants more than one."""
_TRIES: Final = 3
_BACK_OFF: Final = 5.0
"""Before the second try, and twice as long before the third [seconds]."""
_LONGEST_WAIT: Final = 120.0
_REDIRECTS: Final = 3
_MOVED: Final = "The file has moved: report it."
_TOO_MANY: Final = 429
_NOT_MODIFIED: Final = 304
_OK: Final = 200


@dataclass(frozen=True)
class Fetched:
    """The bytes of a document, from wherever they came."""

    content: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    is_new: bool = True
    """Or are they those that were kept?"""


@dataclass(frozen=True)
class Downloads:
    """Gets documents from a folder of files that somebody fetched."""

    folder: Path

    def offered(self, documents: tuple[Document, ...]) -> tuple[Document, ...]:
        """Pick the files that are there."""
        return tuple(each for each in documents if (self.folder / each.name).is_file())

    def get(self, document: Document) -> Fetched:
        """Read a file."""
        file = self.folder / document.name
        try:
            if file.stat().st_size > SIZE_LIMIT:
                raise too_big()
            return Fetched(file.read_bytes())
        except OSError as error:
            given = f"nothing that can be read ({error.strerror})"
            raise refuse(
                "file", given, f"{file}", "Put it there, or leave its source out."
            ) from None


@dataclass(frozen=True, kw_only=True)
class Network:
    """Gets documents from their hosts; how to wait and tell the time is given, for tests."""

    archive: Archive
    moment: datetime
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict, init=False)
    """When each host was asked last."""

    def offered(self, documents: tuple[Document, ...]) -> tuple[Document, ...]:
        """Any document can be asked for."""
        return documents

    def get(self, document: Document) -> Fetched:
        """Fetch a document, or give what is kept where the host says that it has not changed."""
        before = self.archive.last(document.url)
        kept = self.archive.read(before) if before else None
        asked = dict(document.headers)
        if before and kept is not None:
            tags = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
            asked |= {name: tag for name, tag in tags.items() if tag}
        answer = self._persist(document.url, asked)
        if answer.status == _NOT_MODIFIED and kept is not None:
            return Fetched(kept, is_new=False)
        if answer.status != _OK:
            raise refuse("answer", answer.status, "200", _of_status(answer.status))
        return Fetched(answer.content, answer.headers)

    def _persist(self, url: str, asked: Mapping[str, str]) -> Response:
        """Ask again where the host is busy or fails; what else it says is an answer."""
        for attempt in range(1, _TRIES + 1):
            answer = self._follow(url, asked)
            if not _is_busy(answer.status) or attempt == _TRIES:
                return answer
            self.sleep(self._patience(answer, attempt))
        raise AssertionError

    def _patience(self, answer: Response, attempt: int) -> float:
        wait = _seconds(answer.headers.get("retry-after", ""), self.moment)
        if wait is None:
            return _BACK_OFF * attempt
        if wait > _LONGEST_WAIT:
            allowed = f"up to {_LONGEST_WAIT:g} seconds"
            remedy = "The host is busy: run the update later."
            raise refuse("answer", f"{answer.status}, wait {wait:.0f} seconds", allowed, remedy)
        return wait

    def _follow(self, url: str, asked: Mapping[str, str]) -> Response:
        """Go where the host sends us, as long as it is the same host and as safe."""
        for _ in range(_REDIRECTS + 1):
            self._wait_for(url)
            answer = ask(url, asked, self.clock)
            target = answer.headers.get("location", "")
            if not (300 <= answer.status < 400 and target):
                return answer
            url = _onward(url, target)
        raise refuse("host", "redirects in a circle", f"at most {_REDIRECTS}", "Try again later.")

    def _wait_for(self, url: str) -> None:
        host = urlsplit(url).netloc
        if host in self._last:
            early = self._last[host] + PAUSE - self.clock()
            if early > 0:
                self.sleep(early)
        self._last[host] = self.clock()


def _onward(url: str, target: str) -> str:
    old = urlsplit(url)
    try:
        onward = urljoin(url, target)
        new = urlsplit(onward)
    except ValueError:
        raise refuse("host", "a redirect to no address", old.netloc, _MOVED) from None
    if new.netloc != old.netloc or new.scheme not in (old.scheme, "https"):
        raise refuse("host", f"a redirect to {new.scheme}://{new.netloc}", old.netloc, _MOVED)
    return onward


def _is_busy(status: int) -> bool:
    return status == _TOO_MANY or status >= 500


def _seconds(text: str, now: datetime) -> float | None:
    """Read Retry-After: seconds, or a date."""
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def _of_status(status: int) -> str:
    if _is_busy(status):
        return f"The host is busy or broken, after {_TRIES} tries: run the update later."
    return "The file is not there any more, or is not for us: report it."
