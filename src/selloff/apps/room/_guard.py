"""The door of the server: names, keys, origins, sizes and rates, before anything is done."""

import time
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from selloff.apps.room._counts import Counts
from selloff.apps.room._keys import Keys
from selloff.apps.room._logs import log
from selloff.apps.room._problems import RefusedError, refuse, response_to
from selloff.apps.room._rates import Rates
from selloff.apps.room._settings import RoomSettings

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
OPEN: Final = ("/healthz", "/metrics")
"""What needs no key: it tells nothing about anybody."""
SAFE: Final = ("GET", "HEAD")
NO_KEY: Final = "Open the address that `selloff serve` printed, in this browser."
PROGRAM: Final = "program"


class Guard:
    """Lets requests of known clients through, to names of this server, from its own pages."""

    def __init__(
        self, app: ASGIApp, *, settings: RoomSettings, keys: Keys, counts: Counts, rates: Rates
    ) -> None:
        self.app, self.settings, self.keys = app, settings, keys
        self.counts, self.rates = counts, rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check one request or one socket."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        answered = _Answered(send, self, scope)
        try:
            response = self._let_in(scope, Headers(scope=scope))
        except RefusedError as refused:
            await self._refuse(refused, scope, receive, answered)
            return
        await (response or self.app)(scope, receive, answered)

    def _let_in(self, scope: Scope, headers: Headers) -> Response | None:
        """Pass a request on, answer it here, or refuse it."""
        host = headers.get("host", "")
        if host not in self.settings.hosts:
            raise refuse(
                HTTPStatus.MISDIRECTED_REQUEST, "Host", f"'{host[:60]}'",
                allowed=", ".join(sorted(self.settings.hosts)),
                remedy="Use the address that `selloff serve` printed, or name yours by --origin.",
            )  # fmt: skip
        if scope["path"] in OPEN:
            scope["client_name"] = ""
            return None
        client, cookie = self._client(scope, headers)
        if cookie is not None:
            return self._start(scope, cookie)
        self._check_origin(scope, headers, client)
        wait = self.rates.wait_for(client)
        if wait:
            raise refuse(
                HTTPStatus.TOO_MANY_REQUESTS, "rate", "too many requests",
                allowed="what a hand can ask", remedy="Wait a moment and ask again.", wait_s=wait,
            )  # fmt: skip
        scope["client_name"] = client
        return None

    def _client(self, scope: Scope, headers: Headers) -> tuple[str, str | None]:
        """Find who asks; a new client gets a cookie where the start page is asked for."""
        if self.keys.is_program(headers.get("authorization", "")):
            return PROGRAM, None
        cookies = cookie_parser(headers.get("cookie", ""))
        known = self.keys.client_of(cookies.get(self.settings.cookie, ""))
        token = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token")
        is_start = scope["type"] == "http" and scope["path"] == "/" and scope["method"] in SAFE
        if is_start and token is not None and (known or self.keys.spend(token)):
            return "", self.keys.new_cookie() if known is None else ""
        if known is not None:
            return known, None
        if is_start and self.keys.is_open:
            return "", self.keys.new_cookie()
        raise refuse(
            HTTPStatus.UNAUTHORIZED, "cookie", "no key, or one that is not of this server",
            allowed="a cookie of this server, or Authorization: Bearer", remedy=NO_KEY,
        )  # fmt: skip

    def _start(self, scope: Scope, cookie: str) -> Response:
        """Send a browser on to the page without the token, with its cookie."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"))
        left = urlencode([(key, one) for key, one in pairs if key != "token"], safe=":,")
        response = RedirectResponse(f"./?{left}" if left else "./", HTTPStatus.SEE_OTHER)
        if cookie:
            response.set_cookie(
                self.settings.cookie, cookie, httponly=True, samesite="lax", path="/",
                secure=self.settings.is_secure, max_age=self.settings.cookie_seconds,
            )  # fmt: skip
            self.settings.on_spent()
        return response

    def _check_origin(self, scope: Scope, headers: Headers, client: str) -> None:
        """A page of another origin may neither open a socket nor change anything."""
        origin = headers.get("origin")
        is_reading = scope["type"] == "http" and scope["method"] in SAFE
        is_own = origin in self.settings.origins
        if is_own or (origin is None and (is_reading or client == PROGRAM)):
            return
        raise refuse(
            HTTPStatus.FORBIDDEN, "Origin", f"'{(origin or 'nothing')[:60]}'",
            allowed=", ".join(sorted(self.settings.origins)),
            remedy="Ask from the page of this server; programs send Authorization: Bearer.",
        )  # fmt: skip

    async def _refuse(
        self, refused: RefusedError, scope: Scope, receive: Receive, send: Send
    ) -> None:
        where = refused.problems[0].where
        self.counts.add("refused_total", reason=where.lower())
        if scope["type"] == "websocket":
            log("refused", socket=scope["path"], status=refused.status, reason=where)
            await send({"type": "websocket.close", "code": 1008})
            return
        is_page = scope["path"] == "/" and refused.status == HTTPStatus.UNAUTHORIZED
        response = (
            PlainTextResponse(f"This is Selloff's what-if room. {NO_KEY}\n", refused.status)
            if is_page
            else response_to(refused)
        )
        await response(scope, receive, send)


class _Answered:
    """Adds the headers of safety to an answer, and counts and logs it."""

    def __init__(self, send: Send, guard: Guard, scope: Scope) -> None:
        self.send, self.guard, self.scope = send, guard, scope
        self.began = time.perf_counter()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
            self._note(message["status"])
        await self.send(message)

    def _note(self, status: int) -> None:
        route = getattr(self.scope.get("route"), "path", "other")
        self.guard.counts.add("requests_total", route=route, status=str(status))
        fields: dict[str, Any] = {"method": self.scope["method"], "path": self.scope["path"][:200]}
        took = round(1000.0 * (time.perf_counter() - self.began), 1)
        client = self.scope.get("client_name", "")
        log("request", **fields, status=status, ms=took, client=client)
