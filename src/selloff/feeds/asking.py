"""One request over the network: its bytes, whole and unpacked, or a refusal in plain words."""

import logging
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from selloff import __version__
from selloff.feeds.reading import AGAIN, refuse
from selloff.vocab.errors import FeedError
from selloff.vocab.extras import without

if TYPE_CHECKING:
    import httpx

TIMEOUT: Final = 30.0
"""For a connection, and between two pieces of an answer [seconds]."""
_WHOLE_FILE: Final = 300.0
"""For one file from first to last byte [seconds]."""
SIZE_LIMIT: Final = 80_000_000
"""Of one file, as sent and as unpacked [bytes]."""
_HEADERS: Final = {
    "User-Agent": f"selloff/{__version__} (research on US Treasury holdings; once a day at most)",
    "Accept-Encoding": "gzip, identity",
}
_OFFLINE: Final = "Check the connection and try again, or read a folder of files with --from."


@dataclass(frozen=True, kw_only=True)
class Response:
    """What a host answered to one request."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def ask(url: str, asked: Mapping[str, str], clock: Callable[[], float]) -> Response:
    """Ask a host for a file."""
    httpx = library()
    try:
        with (
            httpx.Client(timeout=TIMEOUT, verify=_trusted()) as client,
            client.stream("GET", url, headers={**_HEADERS, **asked}) as answer,
        ):
            return _read(answer, clock)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _of_library(error, urlsplit(url).netloc) from error


@cache
def _trusted() -> Any:
    """Load the certificates once."""
    return library().create_ssl_context()


def library() -> Any:
    """Load httpx, which comes with the extra `data`."""
    # At its usual level it writes whole addresses, and there may be a key in them.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        return import_module("httpx")
    except ImportError:
        instead = ", or read a folder of files with --from."
        raise without("update", "httpx", extra="data", instead=instead) from None


def _read(answer: "httpx.Response", clock: Callable[[], float]) -> Response:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    pieces: list[bytes] = []
    size, begin = 0, clock()
    for piece in answer.iter_raw():
        pieces.append(piece)
        size += len(piece)
        if size > SIZE_LIMIT:
            raise too_big()
        if clock() - begin > _WHOLE_FILE:
            allowed = f"the whole file within {_WHOLE_FILE:g} seconds"
            raise refuse("answer", "a file that trickles", allowed, "Try again later.")
    content = b"".join(pieces)
    return Response(
        status=answer.status_code,
        headers=headers,
        content=_unpacked(content, headers.get("content-encoding", "identity").lower()),
    )


def _unpacked(content: bytes, coding: str) -> bytes:
    if coding in ("identity", ""):
        return content
    if coding != "gzip":
        raise refuse("encoding", coding, "gzip, or none")
    machine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = machine.decompress(content, SIZE_LIMIT + 1)
    except zlib.error:
        raise refuse("encoding", "damaged gzip", "whole gzip", AGAIN) from None
    if len(plain) > SIZE_LIMIT:
        raise too_big()
    if not machine.eof:
        raise refuse("encoding", "gzip without its end", "whole gzip", AGAIN)
    return plain


def too_big() -> FeedError:
    """Make the error of a file that cannot be what we look for."""
    allowed = f"at most {SIZE_LIMIT // 1_000_000} MB"
    return refuse("answer", "a larger file", allowed, "Another file answers there: report it.")


def _of_library(error: Exception, host: str) -> FeedError:
    httpx = library()
    if isinstance(error, httpx.TimeoutException):
        given, allowed = "no answer", f"one within {TIMEOUT:g} seconds"
    elif isinstance(error, httpx.RemoteProtocolError):
        return refuse("answer", "an answer that breaks off", "a whole one", AGAIN)
    else:
        given, allowed = f"no connection ({type(error).__name__})", "a host that answers"
    return refuse(f"host {host}", given, allowed, _OFFLINE)
