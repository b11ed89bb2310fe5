"""The process: a port, a key, a loop, and a quiet end."""

import asyncio
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from selloff.apps.room._app import make_app
from selloff.apps.room._keys import BEARER, Keys, lasting_secret
from selloff.apps.room._logs import start_logging
from selloff.apps.room._settings import RoomSettings
from selloff.vocab import OutputError, user_cache_folder

HEAD_SECONDS: Final = 10.0
"""The head of a request must be there after so long."""
STOP_SECONDS: Final = 5
"""Answers under way may take so long when the server stops."""
MOST_HEAD: Final = 16_384
"""Largest head of a request [bytes]."""


@dataclass(frozen=True)
class Start:
    """Where to serve, to whom, and what to say."""

    host: str
    port: int
    origins: Sequence[str]
    is_open: bool
    """Whether whoever reaches it may come in: a proxy keeps the door."""
    has_browser: bool
    is_quiet: bool


class Patient(H11Protocol):
    """Lets go of a connection whose request does not come."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the head of a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait on until a request is there."""
        super().data_received(data)
        is_asked = self.cycle is not None and not self.cycle.response_complete
        if is_asked or self.transport.get_protocol() is not self:
            self._wait_no_more()
        elif self._late is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def serve_room(start: Start) -> None:
    """Serve until interrupted."""
    start_logging(is_quiet=start.is_quiet)
    listening = listen_on(start.host, start.port)
    port = listening.getsockname()[1]
    bearer = os.environ.get(BEARER, "") or secrets.token_urlsafe(24)
    keys = Keys(lasting_secret(user_cache_folder()), bearer=bearer, is_open=start.is_open)
    shown = start.host if ":" not in start.host else f"[{start.host}]"
    address = f"http://{shown}:{port}/"

    def link() -> str:
        return address if start.is_open else f"{address}?token={keys.new_token()}"

    settings = RoomSettings(
        port=port,
        host=shown,
        extra_origins=tuple(start.origins),
        on_spent=lambda: _say(f"For another browser: {link()}") if not start.is_open else None,
    )
    first = link()
    _say(f"The what-if room: {first}", "Ctrl-C ends it.")
    if start.has_browser:
        webbrowser.open(first)
    config = config_of(make_app(settings, keys), settings)
    with suppress(KeyboardInterrupt):
        asyncio.run(uvicorn.Server(config).serve([listening]))


def config_of(app: Starlette, settings: RoomSettings) -> uvicorn.Config:
    """Bound what a connection may send, and how long a stop may take."""
    return uvicorn.Config(
        app,
        http=Patient,
        ws="websockets-sansio",
        ws_max_size=settings.most_body,
        h11_max_incomplete_event_size=MOST_HEAD,
        timeout_graceful_shutdown=STOP_SECONDS,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )


def listen_on(host: str, port: int) -> socket.socket:
    """Take a port, or say why it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        reason = error.strerror or str(error)
        raise OutputError(
            f"{host}:{port}: cannot be listened on ({reason}). Choose another --port, or 0 for any."
        ) from error
    return found


def _say(*lines: str) -> None:
    sys.stderr.writelines(f"{line}\n" for line in lines)
    sys.stderr.flush()
