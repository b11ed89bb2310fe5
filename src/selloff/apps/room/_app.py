"""The application: addresses, the guard in front of them, the room behind."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from selloff.apps.room._api import WAYS, Way
from selloff.apps.room._counts import Counts
from selloff.apps.room._desk import DroppedError
from selloff.apps.room._guard import Guard
from selloff.apps.room._keys import Keys
from selloff.apps.room._logs import log
from selloff.apps.room._openapi import document
from selloff.apps.room._problems import RefusedError, refuse, response_to
from selloff.apps.room._rates import Rates
from selloff.apps.room._room import Engine, Room
from selloff.apps.room._settings import RoomSettings
from selloff.apps.room._socket import CROWDED, Page
from selloff.apps.room._static import respond, shown_files

METRICS: Final = "text/plain; version=0.0.4; charset=utf-8"


def make_app(settings: RoomSettings, keys: Keys, engine: Engine | None = None) -> Starlette:
    """Make the application; its engine warms when it starts."""
    counts, held = Counts(), shown_files()

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        room = Room(settings, counts, engine)
        room.openapi = document(WAYS)
        app.state.room = room
        room.open()
        yield
        await room.close()

    async def file(request: Request) -> Response:
        found = respond(request, held)
        if found is None:
            raise HTTPException(404)
        return found

    async def health(request: Request) -> Response:
        return JSONResponse({"state": request.app.state.room.state["state"]})

    async def metrics(request: Request) -> Response:
        del request
        return PlainTextResponse(counts.text(), media_type=METRICS)

    rates = Rates(settings.per_second, settings.burst)
    guard = Middleware(Guard, settings=settings, keys=keys, counts=counts, rates=rates)
    routes = [
        Route("/healthz", health),
        Route("/metrics", metrics),
        *(Route(way.path, _handler(way), methods=[way.method]) for way in WAYS),
        WebSocketRoute("/ws", _talker()),
        Route("/", file),
        Route("/static/{name:path}", file),
        Route("/charts/{name:path}", file),
    ]
    refusals: Any = {RefusedError: _refused, HTTPException: _no_such, DroppedError: _dropped}
    return Starlette(
        routes=routes,
        middleware=[guard],
        lifespan=life,
        exception_handlers=refusals | {Exception: _failed},
    )


def _handler(way: Way) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        return await way.handle(request.app.state.room, request)

    return handle


def _talker() -> Callable[[WebSocket], Awaitable[None]]:
    """Let pages in, as many as there is room for."""
    pages: Counter[str] = Counter()

    async def talk(socket: WebSocket) -> None:
        room, client = socket.app.state.room, socket.scope["client_name"]
        is_full = pages.total() >= room.settings.most_clients
        if is_full or pages[client] >= room.settings.most_pages:
            room.counts.add("refused_total", reason="crowded")
            await socket.accept()
            await socket.close(CROWDED)
            return
        pages[client] += 1
        try:
            await Page(socket, room).talk()
        finally:
            pages[client] -= 1
            if not pages[client]:
                del pages[client]

    return talk


async def _refused(request: Request, refused: RefusedError) -> Response:
    request.app.state.room.counts.add("refused_total", reason=refused.problems[0].where[:20])
    return response_to(refused)


async def _no_such(request: Request, error: HTTPException) -> Response:
    """Starlette's own refusals: no such address, no such method."""
    allowed = f"{len(WAYS)} addresses; /api/openapi.json lists them"
    refused = refuse(
        error.status_code, "address", f"{request.method} {request.url.path[:60]}",
        allowed=allowed, remedy="Check method and address.",
    )  # fmt: skip
    return response_to(refused)


async def _dropped(request: Request, error: DroppedError) -> Response:
    del request, error
    refused = refuse(
        503, "server", "a question while the server stops", allowed="a server that runs",
        remedy="Ask again once it is back.",
    )  # fmt: skip
    return response_to(refused)


async def _failed(request: Request, error: Exception) -> Response:
    log("failed", what=request.url.path, why=repr(error)[:500])
    refused = refuse(
        500, "server", type(error).__name__, allowed="an answer",
        remedy="This is a bug; the log of the server says more.",
    )  # fmt: skip
    return response_to(refused)
